import { obey } from './command-line.ts';
import { ownTerminal } from './terminal.ts';

const terminal = ownTerminal();

obey(
  process.argv.slice(2),
  {
    // Each is loaded when it is asked for: serving needs no multicast DNS in memory.
    serve: async (wish) => (await import('./serve/serve.ts')).serve(wish, terminal),
    find: async (wish) => (await import('./find/find.ts')).find(wish, terminal),
    probe: async (wish) => (await import('./probe/probe-command.ts')).probe(wish, terminal),
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
