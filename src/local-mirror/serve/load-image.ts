import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { codeOf, wordsOf } from '../../core/error-words.ts';
import { type Failure, failed, type Result, success } from '../../core/result.ts';
import { inBytes, MAX_IMAGE_BYTES } from '../../firmware/limits.ts';
import { examine, type ImageReport } from '../../firmware/report.ts';

/** A file that was read once, and everything there is to say about it. */
export interface LoadedImage {
  /** As it was named on the command line. */
  readonly file: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly report: ImageReport;
}

/** The most that is read of a file: more than any dump of a device's flash. */
const maxReadBytes = 8 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file.',
  EACCES: 'You are not allowed to read this file.',
  EPERM: 'You are not allowed to read this file.',
};

/** Reads and examines a file, with the digest beside it (`<file>.sha256`) where there is one. */
export async function loadImage(file: string): Promise<Result<LoadedImage, Failure<'unreadable', string>>> {
  const bytes = await readBounded(file);
  if (!bytes.ok) return bytes;
  const name = basename(file);
  const digest = createHash('sha256').update(bytes.value).digest('hex');
  const beside = await readBounded(`${file}.sha256`);
  const sidecar = beside.ok ? Buffer.from(beside.value).toString('utf8') : null;
  return success({ file, name, bytes: bytes.value, report: examine(bytes.value, { digest, name, sidecar }) });
}

async function readBounded(file: string): Promise<Result<Uint8Array, Failure<'unreadable', string>>> {
  try {
    // Opening a pipe would wait for somebody to write into it.
    if (!(await stat(file)).isFile()) return failed(unreadable('This is not a file.'));
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      if (size > maxReadBytes) {
        return failed(
          unreadable(`This has ${inBytes(size)}; firmware has ${inBytes(MAX_IMAGE_BYTES)} at most.`),
        );
      }
      return success(new Uint8Array(await handle.readFile()));
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = codeOf(error);
    return failed(unreadable(reasons[code] ?? `It cannot be read (${code || wordsOf(error)}).`));
  }
}

function unreadable(sentence: string): Failure<'unreadable', string> {
  return {
    kind: 'unreadable',
    sentence,
    action: 'Name a firmware file for the ESP8266, such as tasmota-lite.bin.',
  };
}
