/*
 * A device: its address, what it tells of itself, and whether it can be flashed. A leaf: imports core.
 */
import * as v from 'valibot';

/** What a device tells about itself. `null` stands for what it does not tell, or tells in another type. */
export interface DeviceInfo {
  /** 1.4: `data` came as a string, or there is no firmware version (fw 3.3–3.4). 2.x: fw 3.5.0 and later. */
  readonly protocol: '1.4' | '2.x';
  readonly fwVersion: string | null;
  readonly deviceid: string | null;
  /** Answers only when its own id is left out; false where that was not tried. */
  readonly refusesId: boolean;
  /** Whether other firmware is accepted. */
  readonly otaUnlock: boolean | null;
  readonly switch: string | null;
  readonly startup: string | null;
  readonly pulse: string | null;
  /** Milliseconds. */
  readonly pulseWidth: number | null;
  readonly ssid: string | null;
  readonly bssid: string | null;
  /** dBm. */
  readonly signalStrength: number | null;
  /** Speaks of outlets, as MINIR3 and the multi-channel models do (SonoffLAN test_diy_minir3). */
  readonly hasSwitches: boolean;
  /** Speaks of brightness, as the D1 does (SonoffLAN#251). */
  readonly hasBrightness: boolean;
  /** What else was in the reply, and known keys with values of another type. */
  readonly other: Readonly<Record<string, unknown>>;
}

const text = v.pipe(v.string(), v.minLength(1));
const wholeNumber = v.pipe(v.number(), v.integer());

const known = {
  fwVersion: text,
  deviceid: text,
  otaUnlock: v.boolean(),
  switch: text,
  startup: text,
  pulse: text,
  pulseWidth: wholeNumber,
  ssid: text,
  bssid: text,
  signalStrength: wholeNumber,
};

/** The keys that only devices with outlets have (sonoff.tech MINIR3 documentation). */
const outletKeys = ['switches', 'startups', 'pulses'];

/** Reads `data` of an `info` reply. `wasText`: it came as a JSON string, as v1.4 devices send it (itead#34). */
export function deviceInfoOf(data: Readonly<Record<string, unknown>>, wasText: boolean): DeviceInfo {
  const fwVersion = told(known.fwVersion, data.fwVersion);
  return {
    protocol: wasText || fwVersion === null ? '1.4' : '2.x',
    fwVersion,
    deviceid: told(known.deviceid, data.deviceid),
    refusesId: false,
    otaUnlock: told(known.otaUnlock, data.otaUnlock),
    switch: told(known.switch, data.switch),
    startup: told(known.startup, data.startup),
    pulse: told(known.pulse, data.pulse),
    pulseWidth: told(known.pulseWidth, data.pulseWidth),
    ssid: told(known.ssid, data.ssid),
    bssid: told(known.bssid, data.bssid),
    signalStrength: told(known.signalStrength, data.signalStrength),
    hasSwitches: outletKeys.some((key) => Object.hasOwn(data, key)),
    hasBrightness: Object.hasOwn(data, 'brightness'),
    other: Object.fromEntries(Object.entries(data).filter(([key, value]) => !isTold(key, value))),
  };
}

/** The signal in dBm from `data` of a `signal_strength` reply; null when there is none. */
export function signalOf(data: Readonly<Record<string, unknown>>): number | null {
  return told(known.signalStrength, data.signalStrength);
}

function told<Value>(schema: v.GenericSchema<unknown, Value>, value: unknown): Value | null {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : null;
}

const schemas: ReadonlyMap<string, v.GenericSchema> = new Map(Object.entries(known));

function isTold(key: string, value: unknown): boolean {
  const schema = schemas.get(key);
  return schema !== undefined && v.is(schema, value);
}
