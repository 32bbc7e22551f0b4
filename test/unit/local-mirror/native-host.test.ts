import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../../e2e/harness/until.ts';
import { aDevice, say } from '../simulator/desk.ts';
import {
  aBrowser,
  aGate,
  aProgram,
  frame,
  frameOf,
  handOver,
  type StandIn,
  startBrowser,
} from './browser-stand-in.ts';
import { digest, image } from './mirror-desk.ts';

let [program, folder] = ['', ''];
let remove = () => {};
beforeAll(async () => {
  ({ program, folder, remove } = await aProgram());
});
afterAll(() => remove());

const pointFile = () => join(folder, 'state', 'meeting-point.json');
const point = (): { path: string; pid: number; secret: string } =>
  JSON.parse(readFileSync(pointFile(), 'utf8'));

/** Resolves when no process serves any more. */
const nobodyServes = () =>
  until(
    async () => !existsSync(pointFile()) || undefined,
    () => `still there: ${readFileSync(pointFile())}`,
  );

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that nobody has waited for is over all the same.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** A browser that has handed the image over and told the device to download it. */
async function flashing(browser: StandIn) {
  await browser.greet();
  handOver(browser, 1, image, digest);
  await browser.heard(({ type, id }) => type === 'taken' && id === 1);
  browser.say({ type: 'serve', id: 2, sha256: digest, device: '127.0.0.1' });
  const { url } = await browser.heard(({ type, id }) => type === 'serving' && id === 2);
  browser.say({ type: 'expect', id: 3, sha256: digest, device: '127.0.0.1' });
  const { download } = await browser.heard(({ type, id }) => type === 'expected' && id === 3);
  const device = await aDevice({ unlocked: true });
  const start = (sha256sum = digest, downloadUrl = String(url)) =>
    say(device, 'ota_flash', { data: { downloadUrl, sha256sum } });
  const { download: name } = download as { download: string };
  return { device, start, name, url: new URL(String(url)) };
}

const parts = Math.ceil(image.length / 4096);

describe('a browser', () => {
  it('hands an image over, and hears of every part and of the verdict', async () => {
    const browser = aBrowser(program);
    const { device, start, name } = await flashing(browser);
    await start();
    const verdict = await browser.heard(({ type }) => type === 'verdict');
    expect(verdict).toEqual({ type: 'verdict', download: name, device: '127.0.0.1', error: 0 });
    await device.waitUntil('tasmota');
    const begun = await browser.heard(({ type }) => type === 'begun');
    expect(begun.download).toMatchObject({ download: name, deviceId: device.settings.deviceid });
    const last = { from: (parts - 1) * 4096, to: image.length - 1, of: image.length };
    await browser.heard((m) => m.type === 'range' && m.from === last.from && m.to === last.to);
    browser.say({ type: 'forget', id: 9, download: name });
    await browser.heard(({ type, id }) => type === 'done' && id === 9);
    expect(await browser.close()).toBe(0);
    await nobodyServes();
    expect(readdirSync(join(folder, 'state', 'results'))).toEqual([]);
  });

  it('closed in the middle leaves the device whole, and finds the verdict when it comes back', async () => {
    const browser = aBrowser(program);
    const { device, start, name, url } = await flashing(browser);
    const gate = await aGate(Number(url.port), 200_000);
    await start(digest, `http://127.0.0.1:${gate.port}${url.pathname}`);
    await browser.heard(({ type, from }) => type === 'range' && from === 45 * 4096);
    const { pid } = point();
    expect(await browser.close()).toBe(0);
    // Still under way: the same process is found, and tells the rest.
    const again = aBrowser(program);
    const welcome = await again.greet();
    expect(point().pid).toBe(pid);
    expect(welcome.downloads).toMatchObject([{ download: name, end: null }]);
    again.host.kill('SIGKILL');
    await again.ended;
    gate.open();
    await device.waitUntil('tasmota');
    await nobodyServes();
    // The meeting point goes first, so that nobody comes to a process that is about to end.
    await until(
      async () => !isRunning(pid) || undefined,
      () => `process ${pid} is still running`,
    );
    const later = aBrowser(program);
    const { downloads } = await later.greet();
    expect(downloads).toMatchObject([
      { download: name, bytes: image.length, parts: '1'.repeat(parts), end: { kind: 'verdict', error: 0 } },
    ]);
    later.say({ type: 'forget', id: 1, download: name });
    await later.heard(({ type }) => type === 'done');
    await later.close();
    await nobodyServes();
  });

  it('finds a failure as well, and what was cut off when the process that serves was killed', async () => {
    const browser = aBrowser(program);
    const first = await flashing(browser);
    await first.start('0'.repeat(64));
    expect(await browser.heard(({ type }) => type === 'verdict')).toMatchObject({ error: 409 });
    browser.say({ type: 'expect', id: 5, sha256: digest, device: '192.168.77.77' });
    await browser.heard(({ type, id }) => type === 'expected' && id === 5);
    process.kill(point().pid, 'SIGKILL');
    expect(await browser.ended).toBe(1);
    expect(browser.err()).toContain('The process that serves has ended.');
    const again = aBrowser(program);
    const { downloads } = await again.greet();
    expect(downloads).toMatchObject([
      { end: { kind: 'verdict', error: 409 } },
      { device: '192.168.77.77', end: { kind: 'interrupted' } },
    ]);
    for (const { download } of downloads as { download: string }[])
      again.say({ type: 'forget', id: 7, download });
    await again.heard(({ type }) => type === 'done');
    await again.close();
    await nobodyServes();
  });

  it('shares one process with another one that begins at the same time', async () => {
    const browsers = [aBrowser(program), aBrowser(program), aBrowser(program)];
    await Promise.all(browsers.map((browser) => browser.greet()));
    const [one, two, three] = browsers;
    if (!one || !two || !three) throw new Error('Three were started.');
    handOver(one, 1, image, digest);
    await one.heard(({ type }) => type === 'taken');
    two.say({ type: 'serve', id: 4, sha256: digest, device: null });
    expect(await two.heard(({ type, id }) => type === 'serving' && id === 4)).toMatchObject({
      sha256: digest,
    });
    three.say({ type: 'expect', id: 1, sha256: digest, device: '10.1.2.3' });
    const { download } = await three.heard(({ type }) => type === 'expected');
    process.kill(point().pid, 'SIGTERM');
    expect(await Promise.all(browsers.map(({ ended }) => ended))).toEqual([1, 1, 1]);
    const last = aBrowser(program);
    await last.greet();
    last.say({ type: 'forget', id: 1, download: (download as { download: string }).download });
    await last.heard(({ type }) => type === 'done');
    await last.close();
    await nobodyServes();
  });
});

describe('the host', () => {
  // It keeps the process that serves, which would else be started for every test anew.
  let keeper: StandIn;
  beforeAll(async () => {
    keeper = startBrowser(program);
    await keeper.greet();
  });
  afterAll(async () => {
    await keeper.close();
    await nobodyServes();
  });

  it('goes on after whatever it cannot take', async () => {
    const browser = aBrowser(program);
    await browser.greet();
    const told = new Set<unknown>();
    const cases = [
      ['no JSON', frame('').fill('{', 4), 'unreadable'],
      ['no UTF-8', frame('').fill(0xff, 4), 'unreadable'],
      ['nothing', Buffer.alloc(4), 'unreadable'],
      ['an unknown message', frame({ type: 'dance', id: 1 }), 'unreadable'],
      ['a field too many', frame({ type: 'find', id: 1, quickly: true }), 'unreadable'],
      ['a list of lists', frameOf('['.repeat(400_000) + ']'.repeat(400_000)), 'unreadable'],
      ['a piece of nothing', frame({ type: 'piece', id: 1, offset: 0, data: '' }), null],
      [
        'an image that was never taken',
        frame({ type: 'serve', id: 1, sha256: digest, device: null }),
        'unknown-image',
      ],
      [
        'a device that nothing is served to',
        frame({ type: 'expect', id: 1, sha256: digest, device: '10.0.0.1' }),
        'unknown-image',
      ],
      ['an address for nobody', frame({ type: 'probe', id: 1, url: 'https://u:p@h/#' }), 'unusable-url'],
    ] as const;
    for (const [n, [what, bytes, why]] of cases.entries()) {
      browser.sayRaw(bytes);
      if (why !== null) {
        const refusal = await browser.heard((message) => message.type === 'refused' && !told.has(message));
        expect([what, refusal]).toMatchObject([what, { why }]);
        told.add(refusal);
      }
      browser.say({ type: 'cancel', id: 77 + n, of: 1 });
      await browser.heard(({ type, id }) => type === 'done' && id === 77 + n);
    }
    expect(await browser.close()).toBe(0);
  });

  it.each([
    ['over 1 MB', frame({ type: 'hello', protocol: 1, more: 'x'.repeat(1_000_000) })],
    ['of four gigabytes', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7b])],
  ])('ends with 1 at a message %s', async (_what, bytes) => {
    const browser = aBrowser(program);
    await browser.greet();
    browser.sayRaw(bytes);
    expect(await browser.ended).toBe(1);
    expect(browser.err()).toContain('Nothing more can be read');
  });

  it.each([1, 4, 11])('ends with 1 when the browser goes after %i bytes of a message', async (bytes) => {
    const browser = aBrowser(program);
    await browser.greet();
    browser.sayRaw(frame({ type: 'find', id: 1 }).subarray(0, bytes));
    expect(await browser.close()).toBe(1);
    expect(browser.err()).toContain('in the middle of a message');
  });

  it('ends with 0 when it is hung up on at once', async () => {
    expect(await aBrowser(program).close()).toBe(0);
  });

  it.each([
    ['another digest', image, '0'.repeat(64), 'wrong-digest'],
    [
      'what must not be flashed',
      Buffer.from('<html>not found</html>'),
      'ada6bbfdb7ef8e6e',
      'must-not-be-flashed',
    ],
  ] as const)('refuses an image with %s', async (_what, bytes, sum, why) => {
    const { createHash } = await import('node:crypto');
    const sha256 = why === 'wrong-digest' ? sum : createHash('sha256').update(bytes).digest('hex');
    const browser = aBrowser(program);
    await browser.greet();
    handOver(browser, 8, bytes, sha256);
    expect(await browser.heard(({ id }) => id === 8)).toEqual({ type: 'refused', id: 8, why });
    await browser.close();
  });

  it('refuses pieces that do not follow each other, once', async () => {
    const browser = aBrowser(program);
    await browser.greet();
    browser.say({ type: 'take', id: 3, name: 'x.bin', bytes: 8, sha256: digest });
    browser.say({ type: 'piece', id: 3, offset: 4, data: 'AAAA' });
    browser.say({ type: 'piece', id: 3, offset: 0, data: 'AAAA' });
    expect(await browser.heard(({ id }) => id === 3)).toMatchObject({ why: 'out-of-order' });
    await browser.close();
  });

  it('tells another version its own, and does nothing else for it', async () => {
    const browser = aBrowser(program);
    browser.say({ type: 'hello', protocol: 2 });
    expect(await browser.heard(({ type }) => type === 'welcome')).toMatchObject({ protocol: 1 });
    browser.say({ type: 'find', id: 1 });
    expect(await browser.heard(({ id }) => id === 1)).toMatchObject({ why: 'unreadable' });
    await browser.close();
  });

  it('does nothing before the greeting', async () => {
    const browser = aBrowser(program);
    browser.say({ type: 'find', id: 1 });
    expect(await browser.heard(({ id }) => id === 1)).toMatchObject({ why: 'out-of-order' });
    await browser.close();
  });
});

describe.runIf(process.platform !== 'win32')('the meeting point', () => {
  it('is open to this user alone, on no network port, and to nobody without the secret', async () => {
    const browser = aBrowser(program);
    await browser.greet();
    const { path, secret } = point();
    expect(path).toMatch(/^\//);
    expect(statSync(join(folder, 'state')).mode & 0o777).toBe(0o700);
    expect(statSync(pointFile()).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    const knock = (shown: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(path, () => socket.write(shown));
        onTestFinished(() => void socket.destroy());
        socket.once('data', (bytes) => resolve(bytes.toString('latin1')));
        socket.on('error', () => resolve('refused')).on('close', () => resolve('refused'));
      });
    expect(await knock(`${secret.slice(1)}x`)).toBe('refused');
    expect(await knock(secret)).toBe('+');
    await browser.close();
  });
});
