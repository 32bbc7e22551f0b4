import { createInterface } from 'node:readline';
import { readCommandLine } from './command-line.ts';
import { readFault } from './faults.ts';
import { SimulatedSonoff } from './sonoff.ts';

/** What can be typed while the device runs. */
function obey(device: SimulatedSonoff, line: string): Promise<void> | void {
  const [word = '', rest = ''] = line.trim().split(/\s+/);
  if (word === 'power') return device.powerCycle();
  if (word === 'vanish') return device.vanish();
  if (word === 'back' && device.became.state === 'gone') return device.comeBack();
  if (word === 'fault') return device.faults.switchOn(readFault(rest));
  if (word === 'mend') return device.faults.switchOff();
  if (word !== '') console.error('power, vanish, back, fault FAULT or mend');
}

async function main(): Promise<number> {
  const wish = readCommandLine(process.argv.slice(2));
  if ('help' in wish) {
    console.log(wish.help);
    return 0;
  }
  const device = new SimulatedSonoff({
    ...wish.device,
    hear: (line) => console.log(`${new Date().toISOString().slice(11, 23)}  ${line}`),
  });
  await device.start();
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  const typed = createInterface({ input: process.stdin });
  typed.on('line', (line) => {
    Promise.resolve(line)
      .then((text) => obey(device, text))
      .catch((error: unknown) => console.error(String(error)));
  });
  const over = ({ became }: SimulatedSonoff) => ['tasmota', 'booted', 'brick'].includes(became.state);
  await device.waitUntil(over, { timeoutMs: 2 ** 31 - 1, signal: interrupted.signal }).catch(() => undefined);
  typed.close();
  await device.stop();
  return device.became.state === 'brick' ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
