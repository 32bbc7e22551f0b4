/** `npm run model -- [--seed 1] [--count 100000] [--workers 2]`: plays so many stories and tells the first bad one. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { explore } from './explore.ts';
import { tell } from './words.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '100000' },
    workers: { type: 'string' },
    /** How many kinds of fault to look for before it ends. */
    faults: { type: 'string', default: '1' },
    /** For the workers only: which of every so many stories is theirs. */
    part: { type: 'string' },
  },
});
const seed = Number(values.seed);
const count = Number(values.count);
const workers = Math.max(1, Math.min(count, Number(values.workers ?? availableParallelism())));

if (values.part === undefined && workers > 1) await share();
else await work(Number(values.part ?? 0));

/** Lets several processes play a part each; the first that finds something ends them all. */
async function share(): Promise<void> {
  const began = performance.now();
  const parts = Array.from({ length: workers }, (_, part) =>
    fork(process.argv[1] ?? '', [
      '--seed',
      `${seed}`,
      '--count',
      `${count}`,
      '--workers',
      `${workers}`,
      '--part',
      `${part}`,
      '--faults',
      values.faults,
    ]),
  );
  const ends = await Promise.all(
    parts.map(
      (part) =>
        new Promise<number>((resolve) => {
          part.on('exit', (code) => {
            if (code !== 0) for (const other of parts) other.kill();
            resolve(code ?? 0);
          });
        }),
    ),
  );
  const seconds = Math.round((performance.now() - began) / 1_000);
  process.exitCode = ends.some((code) => code !== 0) ? 1 : 0;
  if (process.exitCode === 0)
    console.log(`${count} stories from seed ${seed} in ${seconds} s, and none is bad.`);
}

async function work(part: number): Promise<void> {
  const mine = Math.ceil((count - part) / workers);
  const explored = await explore({
    seed: seed + part,
    step: workers,
    faults: Number(values.faults),
    goOn: (done) => done < mine,
  });
  if (values.part === undefined || part === 0) {
    const rows = [...explored.reached].sort(([, one], [, other]) => other - one);
    console.log(`${explored.count} stories played. How many reached what:`);
    for (const [what, times] of rows) console.log(`${String(times).padStart(8)}  ${what}`);
  }
  for (const { seed: bad, story, verdict } of explored.found) {
    console.log(`\nStory ${bad} is bad. In short:`);
    console.log(tell(story, verdict));
    process.exitCode = 1;
  }
}
