import { systemClock } from '../../src/core/clock.ts';
import { inEnglish } from '../../src/core/render-text.ts';
import { createDigest, digestOf } from '../../src/firmware/digest.ts';
import { identify } from '../../src/firmware/identify/identify.ts';
import { inspect } from '../../src/firmware/parse/inspect.ts';
import { examine } from '../../src/firmware/report.ts';
import { readWholeFile } from '../../src/mirror/probe/whole-file.ts';
import { parseDownloadUrl } from '../../src/mirror/url/url-rules.ts';

/** One thing to measure. It does its work once per call. */
export interface Case {
  readonly name: string;
  readonly run: () => unknown;
}

const chunk = 16_384;
const digest = '0'.repeat(64);

/** What the last look before a flash costs beyond what the network takes. */
async function readAgain(image: Uint8Array<ArrayBuffer>, address: string): Promise<void> {
  const parsed = parseDownloadUrl(address);
  if (!parsed.ok) throw new Error(inEnglish(parsed.failure.sentence));
  const check = await readWholeFile({
    ...{ url: parsed.value, size: image.length, digest: await digestOf(image), createDigest },
    ...{ deviceQuery: 'deviceid=1', fetch: (url, init) => fetch(url, init), clock: systemClock },
    signal: new AbortController().signal,
  });
  if (check.answer !== 'pass') throw new Error(inEnglish(check.sentence));
}

/** What is done with one image, as it runs in Node and in an extension page alike. */
export function imageCases(image: Uint8Array<ArrayBuffer>, onMirror: string): readonly Case[] {
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
    {
      name: 'the last look: reading the whole file from a mirror on this machine',
      run: () => readAgain(image, onMirror),
    },
  ];
}
