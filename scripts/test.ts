import { spawn } from 'node:child_process';
import { ensureBrowser } from './browsers.ts';
import { buildAll } from './build.ts';

/** Runs one command, its output kept together, and tells how it ended. */
function run(title: string, command: string, args: readonly string[]): Promise<boolean> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, FORCE_COLOR: '0' },
      shell: process.platform === 'win32',
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

const inOrder = async (jobs: readonly (() => Promise<boolean>)[]) => {
  let passed = true;
  for (const job of jobs) passed = (await job()) && passed;
  return passed;
};

const bin = (name: string) => `node_modules/.bin/${name}`;

// Browsers come first: installing them from the distribution takes the network, not the processor.
await ensureBrowser('chromium');
await ensureBrowser('firefox');
await buildAll();

const results = [
  await inOrder([
    () => run('types', bin('tsc'), ['--noEmit']),
    () => run('lint', bin('biome'), ['check', '.']),
    () =>
      run('web-ext lint', bin('web-ext'), [
        'lint',
        '--source-dir=dist/firefox',
        '--warnings-as-errors',
        '--no-config-discovery',
      ]),
    () => run('unit', bin('vitest'), ['run', '--project', 'unit']),
    () => run('end to end', bin('vitest'), ['run', '--project', 'e2e']),
  ]),
];

if (results.includes(false)) {
  console.log('\nSomething failed; see above.');
  process.exitCode = 1;
} else {
  console.log('\nEverything passed.');
}
