/** The data object of an `info` answer, in the key order of its capture. */
export type InfoData = Readonly<Record<string, unknown>>;

/** What the profile's `info` is made from: the parts of a device that can change. */
export interface InfoParts {
  readonly deviceid: string;
  readonly otaUnlock: boolean;
  readonly switch: string;
  readonly startup: string;
  readonly pulse: string;
  readonly pulseWidth: number;
  readonly ssid: string;
  readonly bssid: string;
  readonly signalStrength: number;
}

/** How a firmware takes the `deviceid` of a request: each case is answered, refused by code, or reset. */
export interface DeviceIdRule {
  readonly missing: 'accept' | 404 | 422 | 'reset';
  readonly empty: 'accept' | 404 | 'reset';
  readonly wrong: 404 | 'reset';
  readonly right: 'accept' | 'reset';
}

/** One firmware as it was seen in the wild. */
export interface Profile {
  readonly name: string;
  /** Where the shape of its answers comes from. */
  readonly source: string;
  readonly fwVersion: string;
  /** v1.4 firmware sends `data` as a JSON string (itead#34, #77). */
  readonly dataAsString: boolean;
  /** The `seq` of the first answer, as in the capture. */
  readonly firstSeq: number;
  readonly info: (parts: InfoParts, fwVersion: string) => InfoData;
  readonly deviceId: DeviceIdRule;
  readonly commands: readonly string[];
  /** Commands of other device types that are answered by `error:400` (SonoffLAN#251). */
  readonly refused: readonly string[];
  /** What every plain request gets when the device is not in DIY mode (SonoffLAN#793; 401 by protocol v2.0). */
  readonly plainRequest: 'served' | 400 | 401;
  /** Sends `Host: dl.itead.cn` whatever the URL says. Proved for 3.5.0 and 3.6.0, assumed for the others. */
  readonly hostBug: boolean;
  /** An upper-case digest: refused (3.6.0, itead#102), or compared as text and never equal (DLSRC `strcmp`). */
  readonly upperCaseDigest: 422 | 'never equal';
  /** `itead`: the usual downloader; `b02`: the line without slash, Host and User-Agent (itead#129). */
  readonly downloader: 'itead' | 'b02';
  /** What `ota_flash` answers when the server refuses the first range (424 by v2.0; 408 in itead#129). */
  readonly firstRangeRefused: 408 | 424;
}

const relayCommands = [
  'info',
  'signal_strength',
  'switch',
  'startup',
  'pulse',
  'wifi',
  'ota_unlock',
  'ota_flash',
] as const;

const lenient: DeviceIdRule = { missing: 'accept', empty: 'accept', wrong: 404, right: 'accept' };

function relayInfo(parts: InfoParts, fwVersion: string): InfoData {
  return {
    switch: parts.switch,
    startup: parts.startup,
    pulse: parts.pulse,
    pulseWidth: parts.pulseWidth,
    ssid: parts.ssid,
    otaUnlock: parts.otaUnlock,
    fwVersion,
    deviceid: parts.deviceid,
    bssid: parts.bssid,
    signalStrength: parts.signalStrength,
  };
}

function oldInfo(parts: InfoParts): InfoData {
  return {
    switch: parts.switch,
    startup: parts.startup,
    pulse: parts.pulse,
    pulseWidth: parts.pulseWidth,
    ssid: parts.ssid,
    otaUnlock: parts.otaUnlock,
  };
}

function dimmerInfo(parts: InfoParts, fwVersion: string): InfoData {
  return {
    deviceid: parts.deviceid,
    switch: parts.switch,
    startup: parts.startup,
    brightness: 100,
    brightMin: 0,
    brightMax: 255,
    mode: 0,
    otaUnlock: parts.otaUnlock,
    fwVersion,
    ssid: parts.ssid,
    bssid: parts.bssid,
    signalStrength: parts.signalStrength,
  };
}

const outlets = [0, 1, 2, 3];

function channelsInfo(parts: InfoParts, fwVersion: string): InfoData {
  return {
    switches: outlets.map((outlet) => ({ switch: outlet === 0 ? parts.switch : 'off', outlet })),
    configure: outlets.map((outlet) => ({ startup: outlet === 0 ? parts.startup : 'off', outlet })),
    pulses: outlets.map((outlet) => ({ pulse: parts.pulse, switch: 'on', outlet, width: parts.pulseWidth })),
    fwVersion,
    deviceid: parts.deviceid,
    ssid: parts.ssid,
    bssid: parts.bssid,
    signalStrength: parts.signalStrength,
  };
}

const basic = {
  dataAsString: false,
  firstSeq: 2,
  info: relayInfo,
  deviceId: lenient,
  commands: relayCommands,
  refused: [],
  plainRequest: 'served',
  hostBug: true,
  upperCaseDigest: 'never equal',
  downloader: 'itead',
  firstRangeRefused: 424,
} satisfies Omit<Profile, 'name' | 'source' | 'fwVersion'>;

/** Every firmware the simulator can be. A row differs from `basic` only where a report says so. */
export const profiles: readonly Profile[] = [
  {
    ...basic,
    name: '3.3.0',
    source:
      'info-v14-string-3.3.0-olyfunt.json (itead#34); protocol v1.4: deviceid mandatory, "" worked (itead#10)',
    fwVersion: '3.3.0',
    dataAsString: true,
    firstSeq: 168,
    info: oldInfo,
    deviceId: { missing: 422, empty: 'accept', wrong: 404, right: 'accept' },
  },
  {
    ...basic,
    name: '3.5.0',
    source: 'info-3.5.0-njh.json (njh README); Host: njh build-index.rb',
    fwVersion: '3.5.0',
  },
  {
    ...basic,
    name: '3.6.0',
    source: 'info-3.6.0-marcin-unlocked.json (itead#75); upper case: itead#102',
    fwVersion: '3.6.0',
    upperCaseDigest: 422,
  },
  {
    ...basic,
    name: '3.7.6',
    source:
      'info-3.7.6-VeeGit09-unlocked.json (itead#45); resets: itead#128, #95; omitting works: itead#132, njh PR#19',
    fwVersion: '3.7.6',
    deviceId: { missing: 'accept', empty: 'reset', wrong: 'reset', right: 'accept' },
  },
  {
    ...basic,
    name: 'd1-3.5.0',
    source: 'info-3.5.0-D1-dimmer.json and its 400 on switch (SonoffLAN#251)',
    fwVersion: '3.5.0',
    firstSeq: 27,
    info: dimmerInfo,
    commands: ['info', 'signal_strength', 'startup', 'dimmable', 'wifi', 'ota_unlock', 'ota_flash'],
    refused: ['switch', 'pulse'],
  },
  {
    ...basic,
    name: 'minir3-1.4.0',
    source:
      'info as far as itead#123 prints it (four outlets; what follows `pulses` is assumed); hangs up on the real id and ' +
      'works without (itead#132); no OTA command in the vendor MINIR3 HTTP API 1.0',
    fwVersion: '1.4.0',
    info: channelsInfo,
    deviceId: { missing: 'accept', empty: 'reset', wrong: 'reset', right: 'reset' },
    commands: ['info', 'signal_strength', 'switches', 'startups', 'pulses', 'wifi'],
  },
  {
    ...basic,
    name: 'b02-bl-1.4.1',
    source: 'itead#129 (GET line and 408); info as in the vendor B02-BL/B05-BL HTTP API 2.2',
    fwVersion: '1.4.1',
    commands: ['info', 'signal_strength', 'switch', 'dimmable', 'wifi', 'ota_unlock', 'ota_flash'],
    downloader: 'b02',
    firstRangeRefused: 408,
  },
  {
    ...basic,
    name: 'not-diy',
    source: 'replies-short.json: plain request to a device that is not in DIY mode (SonoffLAN#793)',
    fwVersion: '3.6.0',
    firstSeq: 199,
    plainRequest: 400,
  },
  {
    ...basic,
    name: 'not-diy-401',
    source: 'protocol v2.0, error 401: the device has encryption on (no capture)',
    fwVersion: '3.6.0',
    firstSeq: 199,
    plainRequest: 401,
  },
];

/** The profile of that name. An unknown name is an error that lists the known ones. */
export function profileNamed(name: string): Profile {
  const found = profiles.find((profile) => profile.name === name);
  if (found) return found;
  throw new Error(`No profile ${name}. There are: ${profiles.map((profile) => profile.name).join(', ')}`);
}
