import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDigest } from '../../src/firmware/digest.ts';
import { identify } from '../../src/firmware/identify.ts';
import { inspect } from '../../src/firmware/inspect.ts';
import { examine } from '../../src/firmware/report.ts';
import { buildImage } from '../images/esp8266-image.ts';

/** One thing to measure. It does its work once per call. */
export interface Case {
  readonly name: string;
  readonly run: () => unknown;
}

const chunk = 16_384;

/** All the cases, with everything that is not to be measured already done. */
export async function prepareCases(): Promise<readonly Case[]> {
  const image = buildImage({ size: 520_192 });
  const data = new Uint8Array(image);
  const path = join(mkdtempSync(join(tmpdir(), 'bench-')), 'image.bin');
  writeFileSync(path, image);
  const digest = '0'.repeat(64);

  return [
    {
      name: 'SHA-256 by hash-wasm, in chunks as they come from the network',
      run: async () => {
        const hasher = await createDigest();
        for (let at = 0; at < image.length; at += chunk) hasher.update(image.subarray(at, at + chunk));
        return hasher.hex();
      },
    },
    { name: 'SHA-256 by crypto.subtle, in one piece', run: () => crypto.subtle.digest('SHA-256', data) },
    {
      name: 'SHA-256 by sha256sum, with starting the program',
      run: () => spawnSync('sha256sum', [path]).status,
    },
    { name: 'inspection alone', run: () => inspect(image) },
    { name: 'inspection and identification', run: () => identify(image, inspect(image)) },
    {
      name: 'the whole report, without the digest',
      run: () => examine(image, { digest, name: 'image.bin' }),
    },
  ];
}
