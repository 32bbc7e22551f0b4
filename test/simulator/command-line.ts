import { parseArgs } from 'node:util';
import { faultKinds, readFault } from './faults.ts';
import type { Completion } from './flasher.ts';
import { profileNamed, profiles } from './profiles.ts';
import type { SonoffOptions } from './sonoff-options.ts';
import { isVendor, type Vendor, vendors } from './vendor.ts';

const completions: readonly Completion[] = ['first-range', 'immediate', 'late'];

/** What the command line asks for: the help text, or a device. */
export type Wish = { readonly help: string } | { readonly device: SonoffOptions };

/** Reads the arguments. What is wrong with them is an error with a sentence. */
export function readCommandLine(args: readonly string[]): Wish {
  const { values } = parseArgs({
    args: [...args],
    options: {
      firmware: { type: 'string', default: '3.6.0' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '8081' },
      deviceid: { type: 'string' },
      unlocked: { type: 'boolean', default: false },
      vendor: { type: 'string', default: 'up' },
      'vendor-delay': { type: 'string' },
      completion: { type: 'string', default: 'first-range' },
      speed: { type: 'string', default: '51200' },
      'time-scale': { type: 'string', default: '1' },
      resolve: { type: 'string', multiple: true, default: [] },
      fault: { type: 'string', multiple: true, default: [] },
      'web-port': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return { help: helpText() };
  const delay = values['vendor-delay'];
  const webPort = values['web-port'];
  return {
    device: {
      profile: profileNamed(values.firmware).name,
      host: values.host,
      port: numberFrom('port', values.port),
      unlocked: values.unlocked,
      vendor: vendorNamed(values.vendor),
      completion: completionNamed(values.completion),
      speed: numberFrom('speed', values.speed),
      timeScale: numberFrom('time-scale', values['time-scale']),
      hosts: Object.fromEntries(values.resolve.map(readResolve)),
      faults: values.fault.map(readFault),
      ...(values.deviceid === undefined ? {} : { deviceid: values.deviceid }),
      ...(webPort === undefined ? {} : { web: { port: numberFrom('web-port', webPort) } }),
      ...(delay === undefined ? {} : { vendorDelayMs: numberFrom('vendor-delay', delay) }),
    },
  };
}

function numberFrom(option: string, text: string): number {
  const number = Number(text);
  if (text === '' || !Number.isFinite(number) || number < 0)
    throw new Error(`--${option} ${text} is not a number`);
  return number;
}

function vendorNamed(text: string): Vendor {
  if (isVendor(text)) return text;
  throw new Error(`No vendor ${text}. There are: ${Object.keys(vendors).join(', ')}`);
}

function completionNamed(text: string): Completion {
  const found = completions.find((completion) => completion === text);
  if (found) return found;
  throw new Error(`No completion ${text}. There are: ${completions.join(', ')}`);
}

function readResolve(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new Error(`--resolve ${text} is not name=address`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, what]) => `  ${name.padEnd(width)}${what}`).join('\n');
}

function helpText(): string {
  const faults = Object.entries(faultKinds).map(([kind, row]): [string, string] => [
    kind,
    row.number === undefined ? row.what : `${row.what}; n is ${row.number} by itself`,
  ]);
  return `A simulated Sonoff in DIY mode.

npm run simulator -- [options]

${table([
  ['--firmware NAME', 'which device it is (3.6.0)'],
  ['--host ADDRESS', 'where it listens (127.0.0.1)'],
  ['--port NUMBER', 'on which port (8081); 0 takes any'],
  ['--deviceid ID', 'its ten characters'],
  ['--unlocked', 'OTA is unlocked already'],
  ['--vendor STATE', "how the vendor's unlock service is (up)"],
  ['--vendor-delay MS', 'how long that service takes'],
  ['--completion STYLE', `when ota_flash is answered: ${completions.join(', ')}`],
  ['--speed BYTES', 'bytes per second of the download (51200, as on a LAN); 0 is as fast as it goes'],
  ['--time-scale NUMBER', "multiplies the firmware's own times, such as its 180 s; 0.01 is quick"],
  ['--resolve NAME=ADDRESS', 'resolves a name for downloads, with :PORT if you like; may be repeated'],
  ['--fault FAULT', 'kind[:n][@command][*times], such as slow:3000@info*2; may be repeated'],
  ['--web-port NUMBER', 'where the new firmware answers once it has booted (80 on a device); else nowhere'],
  ['--help', 'this text'],
])}

Firmware:
${table(profiles.map(({ name, source }) => [name, source]))}

Vendor:
${table(Object.entries(vendors).map(([name, { what }]) => [name, what]))}

Faults:
${table(faults)}

While it runs you can type: power (off and on), vanish, back, fault FAULT, mend.
It ends with 0 when a firmware has booted, with 1 when it is a brick.
`;
}
