import { against, type Check } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import type { Inspection } from '../parse/inspect.ts';
import { damagedObjection, kindObjection } from './kind-objections.ts';

/** Whether the file is firmware for the ESP8266 at all. */
export function judgeKind({ kind, what, contains, app, eboot }: Inspection): Check {
  const check = { id: 'image-kind', title: text('firmware_kind_title', 'Kind of file') };
  if (kind !== 'esp8266') {
    return { ...check, ...against(kindObjection(kind), { what, contains }) };
  }
  if (app === null && eboot === null) {
    return { ...check, ...against(damagedObjection, {}) };
  }
  return {
    ...check,
    answer: 'pass',
    sentence: text(
      'firmware_kind_right',
      'This is firmware for the ESP8266, the chip of a Sonoff in DIY mode.',
    ),
  };
}
