import * as v from 'valibot';
import type { FoundTasmota } from './found.ts';
import { jsonOf } from './json.ts';
import { words } from './words.ts';

/** What Tasmota says about itself. */
export interface Details extends Omit<FoundTasmota, 'kind' | 'state' | 'said'> {
  /** It has no address in any network but its own. */
  readonly hasNoNetwork: boolean;
}

/** What came of `Status 0`: what it says, that it wants a password, or null where it is neither. */
export type Status = { readonly details: Details } | 'locked' | null;

/** Of a Tasmota that said nothing about itself. */
export const unknownDetails: Details = {
  version: null,
  variant: null,
  built: null,
  module: null,
  deviceName: null,
  hostname: null,
  hasNoNetwork: false,
};

/** A part that is missing or strange takes nothing away from the others: a full log buffer cuts `Status 0` short. */
const lenient = <Schema extends v.GenericSchema>(schema: Schema) => v.fallback(v.optional(schema), undefined);
const someWords = lenient(v.pipe(v.string(), v.transform(words)));

/**
 * The parts of `Status 0` that are wanted (Tasmota support_command.ino; docs, JSON-Status-Responses). The Mac and
 * the names of Wi-Fi networks are in it too and are left there.
 */
const statusSchema = v.object({
  Status: lenient(v.object({ Module: lenient(v.pipe(v.number(), v.integer())), DeviceName: someWords })),
  StatusFWR: lenient(v.object({ Version: someWords, BuildDateTime: someWords })),
  StatusNET: lenient(v.object({ Hostname: someWords, IPAddress: someWords })),
});

/** `{"WARNING":"Need user=<username>&password=<password>"}` (Tasmota xdrv_01_9_webserver.ino); with 200 in old versions. */
const warningSchema = v.object({ WARNING: v.pipe(v.string(), v.startsWith('Need user=')) });

/** Reads the body of an answer to `Status 0`. */
export function readStatus(body: string): Status {
  const json = jsonOf(body);
  if (v.is(warningSchema, json)) return 'locked';
  const parsed = v.safeParse(statusSchema, json);
  if (!parsed.success) return null;
  const { Status, StatusFWR, StatusNET } = parsed.output;
  if (Status === undefined && StatusFWR === undefined) return null;
  return {
    details: {
      ...readVersion(StatusFWR?.Version ?? ''),
      built: StatusFWR?.BuildDateTime ?? null,
      module: Status?.Module ?? null,
      deviceName: Status?.DeviceName ?? null,
      hostname: StatusNET?.Hostname ?? null,
      hasNoNetwork: StatusNET?.IPAddress === '0.0.0.0',
    },
  };
}

/** What the `Server` header says, such as `Tasmota/15.1.0 (ESP8285N08)`; null where it is not Tasmota's. */
export function readServer(server: string): Details | null {
  const [, version] = /^Tasmota\/(\S+)/i.exec(server) ?? [];
  return version === undefined ? null : { ...unknownDetails, version: words(version) };
}

/** `15.1.0(release-lite)`, `15.1.0.2(85cff52-tasmota)`, `9.2.0(tasmota)`, `6.4.1(sonoff)` (Tasmota tasmota.ino). */
function readVersion(text: string): Pick<Details, 'version' | 'variant'> {
  const [, version = '', image = ''] = /^([^(]*)(?:\(([^)]*)\))?/.exec(text) ?? [];
  const variant = words(image.replace(/^(?:release|[\da-f]{7,40})-/, ''));
  return {
    version: words(version),
    variant: variant === 'tasmota' || variant === 'sonoff' ? 'full' : variant,
  };
}
