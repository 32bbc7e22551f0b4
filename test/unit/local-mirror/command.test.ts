import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildImage } from '../../images/esp8266-image.ts';
import { gzipOf } from '../../images/other-files.ts';
import { aDevice, say } from '../simulator/desk.ts';
import { aWire, partRequest, reportRequest } from './mirror-desk.ts';
import { bundledIn, type RunningProgram, run } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'local mirror '));
const good = join(folder, 'tasmota-lite.bin');
const image = buildImage();
let program = '';

beforeAll(async () => {
  writeFileSync(good, image);
  program = await bundledIn(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const mirror = (...args: string[]) => run(program, ...args);

/** A running server of `good`, and where it is. */
async function serving(
  ...args: string[]
): Promise<RunningProgram & { url: string; sha256: string; port: number }> {
  const running = mirror(good, '--json', '--bind', '127.0.0.1', '--port', '0', ...args);
  await running.until(/Waiting on port/);
  const [event] = running.events();
  const url = String(event?.url);
  return { ...running, url, sha256: String(event?.sha256), port: Number(new URL(url).port) };
}

describe('mirror FILE --json --once', () => {
  it('serves a device, prints every part, and ends with 0 after its success', async () => {
    const { url, sha256, events, ended } = await serving('--once');
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', { data: { downloadUrl: url, sha256sum: sha256 } });
    expect(await ended).toBe(0);
    await device.waitUntil('tasmota');
    expect(events()).toEqual([
      { event: 'serving', file: good, url, sha256, bytes: image.length },
      ...Array.from({ length: image.length / 4096 }, (_, n) => ({
        ...{ event: 'range', device: '127.0.0.1' },
        ...{ from: n * 4096, to: n * 4096 + 4095, of: image.length },
      })),
      { event: 'verdict', device: '127.0.0.1', error: 0 },
    ]);
  });

  it('ends with 1 after a failure', async () => {
    const { url, events, ended } = await serving('--once');
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', { data: { downloadUrl: url, sha256sum: '0'.repeat(64) } });
    expect(await ended).toBe(1);
    expect(events().at(-1)).toEqual({ event: 'verdict', device: '127.0.0.1', error: 409 });
  });

  it('waits for another device that is in the middle', async () => {
    const { port, url, ended, err } = await serving('--once');
    const path = new URL(url).pathname;
    const other = await aWire(port);
    other.send(partRequest(path, 0, 4095).replace('1000e4c17c', '1000000002'));
    await other.answer();
    const first = await aWire(port);
    first.send(partRequest(path, 0, image.length - 1) + reportRequest('{"error":0}'));
    await first.answer();
    await expect.poll(err, { timeout: 10_000 }).toContain('in the middle of its download');
    other.send(reportRequest('{"error":409}'));
    expect(await ended).toBe(0);
  });
});

describe('mirror FILE --once believes no success', () => {
  it('of a client that has fetched nothing, and goes on', async () => {
    const { port, ended, events, err, url, sha256, until } = await serving('--once');
    const stranger = await aWire(port);
    stranger.send(reportRequest('{"error":0}'));
    await stranger.answer();
    await until(/"event":"verdict"/);
    await until(/127\.0\.0\.1 has reported success, but has not fetched a whole image from here/);
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', { data: { downloadUrl: url, sha256sum: sha256 } });
    expect(await ended).toBe(0);
    expect(events().filter(({ event }) => event === 'verdict')).toHaveLength(2);
    expect(err()).not.toContain('in the middle');
  });

  it('of a client that has fetched all parts but one', async () => {
    const { port, child, ended, url, out, until } = await serving('--once');
    const wire = await aWire(port);
    wire.send(partRequest(new URL(url).pathname, 0, image.length - 4097) + reportRequest('{"error":0}'));
    await until(/has not fetched a whole image/);
    expect(out()).toContain('"event":"verdict"');
    child.kill('SIGINT');
    await until(/in the middle of its download/);
    wire.send(reportRequest('{"error":404}'));
    expect(await ended).toBe(130);
  });
});

describe('mirror FILE', () => {
  it('says what is served, where, and what to do with it, and shows progress and verdict in words', async () => {
    const running = mirror(good, '--bind', '127.0.0.1', '--port', '0', '--once');
    await running.until(/Waiting on port/);
    const url = /URL {6}(\S+)/.exec(running.out())?.[1] ?? '';
    const sha256sum = /SHA-256 {2}([0-9a-f]{64})/.exec(running.out())?.[1];
    expect(running.out()).toContain('tasmota-lite.bin: Tasmota 8.5.0 lite, 40,960 bytes');
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', { data: { downloadUrl: url, sha256sum } });
    expect(await running.ended).toBe(0);
    expect(running.out()).toMatch(/^127\.0\.0\.1 +█{24} 100 % {2}10 of 10 parts$/m);
    expect(running.out()).toContain('✓ 127.0.0.1 has the whole image, and its digest is right.');
    expect(running.out()).not.toContain('\u{1b}');
  });

  it('serves two files of one name, each by itself', async () => {
    const running = mirror(good, good, '--json', '--bind', '127.0.0.1', '--port', '0');
    await running.until(/Waiting on port/);
    const urls = running.events().map(({ url }) => url);
    expect(new Set(urls).size).toBe(2);
  });

  it('holds what it has read: a file that changes changes nothing', async () => {
    const changing = join(folder, 'changing.bin');
    writeFileSync(changing, image);
    const running = mirror(changing, '--json', '--bind', '127.0.0.1', '--port', '0');
    await running.until(/Waiting on port/);
    writeFileSync(changing, 'something else');
    const url = String(running.events()[0]?.url);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(Buffer.from(image))).toBe(true);
  });

  it('does not serve what must not be flashed, says why, and serves the rest', async () => {
    const bad: [string, Uint8Array | string][] = [
      ['packed.bin.gz', gzipOf(image)],
      ['minimal.bin', buildImage({ flavour: 'tasmota-minimal' })],
      ['cut.bin', image.subarray(0, 30_000)],
      ['page.html', '<html>'],
      ['empty.bin', ''],
    ];
    for (const [name, content] of bad) writeFileSync(join(folder, name), content);
    const names = [...bad.map(([name]) => join(folder, name)), join(folder, 'nowhere.bin'), folder];
    const alone = mirror(...names, '--json');
    expect(await alone.ended).toBe(1);
    expect(alone.out()).toBe('');
    for (const name of names) expect(alone.err()).toContain(`${name}: not served`);
    expect(alone.err()).toContain('There is no file left to serve.');
    const together = mirror(...names, good, '--json', '--bind', '127.0.0.1', '--port', '0');
    await together.until(/Waiting on port/);
    expect(together.events()).toMatchObject([{ event: 'serving', file: good }]);
  });
});

describe('mirror, where it cannot be done:', () => {
  it('a port in use', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      holder.close();
    });
    const address = holder.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { ended, err, out } = mirror(good, '--json', '--bind', '127.0.0.1', '--port', `${port}`);
    expect(await ended).toBe(1);
    expect([out(), err()]).toEqual([
      '',
      expect.stringContaining(`Port ${port} is in use by another program.`),
    ]);
  });

  it('an address that is not here', async () => {
    const { ended, err } = mirror(good, '--bind', '203.0.113.9');
    expect(await ended).toBe(1);
    expect(err()).toContain('203.0.113.9 is not an address of this computer.');
  });

  it.each([
    [[]],
    [['--nonsense']],
    [['x.bin', '--port', '70000']],
    [['x.bin', '--port', 'abc']],
    [['x.bin', '--bind', 'localhost']],
    [['x.bin', '--bind', '224.0.0.1']],
    [['x.bin', '--bind', '255.255.255.255']],
    [['x.bin', '--device', '192.168.1']],
    [['probe']],
    [['probe', 'a', 'b']],
    [['probe', 'not an address']],
    [['find', 'something']],
  ])('the arguments %j', async (args) => {
    const { ended, err, out } = mirror(...args);
    expect(await ended).toBe(2);
    expect(out()).toBe('');
    expect(err()).not.toMatch(/^ +at /m);
    expect(err()).not.toBe('');
  });

  it.each([[['--help']], [['find', '--help']], [['probe', '--help']]])('%j helps', async (args) => {
    const { ended, out } = mirror(...args);
    expect(await ended).toBe(0);
    expect(out()).toContain('Usage: mirror');
  });
});

describe.skipIf(process.platform === 'win32')('Ctrl-C', () => {
  it('stops a server that nobody uses', async () => {
    const { child, ended, err } = await serving();
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(err()).not.toContain('in the middle');
  });

  it('stops it also while it starts', async () => {
    for (const delay of [0, 30, 60, 90, 120, 200]) {
      const { child, ended } = mirror(good, '--bind', '127.0.0.1', '--port', '0');
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill('SIGINT');
      expect([130, 'SIGINT']).toContain(await ended);
    }
  });

  it('lets a device that downloads come to its end first', async () => {
    const { child, ended, url, sha256, events, until } = await serving();
    const device = await aDevice({ unlocked: true, speed: 40_000, timeScale: 1 });
    await say(device, 'ota_flash', { data: { downloadUrl: url, sha256sum: sha256 } });
    await expect.poll(() => events().length, { timeout: 10_000 }).toBeGreaterThan(2);
    child.kill('SIGINT');
    await until(/in the middle of its download/);
    expect(await ended).toBe(130);
    expect(events().at(-1)).toMatchObject({ event: 'verdict', error: 0 });
    await device.waitUntil('tasmota');
  });

  it('pressed again stops at once', async () => {
    const { child, ended, port, url, until } = await serving();
    const wire = await aWire(port);
    wire.send(partRequest(new URL(url).pathname, 0, 4095));
    await wire.answer();
    child.kill('SIGINT');
    await until(/in the middle of its download/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  });
});

describe('nobody reads standard output any more', () => {
  it('as with "| head -1": it ends with the next line that it would print', async () => {
    const { child, ended, port, err } = await serving();
    child.stdout?.destroy();
    const wire = await aWire(port);
    wire.send(reportRequest('{"error":404}'));
    expect(await ended).toBe(1);
    expect(err()).toMatch(/Nobody reads the output any more\.\n$/);
  });

  it('while a device downloads: it goes on until the verdict', async () => {
    const { child, url, sha256, until, ended } = await serving();
    const device = await aDevice({ unlocked: true, speed: 40_000, timeScale: 1 });
    await say(device, 'ota_flash', { data: { downloadUrl: url, sha256sum: sha256 } });
    await until(/"from":4096/);
    child.stdout?.destroy();
    await until(/Nobody reads the output[\s\S]+in the middle of its download/);
    child.stderr?.destroy();
    await device.waitUntil('tasmota');
    expect(await ended).toBe(1);
  });
});

describe('mirror probe', () => {
  it('ends with 0 where a device would manage, and prints what it saw', async () => {
    const { url, sha256 } = await serving();
    const plain = mirror('probe', url);
    expect(await plain.ended).toBe(0);
    expect(plain.out()).toContain('a device can download this');
    expect(plain.out()).toContain('\n  HTTP/1.1 206 Partial Content\n');
    const json = mirror('probe', url, '--json');
    expect(await json.ended).toBe(0);
    expect(json.events()).toMatchObject([
      { event: 'probe', url, ok: true, connections: 1, requests: 10, sha256 },
    ]);
  });

  it('ends with 1 where it would not', async () => {
    const { url } = await serving();
    const { ended, events } = mirror('probe', `${url}.gz`, '--json');
    expect(await ended).toBe(1);
    expect(events()).toMatchObject([{ ok: false, statusLine: 'HTTP/1.1 404 Not Found' }]);
    expect(await mirror('probe', 'https://example.org/a.bin').ended).toBe(1);
  });
});

describe('the bundled file', () => {
  it('is the same when it is built again, has its licences, and needs nothing beside it', async () => {
    const other = mkdtempSync(join(tmpdir(), 'mirror-again-'));
    onTestFinished(() => rmSync(other, { recursive: true }));
    const text = await readFile(program, 'utf8');
    expect(await readFile(await bundledIn(other), 'utf8')).toBe(text);
    expect(text).toMatch(/^#!\/usr\/bin\/env node\n/);
    const packages = [...text.matchAll(/^(\S+) \d+\.\d+\.\d+ \(.+\)$/gm)].map(([, name]) => name);
    expect(packages).toEqual(
      expect.arrayContaining(['commander', 'dns-packet', 'ipaddr.js', 'multicast-dns', 'thunky', 'valibot']),
    );
    const wanted = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name = '']) =>
      name.replace(/^node:/, ''),
    );
    const { builtinModules } = await import('node:module');
    expect(wanted.filter((name) => !builtinModules.includes(name))).toEqual([]);
  });
});
