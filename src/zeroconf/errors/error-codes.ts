import type { Command } from '../client/command.ts';
import type { DeviceError } from './failure-kind.ts';

interface CodeRow {
  readonly code: number;
  /** What it means where `on` says nothing else. */
  readonly meaning: DeviceError;
  readonly on?: Partial<Record<Command, DeviceError>>;
  readonly source: string;
}

/** The `error` field of a reply. 0, success, has no row. */
const rows: readonly CodeRow[] = [
  {
    code: 400,
    meaning: 'command-refused',
    // Every model in DIY mode knows `info`; a device outside DIY mode answers a plain request this way.
    on: { info: 'not-in-diy-mode', ota_flash: 'malformed-request' },
    source:
      'protocol v2.0: invalid JSON; SonoffLAN#793: not in DIY mode; SonoffLAN#251: D1 lacks the command',
  },
  { code: 401, meaning: 'not-in-diy-mode', source: 'protocol v2.0: encryption is on' },
  {
    code: 403,
    meaning: 'unknown-code',
    on: { ota_flash: 'locked' },
    source: 'protocol v2.0, ota_flash',
  },
  { code: 404, meaning: 'wrong-deviceid', source: 'protocol v1.4 and v2.0, all commands' },
  {
    code: 408,
    meaning: 'unknown-code',
    on: { ota_flash: 'download-timed-out' },
    source: 'protocol v2.0, ota_flash; seen in itead#129',
  },
  {
    code: 409,
    meaning: 'unknown-code',
    on: { ota_flash: 'digest-mismatch' },
    source: 'itead tcp_server.py: the download callback says 409 for a wrong checksum; itead#97',
  },
  {
    code: 413,
    meaning: 'unknown-code',
    on: { ota_flash: 'image-too-large' },
    source: 'protocol v2.0, ota_flash',
  },
  {
    code: 422,
    meaning: 'invalid-parameters',
    on: { ota_unlock: 'unlock-refused' },
    source: 'protocol v2.0; itead#45: the device hands on what the unlock service said',
  },
  {
    code: 424,
    meaning: 'unknown-code',
    on: { ota_flash: 'download-failed' },
    source: 'protocol v2.0, ota_flash',
  },
  {
    code: 471,
    meaning: 'unknown-code',
    on: { ota_flash: 'digest-mismatch' },
    source: 'protocol v2.0, ota_flash: "restarting the device will cause bricking"',
  },
  {
    code: 500,
    meaning: 'unknown-code',
    on: { ota_unlock: 'unlock-refused' },
    source: 'protocol v2.0, ota_unlock',
  },
  {
    code: 503,
    meaning: 'unknown-code',
    on: { ota_unlock: 'vendor-unreachable' },
    source: 'protocol v2.0, ota_unlock',
  },
];

/** Every code that has a meaning, and where that is known from. */
export const codes: readonly { readonly code: number; readonly source: string }[] = rows;

const byCode: ReadonlyMap<number, CodeRow> = new Map(rows.map((row) => [row.code, row]));

/** Whether `code` says of `command` just this, and not merely that it is none that anybody has described. */
export function isDescribed(code: number | null, command: Command, meaning: string): boolean {
  return code !== null && meaning !== 'unknown-code' && meaningOf(code, command) === meaning;
}

/** What `code` says about `command`; null for success. */
export function meaningOf(code: number, command: Command): DeviceError | null {
  if (code === 0) return null;
  const row = byCode.get(code);
  return row?.on?.[command] ?? row?.meaning ?? 'unknown-code';
}
