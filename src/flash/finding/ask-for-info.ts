/*
 * Asking a device as a scan does: once, and nothing that changes it. May import the leaves.
 */
import type { Clock } from '../../core/clock.ts';
import type { Answer } from '../../finding/scan.ts';
import { createZeroconfClient, type DeviceQueue } from '../../zeroconf/client/client.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import type { ZeroconfFailureKind } from '../../zeroconf/errors/failure-kind.ts';

/** What a device in DIY mode has told of itself; null where it wants to be called by its ID first. */
export type ScannedInfo = DeviceInfo | null;

/** What a failure of `info` says about who is there; every other kind is somebody else. */
const answers: { readonly [Kind in ZeroconfFailureKind]?: Answer<ScannedInfo> } = {
  // Devices that are paired with the app refuse plain requests so (SonoffLAN#793; protocol v2.0: 401).
  'malformed-request': { kind: 'not-in-diy-mode' },
  'not-in-diy-mode': { kind: 'not-in-diy-mode' },
  'deviceid-needed': { kind: 'device', info: null },
  'wrong-deviceid': { kind: 'device', info: null },
  refused: { kind: 'refused' },
  reset: { kind: 'refused' },
  'empty-reply': { kind: 'refused' },
  unreachable: { kind: 'refused' },
  'name-not-found': { kind: 'refused' },
  'no-connection': { kind: 'refused' },
  'network-changed': { kind: 'refused' },
  'no-permission': { kind: 'refused' },
  'https-only': { kind: 'refused' },
};

/** What asking needs. */
export interface AskOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** That of all clients of the process: no device is asked while somebody else is asking it. */
  readonly queue: DeviceQueue;
  /** Milliseconds, at least as long as the scan and its pauses wait. */
  readonly timeout: number;
}

/**
 * Asks an address for `info` with one request, as a scan does.
 *
 * @throws the reason of `signal`, when it is aborted
 */
export async function askForInfo(
  address: Address,
  { timeout, ...tools }: AskOptions,
  signal: AbortSignal,
): Promise<Answer<ScannedInfo>> {
  const client = createZeroconfClient(address, {
    ...tools,
    persistent: false,
    timeouts: () => ({ info: timeout }),
  });
  const info = await client.info(signal);
  signal.throwIfAborted();
  if (info.ok) return { kind: 'device', info: info.value };
  return answers[info.failure.kind] ?? { kind: 'other' };
}
