import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import { ensureBrowser } from './browsers.ts';
import { buildAll } from './build.ts';

const results = 'test-results';

/** Runs one program, its output kept together, and tells whether it ended well. */
function run(title: string, program: string, args: readonly string[]): Promise<boolean> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, NO_COLOR: '1' } });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', (error) => output.push(Buffer.from(`${String(error)}\n`)));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`\n── ${title}: ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
      process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

/** One after the other, all of them, whatever becomes of the first. */
async function inOrder(jobs: readonly (() => Promise<boolean>)[]): Promise<boolean> {
  let passed = true;
  for (const job of jobs) passed = (await job()) && passed;
  return passed;
}

const report = (project: string) => `${results}/${project}.json`;

const vitest = (project: string, ...args: string[]) =>
  run(project, 'node_modules/vitest/vitest.mjs', [
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report(project)}`,
    ...args,
  ]);

const countsSchema = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
});

/** How many tests of a project passed, failed and were skipped; a project that left no report failed once. */
function counts(project: string): v.InferOutput<typeof countsSchema> {
  try {
    return v.parse(countsSchema, JSON.parse(readFileSync(report(project), 'utf8')));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
  }
}

await rm(results, { recursive: true, force: true });
await ensureBrowser('chromium');
await ensureBrowser('firefox');
await buildAll();

// Side by side: most of the time the browsers' tests wait for what a device or a person takes.
const lanes = await Promise.all([
  inOrder([
    () => run('types', 'node_modules/typescript/bin/tsc', ['--noEmit']),
    // What runs under Node as it is must not need a page, and a page must not need Node.
    () =>
      run('types of the leaves', 'node_modules/typescript/bin/tsc', [
        '--noEmit',
        '-p',
        'tsconfig.leaves.json',
      ]),
    () =>
      run('types of the pages', 'node_modules/typescript/bin/tsc', [
        '--noEmit',
        '-p',
        'tsconfig.browser.json',
      ]),
    () => run('lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']),
    () =>
      run('web-ext lint', 'node_modules/web-ext/bin/web-ext.js', [
        'lint',
        '--source-dir=dist/firefox',
        '--warnings-as-errors',
        '--no-config-discovery',
      ]),
    () => vitest('unit', '--maxWorkers=1'),
  ]),
  vitest('e2e', '--maxWorkers=4'),
]);

const all = ['unit', 'e2e'].map(counts);
const sum = (name: keyof (typeof all)[number]) => all.reduce((total, each) => total + each[name], 0);
console.log(
  `\n${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests')} skipped`,
);
if (lanes.includes(false)) process.exitCode = 1;
