import { type Answer, against, type Check } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import type { DeviceInfo } from './device-info.ts';
import { deviceObjections } from './device-objections.ts';
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
  const title = text('zeroconf_check_id', 'Device ID');
  if (deviceid === null) return [{ id: 'device-id', title, ...against(deviceObjections.noId, {}) }];
  if (refusesId) return [{ id: 'device-refuses-id', title, ...against(deviceObjections.refusesId, {}) }];
  return [];
}

type Judgement = Omit<Check, 'id' | 'title'>;

interface Row<Subject> {
  readonly when: (subject: Subject) => boolean;
  readonly answer: Answer;
  readonly sentence: Text;
  readonly action?: Text;
  readonly trouble?: string;
  readonly source: string;
}

const isRelay = (info: DeviceInfo) =>
  info.switch !== null && info.pulse !== null && info.pulseWidth !== null && !info.hasSwitches;
/** Neither version nor id, and not because they came in another type. */
const isOfOldProtocol = ({ protocol, fwVersion, deviceid, other }: DeviceInfo) =>
  protocol === '1.4' && fwVersion === null && deviceid === null && !Object.hasOwn(other, 'fwVersion');

/** The first row that fits decides. */
const kinds: readonly Row<DeviceInfo>[] = [
  {
    when: (info) => info.hasSwitches,
    ...against(deviceObjections.outlets, {}),
    source: deviceObjections.outlets.source,
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

const firmwares: readonly Row<DeviceInfo>[] = [
  {
    when: ({ fwVersion }) => isBetween(fwVersion, [1, 0, 0], [1, 99999, 99999]),
    ...against(deviceObjections.firmware1, {}),
    source: deviceObjections.firmware1.source,
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
    ...firstOf(kinds, info, against(deviceObjections.otherKind, {})),
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

function firstOf<Subject>(rows: readonly Row<Subject>[], subject: Subject, otherwise: Judgement): Judgement {
  const row = rows.find(({ when }) => when(subject));
  if (row === undefined) return otherwise;
  const { when: _, source: __, ...judgement } = row;
  return judgement;
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
  if (otaUnlock === false) return { ...common, ...against(deviceObjections.locked, {}) };
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
