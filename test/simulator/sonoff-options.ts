import type { Hosts } from './download-link.ts';
import type { Fault } from './faults.ts';
import type { Completion } from './flasher.ts';
import type { NewFirmwareOptions } from './new-firmware.ts';
import type { Vendor } from './vendor.ts';

/**
 * What a device is. `restarting`: the image is verified, the old firmware has seconds left. `tasmota`: a Tasmota
 * access point. `booted`: another firmware runs. `gone`: off the network, on the old firmware.
 */
export type DeviceState = 'sonoff' | 'downloading' | 'restarting' | 'tasmota' | 'booted' | 'brick' | 'gone';

/** What became of the device, and why; the firmware and its access point where one boots. */
export interface Became {
  readonly state: DeviceState;
  readonly reason?: string;
  readonly firmware?: string;
  readonly accessPoint?: string;
}

export interface SonoffOptions {
  /** A row of `profiles`, such as `3.6.0`. */
  readonly profile: string;
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly deviceid?: string;
  readonly unlocked?: boolean;
  readonly vendor?: Vendor;
  /** Real milliseconds; without it the vendor takes its own time, scaled. */
  readonly vendorDelayMs?: number;
  readonly faults?: readonly Fault[];
  /** Name → `address` or `address:port`, for downloads. */
  readonly hosts?: Hosts;
  /** Bytes per second of the download; 0 is as fast as it goes. */
  readonly speed?: number;
  /** From the verified image to the restart; 3 s of the firmware's time without it (DLSRC). */
  readonly rebootMs?: number;
  /** Multiplies the firmware's own times: 0.001 makes its 180 s last 180 ms. */
  readonly timeScale?: number;
  readonly completion?: Completion;
  /** False sends the real Host in downloads, true always `dl.itead.cn`; the profile decides without it. */
  readonly hostBug?: boolean;
  /** A request sooner than this after the last answer is reset; the documentation wants 200 ms. */
  readonly spacingMs?: number;
  readonly idleMs?: number;
  /** Longest request that fits into the device's buffer (protocol §3, "Clean Request"). */
  readonly maxRequestBytes?: number;
  readonly preDownloadMs?: number;
  /** Leaves the connection open after an answer, as HTTP/1.1 may; no capture tells what the firmware does. */
  readonly keepAlive?: boolean;
  readonly sizeLimit?: number;
  /** Port 80 of the new firmware, once it has booted; without it nothing listens there. */
  readonly web?: NewFirmwareOptions;
  /** Is told, line by line, what the device hears and what becomes of it. */
  readonly hear?: (line: string) => void;
}

type DefaultKey =
  | 'host'
  | 'port'
  | 'deviceid'
  | 'vendor'
  | 'speed'
  | 'timeScale'
  | 'completion'
  | 'spacingMs'
  | 'idleMs'
  | 'maxRequestBytes'
  | 'preDownloadMs'
  | 'keepAlive'
  | 'sizeLimit';

/** What a device is without further words. */
export const defaults: Required<Pick<SonoffOptions, DefaultKey>> = {
  host: '127.0.0.1',
  port: 8081,
  deviceid: '1000a1b2c3',
  vendor: 'up',
  speed: 0,
  timeScale: 1,
  completion: 'first-range',
  spacingMs: 150,
  idleMs: 10_000,
  maxRequestBytes: 2048,
  preDownloadMs: 20_000,
  keepAlive: false,
  sizeLimit: 520_192,
};
