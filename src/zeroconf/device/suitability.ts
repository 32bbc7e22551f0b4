import type { Answer, Check } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import type { DeviceInfo } from './device-info.ts';
import { isWithin, parseVersion, type Version } from './firmware-version.ts';
import { signalCheck } from './signal.ts';

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
  const common = { id: 'device-id', title: text('zeroconf_check_id', 'Device ID'), answer: 'warn' } as const;
  const action = text(
    'zeroconf_check_id_do',
    'Make sure that no other device can take over its address meanwhile.',
  );
  if (deviceid === null)
    return [
      {
        ...common,
        sentence: text(
          'zeroconf_check_no_id',
          'This device is unrecognisable: it tells no ID. Whatever has its address then gets flashed.',
        ),
        action,
      },
    ];
  if (refusesId)
    return [
      {
        ...common,
        id: 'device-refuses-id',
        sentence: text(
          'zeroconf_check_refuses_id',
          'This device refuses to be called by its own ID, so the command goes without it. Whatever has its address then gets flashed.',
        ),
        action,
      },
    ];
  return [];
}

interface Row<Subject> {
  readonly when: (subject: Subject) => boolean;
  readonly answer: Answer;
  readonly sentence: Text;
  readonly action?: Text;
  readonly source: string;
}

const isRelay = (info: DeviceInfo) =>
  info.switch !== null && info.pulse !== null && info.pulseWidth !== null && !info.hasSwitches;
/** Neither version nor id, and not because they came in another type. */
const isOfOldProtocol = ({ protocol, fwVersion, deviceid, other }: DeviceInfo) =>
  protocol === '1.4' && fwVersion === null && deviceid === null && !Object.hasOwn(other, 'fwVersion');
const leaveAsItIs = text('zeroconf_check_leave', 'Do not flash this device over the air.');

/** The first row that fits decides. */
const kinds: readonly Row<DeviceInfo>[] = [
  {
    when: (info) => info.hasSwitches,
    answer: 'fail',
    sentence: text(
      'zeroconf_check_outlets',
      'This device speaks of outlets, as those with an ESP32 inside do. Tasmota for ESP8266 would destroy it.',
    ),
    action: leaveAsItIs,
    source: 'sonoff.tech MINIR3; SonoffLAN test_diy_minir3',
  },
  {
    when: (info) => info.hasBrightness && isBetween(info.fwVersion, [3, 5, 0], [3, 7, 99999]),
    answer: 'pass',
    sentence: text(
      'zeroconf_check_dimmer',
      'This is a D1 dimmer. Others have reported that it takes Tasmota.',
    ),
    source: 'SonoffLAN#251; itead#137',
  },
  {
    when: (info) => !info.hasBrightness && isRelay(info),
    answer: 'pass',
    sentence: text('zeroconf_check_relay', 'This is a switch with one relay, such as {models}.', {
      models: { any: ['BASICR3', 'RFR3', 'MINI', 'MINIR2'] },
    }),
    source: 'captures 3.3.0 to 3.7.6',
  },
];

/** Wants a person's yes: what is inside decides whether the device ever starts again. */
const otherKind = {
  answer: 'warn',
  sentence: text(
    'zeroconf_check_other_kind',
    'The answer of this device is like that of no model that is known to take Tasmota.',
  ),
  action: text(
    'zeroconf_check_other_kind_do',
    'Find out which chip is inside before you go on. It has to be an {chips}.',
    { chips: { any: ['ESP8266', 'ESP8285'] } },
  ),
} as const;

const firmwares: readonly Row<DeviceInfo>[] = [
  {
    when: ({ fwVersion }) => isBetween(fwVersion, [1, 0, 0], [1, 99999, 99999]),
    answer: 'fail',
    sentence: text(
      'zeroconf_check_firmware_1',
      'Firmware 1.x runs on models with an ESP32 inside, or downloads in a way that servers do not understand.',
    ),
    action: leaveAsItIs,
    source: 'itead#132 (MINIR3 1.4.0), itead#129 (B02-BL-A60 1.4.1)',
  },
  {
    when: (info) =>
      isBetween(info.fwVersion, [3, 3, 0], [3, 7, 99999]) && (isRelay(info) || info.hasBrightness),
    answer: 'pass',
    sentence: text('zeroconf_check_firmware_3', 'Devices with this firmware have taken Tasmota many times.'),
    source: 'itead#34 (3.3.0), njh README (3.5.0), itead#75 (3.6.0), njh cli#18 (3.7.6)',
  },
  {
    when: (info) => isOfOldProtocol(info) && isRelay(info),
    answer: 'pass',
    sentence: text(
      'zeroconf_check_firmware_old',
      'The device does not tell its firmware version, as {versions} do not. Those have taken Tasmota.',
      { versions: { all: ['3.3', '3.4'] } },
    ),
    source: 'itead#34, itead#77: no fwVersion in the answer',
  },
];

function kindCheck(info: DeviceInfo): Check {
  return {
    id: 'device-kind',
    title: text('zeroconf_check_kind', 'Kind'),
    ...firstOf(kinds, info, otherKind),
  };
}

function firmwareCheck(info: DeviceInfo): Check {
  const { fwVersion } = info;
  const otherFirmware = {
    answer: 'unknown',
    sentence:
      fwVersion === null
        ? text('zeroconf_check_no_version', 'The device does not tell its firmware version.')
        : text(
            'zeroconf_check_other_version',
            'Nobody has reported whether devices with this firmware take Tasmota.',
          ),
    action: text('zeroconf_check_firmware_do', 'Search for reports about your model before you go on.'),
  } as const;
  return {
    id: 'device-firmware',
    title: text('zeroconf_check_firmware', 'Firmware'),
    ...firstOf(firmwares, info, otherFirmware),
  };
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

function lockCheck(otaUnlock: boolean | null): Check {
  const common = { id: 'device-unlocked', title: text('zeroconf_check_unlock', 'OTA unlock') };
  if (otaUnlock === true)
    return {
      ...common,
      answer: 'pass',
      sentence: text('zeroconf_check_unlocked', 'The device accepts other firmware.'),
    };
  if (otaUnlock === false)
    return {
      ...common,
      answer: 'fail',
      sentence: text('zeroconf_check_locked', 'The device is locked against other firmware.'),
      action: text('zeroconf_check_locked_do', 'Press Unlock.'),
    };
  return {
    ...common,
    answer: 'unknown',
    sentence: text(
      'zeroconf_check_lock_unknown',
      'The device does not tell whether it accepts other firmware.',
    ),
    action: text('zeroconf_check_lock_unknown_do', 'Press Unlock to be sure.'),
  };
}
