import { createDigest } from '../../src/firmware/digest.ts';
import { identify } from '../../src/firmware/identify/identify.ts';
import { inspect } from '../../src/firmware/parse/inspect.ts';
import { examine } from '../../src/firmware/report.ts';

/** One thing to measure. It does its work once per call. */
export interface Case {
  readonly name: string;
  readonly run: () => unknown;
}

const chunk = 16_384;
const digest = '0'.repeat(64);

/** What is done with one image, as it runs in Node and in an extension page alike. */
export function imageCases(image: Uint8Array<ArrayBuffer>): readonly Case[] {
  return [
    {
      name: 'SHA-256 by hash-wasm, in chunks as they come from the network',
      run: async () => {
        const hasher = await createDigest();
        for (let at = 0; at < image.length; at += chunk) hasher.update(image.subarray(at, at + chunk));
        return hasher.hex();
      },
    },
    { name: 'SHA-256 by crypto.subtle, in one piece', run: () => crypto.subtle.digest('SHA-256', image) },
    { name: 'inspection alone', run: () => inspect(image) },
    { name: 'inspection and identification', run: () => identify(image, inspect(image)) },
    {
      name: 'the whole report, without the digest',
      run: () => examine(image, { digest, name: 'image.bin' }),
    },
  ];
}
