import { onInterruption } from '../interruptions.ts';
import { printable, type Terminal } from '../terminal.ts';
import { Directory, type FoundDevice, type Sighting, serviceName } from './directory.ts';
import { MulticastListeners } from './listeners.ts';

/** Asked at once, again soon, in case the first answer was lost, and then so often (RFC 6762 §5.2). */
const askAtMs = [0, 1000, 3000];
const askEveryMs = 20_000;
const lookEveryMs = 1000;
const nobodyMs = 10_000;

const everyone = [{ name: serviceName, type: 'PTR' }] as const;

/** `mirror find`: lists devices until it is interrupted. Resolves with the exit status. */
export function find({ json }: { readonly json: boolean }, terminal: Terminal): Promise<number> {
  const directory = new Directory();
  let anybody = false;
  const show = (sightings: readonly Sighting[]) => {
    for (const { event, device } of sightings) {
      anybody = true;
      terminal.out(json ? JSON.stringify({ event, ...device }) : printable(lineOf(event, device)));
    }
  };
  const listeners = new MulticastListeners(
    (records) => show(directory.take(records, performance.now())),
    (address, code) => terminal.err(troubleText(address, code)),
  );
  const ask = () => {
    listeners.refresh();
    listeners.ask([...everyone, ...directory.missing(performance.now())]);
  };
  const look = () => {
    show(directory.look(performance.now()));
    listeners.refresh();
    listeners.ask(directory.missing(performance.now()));
  };
  const nobody = () => {
    if (!anybody) for (const line of nobodyText) terminal.err(line);
  };
  const timers = [
    ...askAtMs.map((ms) => setTimeout(ask, ms)),
    setTimeout(nobody, nobodyMs),
    setInterval(ask, askEveryMs),
    setInterval(look, lookEveryMs),
  ];
  listeners.refresh();
  const where = listeners.addresses.join(' and ');
  terminal.err(
    where === ''
      ? 'This computer is in no network. Devices are looked for as soon as it is. Ctrl-C stops.'
      : `Looking for Sonoff devices from ${where}. Ctrl-C stops.`,
  );
  return new Promise((resolve) => {
    const end = (status: number) => {
      deafen();
      for (const timer of timers) clearTimeout(timer);
      listeners.stop();
      resolve(status);
    };
    const deafen = onInterruption(({ status }) => {
      terminal.err('Stopped.');
      end(status);
    });
    terminal.unread.addEventListener('abort', () => end(1));
  });
}

const modes = { diy: 'DIY mode', encrypted: 'encrypted (not in DIY mode)' } as const;
const marks = { found: '+', changed: '*', gone: '-' } as const;

function lineOf(event: Sighting['event'], { id, address, type, mode }: FoundDevice): string {
  const line = `${marks[event]} ${id.padEnd(12)} ${address.padEnd(15)} ${type.padEnd(12)} ${modes[mode]}`;
  return event === 'gone' ? `${line}, gone` : line;
}

const nobodyText = [
  'No device has answered yet. It has to be in the same network as this computer, with its power on.',
  'A firewall here may keep the answers out (UDP port 5353), and a guest Wi-Fi keeps its members apart.',
  'The router lists its devices with their addresses, too.',
];

function troubleText(address: string, code: string): string {
  return code === 'EADDRINUSE' || code === 'EACCES'
    ? `Another program keeps the port of multicast DNS (UDP 5353) to itself on ${address}: nothing is heard there.`
    : `Multicast DNS does not work on ${address} (${code}): nothing is heard there.`;
}
