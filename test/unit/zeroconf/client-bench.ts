import {
  createZeroconfClient,
  type Exchange,
  type ZeroconfClient,
  type ZeroconfClientOptions,
} from '../../../src/zeroconf/client/client.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';
import { type FakeDevice, type HeardRequest, type Manner, startFakeDevice } from './fake-device.ts';
import { accepted, image, replies } from './fixtures.ts';

const open = new Set<FakeDevice>();

/** Closes every device that a test has started. */
export async function closeDevices(): Promise<void> {
  await Promise.all([...open].map((device) => device.close()));
  open.clear();
}

/** A signal that nobody aborts. */
export const never = new AbortController().signal;

/** The address that stands for every device of a test. */
export function here() {
  const address = parseAddress('127.0.0.1');
  if (!address.ok) throw new Error('no address');
  return address.value;
}

/** A device that answers as `answer` says and is closed after the test. */
export async function deviceOf(
  answer: (request: HeardRequest, count: number) => Manner,
): Promise<FakeDevice> {
  const device = await startFakeDevice(answer);
  open.add(device);
  return device;
}

/** The same with a client that speaks with it, and what the client told its journal. */
export async function clientOf(
  answer: (request: HeardRequest, count: number) => Manner,
  options: Partial<ZeroconfClientOptions> = {},
) {
  const device = await deviceOf(answer);
  const exchanges: Exchange[] = [];
  const client = createZeroconfClient(here(), {
    fetch: device.fetch,
    clock: device.clock,
    hear: (exchange) => exchanges.push(exchange),
    ...options,
  });
  return { client, exchanges, ...device };
}

/** Answers with `text` as it stands. */
export function literally(text: string): Manner {
  return (response) => response.end(text);
}

/** Answers `info` as firmware 3.5.0 does, and accepts everything else. */
export const knows = ({ command }: HeardRequest) => (command === 'info' ? literally(replies.v350) : accepted);

/** Every command that changes something. */
export const writes: readonly (readonly [
  string,
  (client: ZeroconfClient, signal: AbortSignal) => Promise<unknown>,
])[] = [
  ['switch', (client, signal) => client.switch('on', signal)],
  ['startup', (client, signal) => client.startup('stay', signal)],
  ['pulse', (client, signal) => client.pulse({ pulse: 'on', pulseWidth: 500 }, signal)],
  ['wifi', (client, signal) => client.wifi({ ssid: 'attic', password: 'hunter2hunter2' }, signal)],
  ['ota_unlock', (client, signal) => client.otaUnlock(signal)],
  ['ota_flash', (client, signal) => client.otaFlash(image, signal)],
];
