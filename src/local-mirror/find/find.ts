/*
 * Devices in this network, by multicast DNS.
 */
import { onInterruption } from '../interruptions.ts';
import { printable, type Terminal } from '../terminal.ts';
import type { FoundDevice, Sighting } from './directory.ts';
import { lookOut } from './look-out.ts';

const nobodyMs = 10_000;

/** `mirror find`: lists devices until it is interrupted. Resolves with the exit status. */
export function find({ json }: { readonly json: boolean }, terminal: Terminal): Promise<number> {
  let anybody = false;
  const lookout = lookOut(
    ({ event, device }) => {
      anybody = true;
      if (json) terminal.out(JSON.stringify({ event, ...device }));
      else terminal.out(printable(lineOf(event, device)));
    },
    (address, code) => terminal.err(troubleText(address, code)),
  );
  const nobody = setTimeout(() => {
    if (!anybody) for (const line of nobodyText) terminal.err(line);
  }, nobodyMs);
  const where = lookout.addresses.join(' and ');
  terminal.err(
    where === ''
      ? 'This computer is in no network. Devices are looked for as soon as it is. Ctrl-C stops.'
      : `Looking for Sonoff devices from ${where}. Ctrl-C stops.`,
  );
  return new Promise((resolve) => {
    const end = (status: number) => {
      deafen();
      clearTimeout(nobody);
      lookout.stop();
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
