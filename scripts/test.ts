import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import * as v from 'valibot';
import { makeNetworks, namespaceObstacle } from '../test/e2e/harness/namespace.ts';
import { ensureBrowser } from './browsers.ts';
import { buildAll } from './build.ts';

const results = 'test-results';
const browsers = ['chromium', 'firefox'] as const;

/** Runs one program, its output kept together, and tells whether it ended well. */
function run(
  title: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, ...networks?.env, ...env, NO_COLOR: '1' },
    });
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

const report = (title: string) => `${results}/${title}.json`;

function vitest(
  title: string,
  project: 'unit' | 'e2e',
  workers: number,
  env: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const args = [`--project=${project}`, `--maxWorkers=${workers}`, `--outputFile.json=${report(title)}`];
  const reporters = ['--reporter=default', '--reporter=json'];
  return run(title, 'node_modules/vitest/vitest.mjs', ['run', ...reporters, ...args], env);
}

const countsSchema = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
});

/** How many tests passed, failed and were skipped under `title`; one that left no report failed once. */
function counts(title: string): v.InferOutput<typeof countsSchema> {
  try {
    return v.parse(countsSchema, JSON.parse(readFileSync(report(title), 'utf8')));
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
  }
}

await rm(results, { recursive: true, force: true });
for (const browser of browsers) await ensureBrowser(browser);
await buildAll();

const networks = namespaceObstacle() === null ? makeNetworks() : undefined;

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
    () => vitest('unit', 'unit', 1),
  ]),
  // Apart, so that a process that hands its browsers on from file to file has to start one kind only.
  ...browsers.map((browser) => vitest(`e2e in ${browser}`, 'e2e', 2, { E2E_BROWSER: browser })),
]);

networks?.close();

const all = ['unit', ...browsers.map((browser) => `e2e in ${browser}`)].map(counts);
const sum = (name: keyof (typeof all)[number]) => all.reduce((total, each) => total + each[name], 0);
console.log(
  `\n${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests')} skipped`,
);
if (lanes.includes(false)) process.exitCode = 1;
