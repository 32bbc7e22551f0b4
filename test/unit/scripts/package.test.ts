import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../../scripts/build.ts';
import { targets } from '../../../scripts/manifest.ts';
import { zipFolder } from '../../../scripts/zip.ts';

let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'sonoff-package-'));
});
afterAll(() => rm(place, { recursive: true, force: true }));

describe.each(targets)('the package for %s', (target) => {
  let folder: string;
  let zip: Uint8Array;
  beforeAll(async () => {
    folder = join(place, target);
    await build(target, folder, 'english', 'store');
    zip = await zipFolder(folder);
  });

  const scripts = async () => {
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.js'));
    return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  };

  it('is under 260 KB', () => {
    expect(zip.length).toBeLessThan(260_000);
  });

  it('is the same, byte for byte, when it is built again at another time in another place', async () => {
    const again = join(place, `${target}-again`);
    await build(target, again, 'english', 'store');
    for (const name of await readdir(again, { recursive: true })) await utimes(join(again, name), 0, 0);
    expect(Buffer.compare(await zipFolder(again), zip)).toBe(0);
  });

  it('has in it what it names, and nothing that is for us alone', () => {
    const names = Object.keys(unzipSync(zip));
    const manifest = JSON.parse(Buffer.from(unzipSync(zip)['manifest.json'] ?? []).toString());
    const named = JSON.stringify(manifest).match(/[\w/-]+\.(?:png|html|js)(?=")/g) ?? [];
    expect(named.length).toBeGreaterThan(6);
    for (const name of named) expect(names).toContain(name);
    expect(names.filter((name) => !/\.(?:js|css|html|png)$/.test(name)).toSorted()).toEqual([
      'LICENSE',
      '_locales/en/messages.json',
      'manifest.json',
      'third-party-notices.txt',
    ]);
  });

  it('has no way to make HTML or code from a text', async () => {
    for (const source of await scripts()) {
      expect(source).not.toMatch(/(?:inner|outer)HTML\s*=(?!=)|insertAdjacentHTML|document\.write/);
      expect(source).not.toMatch(/\beval\(|new Function\b|createContextualFragment|\bimport\((?!["'])/);
    }
  });

  it('loads nothing from elsewhere', async () => {
    for (const source of await scripts()) expect(source).not.toMatch(/\b(?:from|import)\s*["']https?:/);
  });

  it('has the licence of every package that is in it, and keeps our names', async () => {
    const notices = await readFile(join(folder, 'third-party-notices.txt'), 'utf8');
    const packages = [...notices.matchAll(/^(\S+) \d+\.\d+\.\d+ \(.+\)$/gm)].map(([, name]) => name);
    expect(packages).toEqual([
      '@preact/signals',
      '@preact/signals-core',
      'hash-wasm',
      'ipaddr.js',
      'preact',
      'valibot',
      'webextension-polyfill',
    ]);
    expect(notices.match(/Permission is hereby granted/g)).toHaveLength(6);
    expect(notices).toContain('https://mozilla.org/MPL/2.0/');
    expect((await scripts()).join('\n')).toContain('withDeviceHost');
  });
});
