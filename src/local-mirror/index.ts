/*
 * The Node program that serves an image to a device. May import core, firmware, mirror and native-messages; nobody
 * imports it.
 */
import { resolve } from 'node:path';
import { obey } from './command-line.ts';
import { stateFolder } from './native/private-folder.ts';
import { ownTerminal } from './terminal.ts';

const terminal = ownTerminal();
/** The file that Node runs. */
const program = resolve(process.argv[1] ?? '');

obey(
  process.argv.slice(2),
  {
    // Each is loaded when it is asked for: serving needs no multicast DNS in memory.
    serve: async (wish) => (await import('./serve/serve.ts')).serve(wish, terminal),
    find: async (wish) => (await import('./find/find.ts')).find(wish, terminal),
    probe: async (wish) => (await import('./probe/probe-command.ts')).probe(wish, terminal),
    install: async ({ userDataDir }) =>
      (await import('./install/install-command.ts')).install(userDataDir, program, terminal),
    uninstall: async () => (await import('./install/install-command.ts')).uninstall(terminal),
    nativeHost: async () => (await import('./native/host.ts')).relay(program),
    nativeServe: async () =>
      (await import('./native/serving-process.ts')).serveBrowsers(stateFolder(program)),
  },
  terminal,
).then(
  (status) => {
    // Not process.exit(): what was printed must get out first.
    process.exitCode = status;
  },
  (error: unknown) => {
    terminal.err(
      `This should not have happened: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
    );
    process.exitCode = 70;
  },
);
