/**
 * `npm run mutate -- [PLACE…] [--sample N]`: changes one thing at a time in the sources that decide over a flash, and
 * names the changes that no unit test notices. Nothing on the disk is changed: `vitest.config.ts` hands the test run
 * the changed source. `--sample N` takes only every N-th mutant.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, mutantsOf, withoutTypes } from './mutants.ts';

const placesThatDecide = ['src/flash', 'src/firmware/checks'];

interface Trial {
  readonly file: string;
  readonly index: number;
  readonly mutant: Mutant;
}

function sourcesIn(place: string): string[] {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .map((name) => join(place, name))
    .filter((file) => file.endsWith('.ts'));
}

async function trialsIn(file: string): Promise<Trial[]> {
  const code = await withoutTypes(readFileSync(file, 'utf8'));
  return mutantsOf(code).map((mutant, index) => ({ file, index, mutant }));
}

/** Whether a unit test that leads to the file goes red. One that never ends is red, too. */
function isNoticed({ file, index }: Trial): Promise<boolean> {
  const args = ['node_modules/vitest/vitest.mjs', 'related', '--run', '--project=unit', '--bail=1'];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...args, '--maxWorkers=1', '--reporter=dot', file], {
      env: { ...process.env, MUTANT: `${index}:${file}` },
      stdio: 'ignore',
      timeout: 120_000,
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code !== 0));
  });
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string', default: '1' } },
});
const every = Number(values.sample);
const files = (positionals.length > 0 ? positionals : placesThatDecide).flatMap(sourcesIn);
const trials = (await Promise.all(files.map(trialsIn)))
  .flat()
  .filter((_, position) => position % every === 0);
console.log(`${trials.length} mutants of ${files.length} files`);

const queue = trials.values();
let survived = 0;
async function work(): Promise<void> {
  for (const trial of queue) {
    if (await isNoticed(trial)) continue;
    survived += 1;
    const { file, mutant } = trial;
    const line = mutant.code.split('\n')[mutant.line - 1]?.trim();
    console.log(`survived: ${file}: ${mutant.was} → ${mutant.is}\n          ${line}`);
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(`${trials.length - survived} noticed, ${survived} survived`);
