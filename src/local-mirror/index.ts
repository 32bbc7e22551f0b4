import { obey } from './command-line.ts';
import { find } from './find/find.ts';
import { probe } from './probe/probe-command.ts';
import { serve } from './serve/serve.ts';
import { ownTerminal } from './terminal.ts';

const terminal = ownTerminal();

obey(
  process.argv.slice(2),
  {
    serve: (wish) => serve(wish, terminal),
    find: (wish) => find(wish, terminal),
    probe: (wish) => probe(wish, terminal),
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
