import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { buildImage } from '../../images/esp8266-image.ts';
import { SimulatedMirror } from '../../simulator/mirror.ts';
import { SimulatedSonoff, type SonoffOptions } from '../../simulator/sonoff.ts';

/** What came back on a raw connection, and how it ended. */
export interface Heard {
  readonly raw: string;
  readonly ended: 'closed' | 'reset';
  readonly head: string;
  readonly body: string;
}

/** Sends bytes on a connection of their own and listens until it ends. */
export function sayRaw(port: number, bytes: string): Promise<Heard> {
  return new Promise((resolve) => {
    let raw = '';
    let ended: Heard['ended'] = 'closed';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (more) => {
      raw += more.toString('latin1');
    });
    socket.on('error', () => {
      ended = 'reset';
    });
    socket.on('close', () => {
      const at = raw.indexOf('\r\n\r\n');
      resolve({ raw, ended, head: raw.slice(0, Math.max(at, 0)), body: at < 0 ? '' : raw.slice(at + 4) });
    });
  });
}

/** A request as a careful client writes it. */
export function postOf(path: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:8081\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Posts a command to a device. */
export function say(device: SimulatedSonoff, command: string, body: unknown): Promise<Heard> {
  return sayRaw(device.port, postOf(`/zeroconf/${command}`, JSON.stringify(body)));
}

/** A running device that is quick and forgiving, unless the test says otherwise. */
export async function aDevice(options: Partial<SonoffOptions> = {}): Promise<SimulatedSonoff> {
  const device = new SimulatedSonoff({
    profile: '3.6.0',
    port: 0,
    timeScale: 0.05,
    spacingMs: 0,
    vendorDelayMs: 10,
    rebootMs: 10,
    ...options,
  });
  await device.start();
  onTestFinished(() => device.stop());
  return device;
}

/** A small image with a CRC; its digest is `digestOf(image)`. */
export const image = buildImage({ size: 32_768 });

export const imagePath = '/tasmota-lite.bin';

/** A running mirror that holds `image`. */
export async function aMirror(file: Uint8Array = image): Promise<SimulatedMirror> {
  const mirror = new SimulatedMirror({ files: { [imagePath]: file } });
  await mirror.start();
  onTestFinished(() => mirror.stop());
  return mirror;
}

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The body of an `ota_flash` for what the mirror holds. */
export function flashBody(mirror: SimulatedMirror, sha256sum = digestOf(image)): { data: object } {
  return { data: { downloadUrl: mirror.url(imagePath), sha256sum } };
}
