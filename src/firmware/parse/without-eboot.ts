import { type Text, text } from '../../core/text.ts';
import { byteAt, hasAt, stringsIn, wordAt } from './bytes.ts';

/** Firmware for the ESP8266 that does not begin with the boot loader of the Arduino core. */
export type ForeignFirmware =
  | 'micropython'
  | 'nodemcu'
  | 'rboot'
  | 'mongoose'
  | 'rtos-sdk'
  | 'sdk'
  | 'sdk-user'
  | 'esp8266-part'
  | 'esp8266-without-eboot';

const sector = 0x1000;

interface Found {
  readonly kind: ForeignFirmware;
  readonly what: Text;
}

/** Texts that only one system has. The first that is found counts: rboot may carry another system's program. */
const systems: readonly { mark: RegExp; kind: ForeignFirmware; what: Text }[] = [
  {
    mark: /MicroPython/,
    kind: 'micropython',
    what: text('firmware_is_micropython', 'MicroPython, which has no boot loader of the Arduino core'),
  },
  {
    mark: /NodeMCU/i,
    kind: 'nodemcu',
    what: text('firmware_is_nodemcu', 'NodeMCU (Lua), which has no boot loader of the Arduino core'),
  },
  {
    mark: /Home Accessory Architect|HAA (?:Installer|Main|v?\d)|RavenSystem|haa_(?:main|boot)/,
    kind: 'rboot',
    what: text(
      'firmware_is_haa',
      'HAA (Home Accessory Architect), which has a boot loader of its own (rboot)',
    ),
  },
  {
    mark: /rBoot v|rboot-ota|Richard A Burton/i,
    kind: 'rboot',
    what: text('firmware_is_rboot', 'firmware with the boot loader rboot'),
  },
  {
    mark: /Mongoose OS|mgos_/,
    kind: 'mongoose',
    what: text('firmware_is_mongoose', 'firmware of Mongoose OS, which has a boot loader of its own'),
  },
];

/** Code of an ESP8266 that starts an image lies in its instruction RAM. */
export function startsOnEsp8266(entry: number | null): boolean {
  return entry !== null && entry >= 0x40100000 && entry < 0x40110000;
}

function isSdkUser(bytes: Uint8Array, at: number): boolean {
  const segments = byteAt(bytes, at + 1);
  return byteAt(bytes, at) === 0xea && segments !== null && segments <= 16;
}

/** ESP8266_RTOS_SDK 3: a partition table at 0x8000, or a program that describes itself or is made for 0x10000. */
function isRtosSdk(bytes: Uint8Array): boolean {
  const first = wordAt(bytes, 8) ?? 0;
  const isMappedBehind = first >= 0x40210000 && first < 0x40400000;
  return hasAt(bytes, [0xaa, 0x50], 0x8000) || wordAt(bytes, 16) === 0xabcd5432 || isMappedBehind;
}

/** The first values of the chip's radio settings, whatever their version, the second byte (NONOS SDK, bin/). */
const radioSettings = [0x04, 0x02, 0x05, 0x05, 0x05, 0x02, 0x05, 0x00, 0x04];

function isRadioSettings(bytes: Uint8Array): boolean {
  return bytes.length <= sector && byteAt(bytes, 0) === 5 && hasAt(bytes, radioSettings, 2);
}

/** A program of an SDK of Espressif starts with code for the instruction memory, and has data besides. */
function isSdkProgram(bytes: Uint8Array): boolean {
  const hasOne = [0, 1].some((segments) => hasAt(bytes, [segments], 1));
  return wordAt(bytes, 8) === 0x40100000 && !hasOne;
}

/** Names firmware for the ESP8266 that another system's boot loader, or none, comes with; null for anything else. */
export function recogniseWithoutEboot(bytes: Uint8Array): Found | null {
  if (isRadioSettings(bytes))
    return {
      kind: 'esp8266-part',
      what: text('firmware_is_radio', 'radio settings of the ESP8266 (esp_init_data)'),
    };
  const isUser = isSdkUser(bytes, 0);
  if (!isUser && !(byteAt(bytes, 0) === 0xe9 && startsOnEsp8266(wordAt(bytes, 4)))) return null;
  const strings = stringsIn(bytes);
  const system = systems.find(({ mark }) => mark.test(strings));
  if (system !== undefined) return system;
  if (isUser)
    return {
      kind: 'sdk-user',
      what: text('firmware_is_sdk_user', 'one half of an Espressif SDK firmware (user1 or user2)'),
    };
  if (isSdkUser(bytes, 0x1000))
    return {
      kind: 'sdk',
      what: text('firmware_is_sdk', 'a whole Espressif SDK firmware, with a boot loader of its own'),
    };
  if (wordAt(bytes, 8) === 0x40202010)
    return { kind: 'rboot', what: text('firmware_is_rboot_program', 'a program for the boot loader rboot') };
  if (isRtosSdk(bytes))
    return { kind: 'rtos-sdk', what: text('firmware_is_rtos', "firmware of Espressif's RTOS SDK") };
  if (isSdkProgram(bytes))
    return bytes.length <= sector
      ? {
          kind: 'esp8266-part',
          what: text('firmware_is_boot_loader', 'a boot loader for the ESP8266, and nothing else'),
        }
      : { kind: 'sdk', what: text('firmware_is_sdk_program', "a program made with Espressif's SDK") };
  return {
    kind: 'esp8266-without-eboot',
    what: text('firmware_is_without_eboot', 'ESP8266 firmware without the boot loader that must come first'),
  };
}
