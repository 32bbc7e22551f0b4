import { type Text, text } from '../../core/text.ts';

/** A kind of file name that must not be offered, with the reason. */
export interface RefusedName {
  readonly pattern: RegExp;
  readonly reason: Text;
  readonly source: string;
}

/** Names of files that brick the device or do not fit it. The content is checked too; this is the first line. */
const refusedNames: readonly RefusedName[] = [
  {
    pattern: /\.gz$/i,
    reason: text(
      'mirror_name_compressed',
      'It is compressed, and the device would write it as it is and never start again.',
    ),
    source: 'Tasmota#8761',
  },
  {
    pattern: /(?:tasmota|esp)[-_]?32|esp32/i,
    reason: text('mirror_name_esp32', 'It is made for the ESP32, and the device has an ESP8266.'),
    source: 'sonoff-diy-protocol §5.2',
  },
  {
    pattern: /minimal/i,
    reason: text(
      'mirror_name_minimal',
      'Minimal cannot join your Wi-Fi by itself, so you could never reach the device again.',
    ),
    source: 'Tasmota#6102, Tasmota#8217, itead#62, itead#80',
  },
];

/** Why a file of this name is not offered, or null. */
export function refusedByName(file: string): Text | null {
  return refusedNames.find(({ pattern }) => pattern.test(file))?.reason ?? null;
}
