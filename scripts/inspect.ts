/** `npm run inspect -- FILE…`: the preflight of firmware files, without a device and without a browser. */

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Answer } from '../src/core/check.ts';
import { wordsOf } from '../src/core/error-words.ts';
import { inEnglish } from '../src/core/render-text.ts';
import { digestOf } from '../src/firmware/digest.ts';
import { inBytes } from '../src/firmware/limits.ts';
import { examine, type ImageReport } from '../src/firmware/report.ts';

const marks: Record<Answer, string> = { pass: '✓', warn: '!', fail: '✗', unknown: '?' };

const verdicts: Record<Answer, string> = {
  pass: 'can be flashed',
  unknown: 'can be flashed',
  warn: 'can be flashed, after a question',
  fail: 'must not be flashed',
};

function block({ name, title, size, digest, layout, checks, answer }: ImageReport): string {
  return [
    `${name}: ${verdicts[answer]}`,
    `  ${inEnglish(title)}, ${inBytes(size)}`,
    `  SHA-256 ${digest}`,
    ...checks.flatMap(({ answer: mark, title: question, sentence, action }) => [
      `  ${marks[mark]} ${inEnglish(question)}: ${inEnglish(sentence)}`,
      ...(action === undefined || mark === 'pass' ? [] : [`      ${inEnglish(action)}`]),
    ]),
    ...layout.map(
      ({ offset, size: length, label }) =>
        `    ${offset.toString(16).padStart(6, '0')} ${String(length).padStart(7)}  ${inEnglish(label)}`,
    ),
    '',
  ].join('\n');
}

/** The digest beside the file, if there is one. */
async function readBeside(path: string): Promise<string | null> {
  return readFile(`${path}.sha256`, 'utf8').catch(() => null);
}

async function inspectFile(path: string): Promise<boolean> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    console.error(`${path}: cannot be read (${wordsOf(error)})\n`);
    return false;
  }
  const [digest, sidecar] = await Promise.all([digestOf(bytes), readBeside(path)]);
  const report = examine(bytes, { digest, name: basename(path), sidecar });
  console.log(block(report));
  return report.answer !== 'fail';
}

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error(
    'Usage: npm run inspect -- FILE…\n\nSays whether each file can be flashed onto a Sonoff in DIY mode, and why.',
  );
  process.exitCode = 2;
}
for (const path of paths) {
  if (!(await inspectFile(path))) process.exitCode = 1;
}
