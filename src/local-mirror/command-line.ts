import { Command, CommanderError, InvalidArgumentError } from 'commander';
import ipaddr from 'ipaddr.js';
import type { ServeWish } from './serve/serve-wish.ts';
import type { Terminal } from './terminal.ts';

/** What the program can be asked to do; each resolves with the exit status. */
export interface Deeds {
  serve(wish: ServeWish): Promise<number>;
  find(wish: { readonly json: boolean }): Promise<number>;
  probe(wish: { readonly url: string; readonly json: boolean }): Promise<number>;
  install(wish: { readonly userDataDir: string | undefined }): Promise<number>;
  uninstall(): Promise<number>;
  /** What browsers start; no person does. */
  nativeHost(): Promise<number>;
  /** What the first host starts. */
  nativeServe(): Promise<number>;
}

const usageStatus = 2;
const oneEventALine = 'print one event a line as JSON on standard output, and sentences on standard error';

/** Reads the arguments and does what they ask for. Resolves with the exit status; nonsense gives 2. */
export async function obey(args: readonly string[], deeds: Deeds, terminal: Terminal): Promise<number> {
  let status = 0;
  const program = new Command('mirror')
    .description(
      'The local mirror: serves firmware from this computer to Sonoff devices in DIY mode, and shows what they fetch.\n' +
        'Each file is examined first; what must not be flashed is not served.',
    )
    .argument('[FILE...]', 'firmware files (.bin) to serve')
    .option('--port <N>', 'listen on this port; without it on 8080 or the next free one', readPort)
    .option('--bind <ADDRESS>', 'listen on this IPv4 address of this computer only', readAddress)
    .option(
      '--device <ADDRESS>',
      'the IPv4 address of the device: says so when it does not come',
      readAddress,
    )
    .option(
      '--once',
      'end with the first verdict: status 0 if the device has fetched everything and reports success, else 1',
    )
    .option('--json', oneEventALine)
    .enablePositionalOptions()
    .showHelpAfterError('Add --help for what there is.')
    .addHelpText('after', helpAfter)
    .action(async (files: string[], { port, bind, device, once, json }: ServeOptions) => {
      if (files.length === 0) program.error('error: name a firmware file to serve, or a command');
      status = await deeds.serve({ files, port, bind, device, once: once === true, json: json === true });
    });
  program
    .command('find')
    .description('list the Sonoff devices in this network as they come and go, until Ctrl-C')
    .option('--json', oneEventALine)
    .action(async ({ json }: JsonOption) => {
      status = await deeds.find({ json: json === true });
    });
  program
    .command('probe')
    .description('ask a mirror for the whole file as a device does, and say whether the device would manage')
    .argument(
      '<URL>',
      'the address that the device would be told, such as http://192.168.1.10:8080/tasmota-lite.bin',
    )
    .option('--json', 'print the findings as JSON on standard output')
    .action(async (url: string, { json }: JsonOption) => {
      status = await deeds.probe({ url, json: json === true });
    });
  program
    .command('install')
    .description('let the extension start this program: registers it with the browsers of this user')
    .option('--user-data-dir <DIR>', 'also for a Chromium that is started with this --user-data-dir')
    .action(async ({ userDataDir }: { readonly userDataDir?: string }) => {
      status = await deeds.install({ userDataDir });
    });
  program
    .command('uninstall')
    .description('take away everything that install has made')
    .action(async () => {
      status = await deeds.uninstall();
    });
  program
    // Browsers add who is asking: they have checked that themselves.
    .command('native-host [caller...]', { hidden: true })
    .allowUnknownOption()
    .action(async () => {
      status = await deeds.nativeHost();
    });
  program.command('native-serve', { hidden: true }).action(async () => {
    status = await deeds.nativeServe();
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : usageStatus;
  }
}

interface JsonOption {
  readonly json?: true;
}

interface ServeOptions extends JsonOption {
  readonly port?: number;
  readonly bind?: string;
  readonly device?: string;
  readonly once?: true;
}

const helpAfter = `
Events with --json:
  {"event":"serving","file","url","sha256","bytes"}   a file is served
  {"event":"range","device","from","to","of"}         a device has fetched bytes from … to …, both included
  {"event":"stalled","device","seconds"}              a device has been silent for so long
  {"event":"verdict","device","error"}                the device's own result: 0 is success

Status: 0 success, 1 it could not be done (no file left, port in use, device failed), 2 arguments that make no
sense, 130 Ctrl-C. Ctrl-C while a device downloads waits until it is done; pressed again it stops at once.`;

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

function readAddress(text: string): string {
  if (!ipaddr.IPv4.isValidFourPartDecimal(text))
    throw new InvalidArgumentError('An IPv4 address is four numbers, such as 192.168.1.10.');
  if (['multicast', 'broadcast'].includes(ipaddr.IPv4.parse(text).range()))
    throw new InvalidArgumentError(
      'This is an address of many computers at once. Name the one of a single one.',
    );
  return text;
}
