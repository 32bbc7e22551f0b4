import { type Text, text } from '../../core/text.ts';

/** The families that are told by one string. */
export type NamedFamily =
  | 'espurna'
  | 'espeasy'
  | 'openmqttgateway'
  | 'wled'
  | 'ratgdo'
  | 'owie'
  | 'supla'
  | 'afe'
  | 'heishamon'
  | 'otgw'
  | 'esp3d'
  | 'espixelstick'
  | 'milight'
  | 'homie';

/** Firmware that one of its own strings gives away. */
interface NamedFirmware {
  readonly family: NamedFamily;
  readonly name: string;
  /** A text that only this firmware has. */
  readonly mark: RegExp;
  /** Its first group is the version. */
  readonly version?: RegExp;
  /** What it is made for, where that is no switch: finishes "It is made for …". */
  readonly madeFor?: Text;
}

/** What is recognised besides Tasmota and ESPHome. Who writes about another firmware comes before it. */
const namedFirmware: readonly NamedFirmware[] = [
  { family: 'espurna', name: 'ESPurna', mark: /ESPURNA/, version: /ESPURNA (\d+\.\d+\.\d+[\w.-]{0,20})/ },
  // ESPEasy_2step_UploaderMega_1024.bin: it knows the Wi-Fi of an ESPEasy that was there before, or none.
  {
    family: 'espeasy',
    name: 'ESPEasy Uploader',
    mark: /ESP Easy Uploader/,
    madeFor: text('firmware_for_espeasy', 'the first step of an update of ESPEasy'),
  },
  // The name of the file that it was built as is in it since 2019 (letscontrolit/ESPEasy, `get_binary_filename`).
  {
    family: 'espeasy',
    name: 'ESPEasy',
    mark: /ESP[_ ]?Easy/i,
    version: /ESP_Easy_(?:mega_)?(\d{8})/,
  },
  { family: 'openmqttgateway', name: 'OpenMQTTGateway', mark: /OpenMQTTGateway/ },
  { family: 'wled', name: 'WLED', mark: /WLED/, version: /\0v?(\d\.\d{1,2}\.\d{1,2}(?:-[\w.]{1,12})?)\0/ },
  {
    family: 'ratgdo',
    name: 'ratgdo',
    mark: /ratgdo/i,
    madeFor: text('firmware_for_garage', 'a garage door opener'),
  },
  {
    family: 'owie',
    name: 'Owie',
    mark: /Owie-recovery|OWIE_version|Owie-%04X/,
    madeFor: text('firmware_for_onewheel', 'the battery of a Onewheel'),
  },
  { family: 'supla', name: 'SUPLA', mark: /SUPLA-|supla\.org/ },
  { family: 'afe', name: 'AFE Firmware', mark: /AFE[ -]Firmware/i },
  {
    family: 'heishamon',
    name: 'HeishaMon',
    mark: /HeishaMon/,
    madeFor: text('firmware_for_heat_pump', 'a heat pump'),
  },
  {
    family: 'otgw',
    name: 'OTGW firmware',
    mark: /OTGW-firmware/,
    madeFor: text('firmware_for_opentherm', 'an OpenTherm gateway'),
  },
  { family: 'esp3d', name: 'ESP3D', mark: /ESP3D/, madeFor: text('firmware_for_3d_printer', 'a 3D printer') },
  {
    family: 'espixelstick',
    name: 'ESPixelStick',
    mark: /ESPixelStick/,
    madeFor: text('firmware_for_lights', 'strings of lights'),
  },
  {
    family: 'milight',
    name: 'ESP8266 MiLight Hub',
    mark: /milight-hub/i,
    madeFor: text('firmware_for_radio', 'a radio bridge'),
  },
  { family: 'homie', name: 'Homie for ESP8266', mark: /homie-esp8266|Homie for ESP8266/ },
];

/** The firmware whose string is in `strings` (`stringsIn`), and its version where it says so. */
export function findNamed(strings: string): { firmware: NamedFirmware; version: string | null } | null {
  const firmware = namedFirmware.find(({ mark }) => mark.test(strings));
  return firmware === undefined ? null : { firmware, version: firmware.version?.exec(strings)?.[1] ?? null };
}
