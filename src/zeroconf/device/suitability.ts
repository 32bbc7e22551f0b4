import type { Answer, Check } from '../../core/check.ts';
import type { DeviceInfo } from './device-info.ts';
import { isWithin, parseVersion, type Version } from './firmware-version.ts';

/** What `info` says about whether Tasmota for ESP8266 can be put on this device. `fail` means: never. */
export function deviceChecks(info: DeviceInfo): Check[] {
  return [
    kindCheck(info),
    firmwareCheck(info),
    signalCheck(info.signalStrength),
    lockCheck(info.otaUnlock),
    ...recognitionChecks(info),
  ];
}

/**
 * A device that cannot be called by its id wants a person's yes: whoever has its address when the command comes
 * will obey it.
 */
function recognitionChecks({ deviceid, refusesId }: DeviceInfo): Check[] {
  const common = { id: 'device-id', title: 'Device ID', answer: 'warn' } as const;
  const action = 'Make sure that no other device can take over its address meanwhile.';
  if (deviceid === null)
    return [
      {
        ...common,
        sentence:
          'This device is unrecognisable: it tells no ID. Whatever has its address then gets flashed.',
        action,
      },
    ];
  if (refusesId)
    return [
      {
        ...common,
        id: 'device-refuses-id',
        sentence:
          'This device refuses to be called by its own ID, so the command goes without it. Whatever has its address then gets flashed.',
        action,
      },
    ];
  return [];
}

interface Row<Subject> {
  readonly when: (subject: Subject) => boolean;
  readonly answer: Answer;
  readonly sentence: string;
  readonly action?: string;
  readonly source: string;
}

const isRelay = (info: DeviceInfo) =>
  info.switch !== null && info.pulse !== null && info.pulseWidth !== null && !info.hasSwitches;
/** Neither version nor id, and not because they came in another type. */
const isOfOldProtocol = ({ protocol, fwVersion, deviceid, other }: DeviceInfo) =>
  protocol === '1.4' && fwVersion === null && deviceid === null && !Object.hasOwn(other, 'fwVersion');
const leaveAsItIs = 'Do not flash this device over the air.';

/** The first row that fits decides. */
const kinds: readonly Row<DeviceInfo>[] = [
  {
    when: (info) => info.hasSwitches,
    answer: 'fail',
    sentence:
      'This device speaks of outlets, as those with an ESP32 inside do. Tasmota for ESP8266 would destroy it.',
    action: leaveAsItIs,
    source: 'sonoff.tech MINIR3; SonoffLAN test_diy_minir3',
  },
  {
    when: (info) => info.hasBrightness && isBetween(info.fwVersion, [3, 5, 0], [3, 7, 99999]),
    answer: 'pass',
    sentence: 'This is a D1 dimmer. Others have reported that it takes Tasmota.',
    source: 'SonoffLAN#251; itead#137',
  },
  {
    when: (info) => !info.hasBrightness && isRelay(info),
    answer: 'pass',
    sentence: 'This is a switch with one relay, such as BASICR3, RFR3, MINI or MINIR2.',
    source: 'captures 3.3.0 to 3.7.6',
  },
];

/** Wants a person's yes: what is inside decides whether the device ever starts again. */
const otherKind = {
  answer: 'warn',
  sentence: 'The answer of this device is like that of no model that is known to take Tasmota.',
  action: 'Find out which chip is inside before you go on. It has to be an ESP8266 or ESP8285.',
} as const;

const firmwares: readonly Row<DeviceInfo>[] = [
  {
    when: ({ fwVersion }) => isBetween(fwVersion, [1, 0, 0], [1, 99999, 99999]),
    answer: 'fail',
    sentence:
      'Firmware 1.x runs on models with an ESP32 inside, or downloads in a way that servers do not understand.',
    action: leaveAsItIs,
    source: 'itead#132 (MINIR3 1.4.0), itead#129 (B02-BL-A60 1.4.1)',
  },
  {
    when: (info) =>
      isBetween(info.fwVersion, [3, 3, 0], [3, 7, 99999]) && (isRelay(info) || info.hasBrightness),
    answer: 'pass',
    sentence: 'Devices with this firmware have taken Tasmota many times.',
    source: 'itead#34 (3.3.0), njh README (3.5.0), itead#75 (3.6.0), njh cli#18 (3.7.6)',
  },
  {
    when: (info) => isOfOldProtocol(info) && isRelay(info),
    answer: 'pass',
    sentence:
      'The device does not tell its firmware version, as 3.3 and 3.4 do not. Those have taken Tasmota.',
    source: 'itead#34, itead#77: no fwVersion in the answer',
  },
];

function kindCheck(info: DeviceInfo): Check {
  return { id: 'device-kind', title: 'Kind', ...firstOf(kinds, info, otherKind) };
}

function firmwareCheck(info: DeviceInfo): Check {
  const { fwVersion } = info;
  const otherFirmware = {
    answer: 'unknown',
    sentence:
      fwVersion === null
        ? 'The device does not tell its firmware version.'
        : 'Nobody has reported whether devices with this firmware take Tasmota.',
    action: 'Search for reports about your model before you go on.',
  } as const;
  return { id: 'device-firmware', title: 'Firmware', ...firstOf(firmwares, info, otherFirmware) };
}

function firstOf<Subject>(
  rows: readonly Row<Subject>[],
  subject: Subject,
  otherwise: Pick<Check, 'answer' | 'sentence' | 'action'>,
): Pick<Check, 'answer' | 'sentence' | 'action'> {
  const row = rows.find(({ when }) => when(subject));
  if (row === undefined) return otherwise;
  const { answer, sentence, action } = row;
  return action === undefined ? { answer, sentence } : { answer, sentence, action };
}

function isBetween(fwVersion: string | null, from: Version, to: Version): boolean {
  const version = parseVersion(fwVersion);
  return version !== null && isWithin(version, from, to);
}

/**
 * Words for a signal, from the best down; dBm from which they hold. Inferred: published devices that flashed
 * well show -42 to -71 (captures), and below about -75 a 2.4 GHz link starts to lose packets.
 */
const signals = [
  { from: -60, words: 'strong', answer: 'pass' },
  { from: -68, words: 'good', answer: 'pass' },
  { from: -75, words: 'fair', answer: 'pass' },
  { from: -82, words: 'weak', answer: 'warn' },
  { from: -120, words: 'very weak', answer: 'warn' },
] as const;

const signalRow = (dBm: number | null) =>
  dBm === null || dBm >= 0 ? undefined : signals.find(({ from }) => dBm >= from);

/** A signal in words, such as "good (−65 dBm)"; "unknown" for null and for what cannot be a signal. */
export function signalWords(dBm: number | null): string {
  const row = signalRow(dBm);
  return row === undefined ? 'unknown' : `${row.words} (${String(dBm).replace('-', '−')} dBm)`;
}

function signalCheck(dBm: number | null): Check {
  const common = { id: 'device-signal', title: 'Signal' };
  const row = signalRow(dBm);
  if (row === undefined)
    return { ...common, answer: 'unknown', sentence: 'The device does not tell how strong its signal is.' };
  const sentence = `The Wi-Fi signal at the device is ${signalWords(dBm)}.`;
  if (row.answer === 'pass') return { ...common, answer: 'pass', sentence };
  return {
    ...common,
    answer: 'warn',
    sentence: `${sentence} The download may break off.`,
    action: 'Bring the device closer to the router.',
  };
}

function lockCheck(otaUnlock: boolean | null): Check {
  const common = { id: 'device-unlocked', title: 'OTA unlock' };
  if (otaUnlock === true)
    return { ...common, answer: 'pass', sentence: 'The device accepts other firmware.' };
  if (otaUnlock === false)
    return {
      ...common,
      answer: 'fail',
      sentence: 'The device is locked against other firmware.',
      action: 'Press Unlock.',
    };
  return {
    ...common,
    answer: 'unknown',
    sentence: 'The device does not tell whether it accepts other firmware.',
    action: 'Press Unlock to be sure.',
  };
}
