import { describe, expect, it } from 'vitest';
import { text } from '../../../src/core/text.ts';
import type { Found } from '../../../src/flash/this-computer/handing-over.ts';
import { unusedComputer } from '../../../src/flash/this-computer/state.ts';
import { refusalTrouble } from '../../../src/flash/this-computer/troubles.ts';
import type { DownloadState } from '../../../src/native-messages/answers.ts';
import { soon } from '../soon.ts';
import { desk, digest, image, plan, serving } from './local-mirror-desk.ts';
import { servedUrl } from './local-mirror-double.ts';

const elsewhere = 'http://192.168.2.9:8080/AAAAAAAAAAAA/tasmota-lite.bin';
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

const downloadOf = (download: string, device: string): DownloadState => ({
  ...{ download, device, deviceId: null, name: 'tasmota-lite.bin', sha256: digest, bytes: 65_536 },
  ...{ parts: '0'.repeat(16), startedAt: 1_000_000, lastAt: 1_000_000, end: null },
});

const stillThere = { sha256: digest, url: servedUrl, name: 'tasmota-lite.bin', bytes: image.length };

const servingAt = (url: string) => ({ type: 'serving', id: null, ...stillThere, url }) as const;

/** A file that is found when the test says so. */
function lateFile(name: string) {
  let found: (what: Found) => void = () => {};
  let failed: (error: Error) => void = () => {};
  const finding = new Promise<Found>((resolve, reject) => {
    found = resolve;
    failed = reject;
  });
  return { source: { name, find: () => finding }, found, failed };
}

const nowhere = {
  sentence: text('test_nowhere', 'There is no such file.'),
  action: text('test_other', 'Choose another.'),
};

/** What has been told to the program but for looking for devices. */
const askedOf = ({ program }: ReturnType<typeof desk>) => program.asked.filter((what) => what !== 'find');

describe('a file that is chosen', () => {
  it('after another one takes its place, however that one ends', async () => {
    for (const end of ['found', 'missing', 'fault'] as const) {
      const { service, program, settled, serving: told } = desk();
      const first = lateFile('first.bin');
      const second = lateFile('second.bin');
      service.handOver(first.source, null);
      service.handOver(second.source, null);
      if (end === 'found') first.found({ ok: true, name: 'first.bin', bytes: image });
      else if (end === 'missing') first.found({ ok: false, trouble: nowhere });
      else first.failed(new Error('no disk'));
      if (end === 'found') await soon(() => expect(program.asked).toContain('serve null'));
      await breath();
      expect(service.ways.isOwn(servedUrl)).toBe(false);
      second.found({ ok: true, name: 'second.bin', bytes: image });
      expect(await settled()).toMatchObject({
        handingOver: { state: 'idle' },
        served: { name: 'second.bin' },
      });
      expect(told).toEqual([servedUrl]);
    }
  });

  it('elsewhere is taken as soon as the permission for it is granted, by a later background too', async () => {
    const before = desk();
    before.service.handOver(before.elsewhere({ from: 'release' }), '192.168.1.4');
    const asked = await before.settled();
    expect(asked).toMatchObject({ handingOver: { state: 'failed', lacksPermission: { from: 'release' } } });
    before.service.permissionGranted();
    expect(await before.settled()).toMatchObject({ handingOver: { state: 'failed' }, served: null });

    const after = desk(asked);
    after.granted.add('release');
    after.service.permissionGranted();
    expect(await after.settled()).toMatchObject({
      handingOver: { state: 'idle' },
      served: { name: 'tasmota-lite.bin' },
    });
    const fetched = after.program.asked.length;
    after.service.permissionGranted();
    await after.settled();
    expect(after.program.asked).toHaveLength(fetched);
  });

  it('and is not there, or breaks off, says so', async () => {
    const missing = desk();
    const file = lateFile('missing.bin');
    missing.service.handOver(file.source, null);
    file.found({ ok: false, trouble: nowhere });
    expect((await missing.settled()).handingOver).toEqual({ state: 'failed', trouble: nowhere });
    missing.service.permissionGranted();
    expect((await missing.settled()).handingOver).toEqual({ state: 'failed', trouble: nowhere });
    const broken = desk();
    broken.service.handOver({ name: 'x.bin', find: () => Promise.reject(new Error('no disk')) }, null);
    const { sentence, action, trouble } = refusalTrouble('internal');
    expect((await broken.settled()).handingOver).toEqual({
      state: 'failed',
      trouble: { sentence, action, trouble },
    });
    expect(broken.program.asked).toEqual([]);
  });

  it('while a new program is welcomed is served, whatever that one does not have any more', async () => {
    const left = await serving();
    // The connection was closed, since nobody used it.
    const { service, settled, serving: told, file } = desk({ ...left.state(), connection: { state: 'off' } });
    service.handOver(file(image, 'new.bin'), null);
    expect(await settled()).toMatchObject({ handingOver: { state: 'idle' }, served: { name: 'new.bin' } });
    expect(told).toEqual([servedUrl]);
  });
});

describe('an image that is served', () => {
  it('is not handed over again to a program that still has it', async () => {
    const there = await serving();
    there.program.has([], [stillThere]);
    there.program.die();
    await soon(() => expect(there.program.opened()).toBe(2));
    await soon(() => expect(there.state().connection.state).toBe('connected'));
    expect(askedOf(there)).toEqual(['take tasmota-lite.bin 65536', 'serve 192.168.1.4']);
    expect(there.serving).toEqual([servedUrl]);
    expect(there.state().served?.url).toBe(servedUrl);
  });

  it('is handed over again where the program has it at another address, or another one there', async () => {
    for (const [sha256, url] of [
      [digest, elsewhere],
      ['a'.repeat(64), servedUrl],
    ] as const) {
      const there = await serving();
      there.program.has([], [{ ...stillThere, sha256, url }]);
      there.program.die();
      await soon(() => expect(there.serving).toEqual([servedUrl, `${servedUrl} again`]));
    }
  });

  it('is missed where the new program does not take it', async () => {
    const there = await serving();
    there.program.refuse('too-many-images');
    there.program.die();
    await soon(() => expect(there.state().served).toBeNull());
    expect(there.state().handingOver).toMatchObject({ state: 'failed' });
    expect(there.serving).toEqual([servedUrl]);
  });

  it('moves with the address of this computer, and is fetched from there', async () => {
    const there = await serving();
    const { program, service, state, settled } = there;
    program.tell(servingAt(servedUrl));
    program.tell({ ...servingAt(elsewhere), sha256: 'a'.repeat(64) });
    await settled();
    expect(state().served?.url).toBe(servedUrl);
    program.tell(servingAt(elsewhere));
    await settled();
    expect(state().served).toMatchObject({ name: 'tasmota-lite.bin', sha256: digest, url: elsewhere });
    expect(there.serving).toEqual([servedUrl, `${elsewhere} again`]);
    expect([servedUrl, elsewhere].map(service.ways.isOwn)).toEqual([false, true]);
  });

  it('that is forgotten does not come back with the address of this computer', async () => {
    const { program, service, settled, serving: told } = await serving();
    service.forgetEverything();
    program.tell(servingAt(elsewhere));
    expect((await settled()).served).toBeNull();
    expect(told).toEqual([servedUrl]);
  });

  it('is kept for half an hour after the last view has gone', async () => {
    const { program, service, clock, state } = await serving();
    const tended = async () => {
      clock.expire();
      await breath();
    };
    clock.pass(1_700_000);
    await tended();
    expect(state().connection.state).toBe('connected');
    service.use(false);
    clock.pass(1_700_000);
    await tended();
    expect(state().connection.state).toBe('connected');
    clock.pass(200_000);
    await tended();
    expect(program.asked.at(-1)).toBe('close');
    await soon(() => expect(state().connection.state).toBe('off'));
  });
});

describe('a device that is known now', () => {
  it('is served at the address by which it reaches this computer', async () => {
    const there = await serving();
    there.program.servesAt(elsewhere);
    there.service.serveTo('192.168.2.4');
    expect((await there.settled()).served?.url).toBe(elsewhere);
    expect(there.serving).toEqual([servedUrl, `${elsewhere} again`]);
    expect(askedOf(there).at(-1)).toBe('serve 192.168.2.4');
  });

  it('is nothing new where it is the same, or nothing is served, or there is no program', async () => {
    const there = await serving();
    const before = askedOf(there);
    const { served } = there.state();
    there.service.serveTo('192.168.1.4');
    there.service.forgetEverything();
    there.service.serveTo('192.168.2.4');
    await there.settled();
    expect(askedOf(there)).toEqual(before);
    const off = desk({ ...unusedComputer, served });
    off.service.serveTo('192.168.2.4');
    await off.settled();
    expect(off.program.opened()).toBe(0);
  });

  it('is served where it was, when the program does not want to, or breaks', async () => {
    const refused = await serving();
    refused.program.refuse('cannot-listen');
    refused.program.servesAt(elsewhere);
    refused.service.serveTo('192.168.2.4');
    expect(await refused.settled()).toMatchObject({
      handingOver: { state: 'idle' },
      served: { url: servedUrl },
    });
    const broken = await serving();
    broken.program.has([], [stillThere]);
    broken.program.does({ serve: () => Promise.reject(new Error('no port')) });
    broken.program.die();
    await soon(() => expect(broken.program.opened()).toBe(2));
    await soon(() => expect(broken.state().connection.state).toBe('connected'));
    broken.service.serveTo('192.168.2.4');
    expect(await broken.settled()).toMatchObject({
      handingOver: { state: 'failed' },
      served: { url: servedUrl },
    });
  });
});

describe('what the program has asked of itself', () => {
  it('is forgotten when it is silent; what a device fetches, or has reported, is not', async () => {
    const { program, state, service } = await serving();
    const here = '192.168.1.9';
    for (const [download, device] of [
      ['probe', here],
      ['reported', here],
      ['under-way', here],
      ['of-a-device', '192.168.1.4'],
    ] as const)
      program.tell({ type: 'begun', download: downloadOf(download, device) });
    program.tell({ type: 'verdict', download: 'reported', device: here, error: 404 });
    const names = () => state().downloads.map(({ download }) => download);
    for (const download of ['of-a-device', 'probe'])
      program.tell({ type: 'stalled', download, device: here, seconds: 180 });
    await soon(() => expect(names()).toEqual(['reported', 'under-way', 'of-a-device']));
    expect(program.asked.filter((what) => what.startsWith('forget'))).toEqual(['forget probe']);
    service.forgetEverything();
    // Nothing is served from here any more, so nothing was asked of it either.
    program.tell({ type: 'stalled', download: 'under-way', device: here, seconds: 180 });
    await soon(() =>
      expect(state().downloads).toMatchObject([{ download: 'under-way', end: { kind: 'silent' } }]),
    );
  });
});

describe('the ways of a run', () => {
  it('announce no device by a name, since the program counts by address', async () => {
    const there = await serving();
    const before = askedOf(there);
    await expect(there.service.ways.expect(plan(servedUrl, 'ewelink_1000a1b2c3.local'))).resolves.toBeNull();
    expect(askedOf(there)).toEqual(before);
  });

  it('look at a download once that is expected twice', async () => {
    const there = await serving();
    const expected = downloadOf('one', '192.168.1.4');
    there.program.does({ expect: async () => ({ ok: true, value: expected }) });
    there.program.die();
    await soon(() => expect(there.program.opened()).toBe(2));
    for (let time = 0; time < 2; time += 1) expect(await there.service.ways.expect(plan())).toBeNull();
    expect((await there.settled()).downloads).toMatchObject([expected]);
  });

  it('bring what the program has seen of a mirror, where there is one that answers', async () => {
    const { signal } = new AbortController();
    const there = await serving();
    expect(await there.service.ways.probe(servedUrl, signal)).toEqual([]);
    expect(askedOf(there).at(-1)).toBe(`probe ${servedUrl}`);
    there.program.refuse('unusable-url');
    expect(await there.service.ways.probe(servedUrl, signal)).toBeNull();
    const off = desk();
    expect(await off.service.ways.probe(servedUrl, signal)).toBeNull();
    expect(off.program.opened()).toBe(0);
  });

  it('start the program for nobody whose image is from elsewhere', async () => {
    const { program, service, state } = desk();
    service.ways.follow(plan('http://192.168.1.2/tasmota-lite.bin'));
    await breath();
    expect(program.opened()).toBe(0);
    service.ways.follow(plan(servedUrl));
    await soon(() => expect(state().connection.state).toBe('connected'));
  });

  it('tell of the next change, or that nobody waits any more', async () => {
    const { service } = await serving();
    const stop = new AbortController();
    const stopped = service.ways.changed(stop.signal);
    stop.abort();
    await stopped;
    await service.ways.changed(stop.signal);
    const changed = service.ways.changed(new AbortController().signal);
    service.forgetEverything();
    await changed;
  });
});

describe('a view', () => {
  it('finds what was begun before it where it was', async () => {
    const there = await serving();
    there.program.tell({ type: 'begun', download: downloadOf('one', '192.168.1.4') });
    there.program.has(['one', 'two'].map((name) => downloadOf(name, '192.168.1.4')));
    there.program.die();
    await soon(() => expect(there.state().downloads).toHaveLength(2));
    expect(there.state().downloads.map(({ begunAt }) => begunAt)).toEqual([there.clock.now() - 500, null]);
  });

  it('tries again after a trouble where it is the first, or the person has asked for that', async () => {
    const { program, service, clock, state } = desk();
    program.isAbsent('not-installed');
    const tried = async (count: number) => {
      await soon(() => expect(program.opened()).toBe(count));
      await soon(() => expect(state().connection.state).toBe('trouble'));
      await breath();
      expect(program.opened()).toBe(count);
    };
    service.use(false);
    await tried(1);
    service.use(false);
    await tried(1);
    service.use(true);
    await tried(2);
    clock.pass(60_001);
    service.use(false);
    await tried(3);
  });

  it('leaves a connection alone that is there, or on its way', async () => {
    const { program, service, state } = desk();
    service.use(true);
    service.use(true);
    await soon(() => expect(state().connection.state).toBe('connected'));
    service.use(true);
    await breath();
    expect(program.opened()).toBe(1);
  });
});

describe('a program that ends', () => {
  it('while it is welcomed is not there, whatever it has said', async () => {
    const { program, service, state } = desk();
    program.does({
      find: async () => {
        program.isAbsent('not-installed');
        program.die();
        return { ok: false, trouble: refusalTrouble('internal') };
      },
    });
    service.use(false);
    await soon(() => expect(state().connection.state).toBe('trouble'));
    await breath();
    expect(state().connection.state).toBe('trouble');
    await expect(service.ways.probe(servedUrl, new AbortController().signal)).resolves.toBeNull();
  });

  it('again and again as soon as it is there is not started for ever', async () => {
    const { program, service, clock, state } = desk();
    service.use(false);
    await soon(() => expect(state().connection.state).toBe('connected'));
    for (const wait of [500, 3_000, 10_000]) {
      const opened = program.opened();
      program.die();
      await soon(() => expect(clock.slept.filter((ms) => ms === wait)).toHaveLength(1));
      clock.expire();
      await soon(() => expect(program.opened()).toBe(opened + 1));
      await soon(() => expect(state().connection.state).toBe('connected'));
    }
    program.die();
    await soon(() => expect(state().connection.state).toBe('trouble'));
    await breath();
    clock.expire();
    await breath();
    expect(program.opened()).toBe(4);

    service.use(true);
    await soon(() => expect(state().connection.state).toBe('connected'));
    clock.pass(20_000);
    program.die();
    await soon(() => expect(program.opened()).toBe(6));
  });

  it('is not started again when nobody needs it any more', async () => {
    const { program, service, clock, state } = desk();
    service.use(false);
    await soon(() => expect(state().connection.state).toBe('connected'));
    clock.pass(60_000);
    program.die();
    await soon(() => expect(clock.slept).toContain(500));
    await breath();
    expect(program.opened()).toBe(1);
    expect(state().connection.state).toBe('trouble');
  });
});

it.each(['connected', 'connecting'] as const)('a background that was %s is so again', async (before) => {
  const connection =
    before === 'connecting'
      ? { state: before }
      : { state: before, program: '0.1.0', platform: 'linux', outlivesBrowser: true };
  const { program, state } = desk({ ...unusedComputer, connection });
  await soon(() => expect(state().connection.state).toBe('connected'));
  expect(program.opened()).toBe(1);
});
