import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { served } from '../../../src/flash/this-computer/handing-over.ts';
import { refusalTrouble } from '../../../src/flash/this-computer/troubles.ts';
import { soon } from '../soon.ts';
import { desk, digest, image, plan, serving } from './local-mirror-desk.ts';
import { createProgram, servedUrl } from './local-mirror-double.ts';

it('hands nothing over that would not be served', async () => {
  const program = createProgram();
  const heard = { happened: () => {}, lost: () => {} };
  const opened = await program.open(heard);
  if (!opened.ok) throw new Error('closed');
  const { value: client } = opened;
  const unserved = {
    ...client,
    serve: async () => ({ ok: false, trouble: refusalTrouble('cannot-listen') }) as const,
  };
  const bytes = { name: 'x.bin', bytes: image, sha256: digest };
  expect(await served(unserved, bytes, null)).toEqual({
    ok: false,
    trouble: refusalTrouble('cannot-listen'),
  });
  expect(await served(client, bytes, null)).toMatchObject({ ok: true, value: { url: servedUrl } });
});

describe('an image', () => {
  it('is inspected, handed over, served for the device, and told to be fetched', async () => {
    const { program, serving: told, state } = await serving();
    expect(program.asked.filter((what) => what !== 'find')).toEqual([
      'take tasmota-lite.bin 65536',
      'serve 192.168.1.4',
    ]);
    expect(state()).toMatchObject({
      connection: { state: 'connected', outlivesBrowser: true },
      handingOver: { state: 'idle' },
      served: { name: 'tasmota-lite.bin', sha256: digest, url: servedUrl },
    });
    expect(told).toEqual([servedUrl]);
  });

  it('that must not be flashed never leaves the browser', async () => {
    const { service, program, settled, file } = desk();
    service.handOver(file(new Uint8Array(4096), 'zeros.bin'), null);
    const { handingOver, served } = await settled();
    expect(handingOver.state === 'failed' && inEnglish(handingOver.trouble.sentence)).toContain(
      'must not be flashed',
    );
    expect(served).toBeNull();
    expect(program.asked).toEqual([]);
  });

  it('that the program refuses is not served, and its words are said', async () => {
    const { service, program, settled, file, serving: told } = desk();
    program.refuse('must-not-be-flashed');
    service.handOver(file(), null);
    expect((await settled()).handingOver).toMatchObject({ state: 'failed' });
    expect(told).toEqual([]);
  });

  it('waits for nobody where there is no program', async () => {
    const { service, program, settled, file } = desk();
    program.isAbsent('not-installed');
    service.handOver(file(), null);
    expect(await settled()).toMatchObject({
      connection: { state: 'trouble', trouble: { kind: 'not-installed' } },
      handingOver: { state: 'failed' },
    });
  });

  it('is handed over again when the program was killed, and the new address is told', async () => {
    const { program, serving: told, state } = await serving();
    program.die();
    await soon(() => expect(told).toEqual([servedUrl, `${servedUrl} again`]));
    await soon(() => expect(state().connection.state).toBe('connected'));
    expect(program.opened()).toBe(2);
  });

  it('that a new background does not have any more is missed, not thought to be served', async () => {
    const left = await serving();
    const there = desk(left.state());
    await soon(() => expect(there.state().served).toBeNull());
    expect(there.state().handingOver).toMatchObject({ state: 'failed' });
  });
});

describe('a device that is about to be flashed', () => {
  it('is announced to the program, where the image is served from here', async () => {
    const { program, service } = await serving();
    await expect(service.ways.expect(plan())).resolves.toBeNull();
    expect(program.asked.at(-1)).toBe('expect 192.168.1.4');
  });

  it('may be fetching for another browser, of which the run knows nothing', async () => {
    const { program, service, clock, state } = await serving();
    await service.ways.expect(plan());
    const [{ begunAt: _, reached: __, silentFor: ___, ...own } = expect.fail()] = state().downloads;
    program.tell({ type: 'begun', download: { ...own, parts: '100', lastAt: clock.now() } });
    expect(service.ways.isFetching(plan())).toBe(false);
    program.tell({ type: 'begun', download: { ...own, download: 'x', parts: '100', lastAt: clock.now() } });
    expect(service.ways.isFetching(plan())).toBe(true);
    expect(service.ways.isFetching(plan(undefined, '192.168.1.5'))).toBe(false);
  });

  it('is not announced where the image is elsewhere', async () => {
    const { program, service } = await serving();
    await expect(service.ways.expect(plan('http://mirror/x/a.bin'))).resolves.toBeNull();
    expect(program.asked.at(-1)).not.toContain('expect');
  });

  it('is not flashed from an address that the program has no longer, however it was started anew', async () => {
    const { program, service } = await serving();
    program.servesAt('http://192.168.1.9:8080/BBBBBBBBBBBB/tasmota-lite.bin');
    program.die();
    await expect(service.ways.expect(plan())).resolves.toMatchObject({ kind: 'unknown-image' });
    expect(program.asked.join()).not.toContain('expect');
  });

  it.each(['refuses', 'has gone'])('is not flashed when the program %s', async (what) => {
    const { program, service } = await serving();
    if (what === 'refuses') program.refuse('unknown-image');
    else {
      program.isAbsent('crashed');
      program.die();
    }
    const trouble = await service.ways.expect(plan());
    expect(trouble && inEnglish(trouble.sentence)).toContain('local mirror');
  });
});

describe('the connection', () => {
  it('is opened while a view is there, and closed when nobody needs it any more', async () => {
    const { program, service, clock, state } = desk();
    service.use(false);
    await soon(() => expect(state().connection.state).toBe('connected'));
    expect(program.asked).toEqual(['find']);
    clock.pass(30_000);
    clock.expire();
    await soon(() => expect(clock.pending()).toBe(1));
    expect(state().connection.state).toBe('connected');
    clock.pass(60_000);
    clock.expire();
    await soon(() => expect(state().connection.state).toBe('off'));
    expect(program.asked.at(-1)).toBe('close');
  });

  it('that the browser cannot even begin is a trouble like another', async () => {
    const { program, service, state } = desk();
    program.open = async () => {
      throw new Error('Access to native messaging is not allowed.');
    };
    service.use(true);
    await soon(() => expect(state().connection).toMatchObject({ trouble: { kind: 'crashed' } }));
  });

  it('is kept as long as a device downloads, whoever looks on', async () => {
    const { program, service, clock, state } = await serving();
    await service.ways.expect(plan());
    clock.pass(10_000_000);
    clock.expire();
    await soon(() => expect(clock.pending()).toBe(1));
    expect(state().connection.state).toBe('connected');
    expect(program.asked).not.toContain('close');
  });

  it('brings what became of downloads while no browser was there', async () => {
    const { program, service, state } = desk();
    const done = {
      ...{ download: 'old', device: '192.168.1.4', deviceId: null, name: 'x.bin', sha256: digest },
      ...{ bytes: 65_536, parts: '1'.repeat(16), startedAt: 1_000_000, lastAt: 1_010_000 },
      end: { kind: 'verdict', error: 0 } as const,
    };
    program.has([done]);
    service.ways.follow(plan());
    await soon(() => expect(state().downloads).toMatchObject([done]));
    expect(service.ways.verdictOn(plan(), 1_000_000)).toEqual({ kind: 'whole' });
    service.forget('old');
    await soon(() => expect(state().downloads).toEqual([]));
    expect(program.asked).toContain('forget old');
  });

  it('forgets no part that was seen to be fetched, whatever a program knows that was killed', async () => {
    const { program, service, state } = await serving();
    await service.ways.expect(plan());
    const [{ download, device } = expect.fail()] = state().downloads;
    const begun = { ...(state().downloads[0] ?? expect.fail()), end: null };
    for (const [from, to] of [
      [0, 4095],
      [4096, 8191],
    ] as const)
      program.tell({ type: 'range', download, device, from, to, of: 8292 });
    const { begunAt: _, reached: __, silentFor: ___, ...left } = begun;
    program.has([{ ...left, parts: '100', end: { kind: 'interrupted' } }]);
    program.die();
    await soon(() => expect(state().downloads[0]?.end).toEqual({ kind: 'interrupted' }));
    expect(state().downloads[0]).toMatchObject({ parts: '110', reached: 8192 });
  });

  it('shows devices that announce themselves, and no longer when they leave', async () => {
    const { program, service, state } = desk();
    service.use(false);
    await soon(() => expect(state().connection.state).toBe('connected'));
    const seen = {
      ...{ deviceId: '1000a1b2c3', address: '192.168.1.4', port: 8081, kind: 'diy_plug' },
      mode: 'diy',
    } as const;
    program.tell({ type: 'found', ...seen });
    await soon(() => expect(state().found).toMatchObject([{ address: '192.168.1.4' }]));
    program.tell({ type: 'gone', ...seen });
    await soon(() => expect(state().found).toEqual([]));
  });
});

describe('everything', () => {
  it('is forgotten but for what is under way', async () => {
    const { program, service, state, settled } = await serving();
    await service.ways.expect(plan());
    const [under] = state().downloads;
    service.forgetEverything();
    expect(await settled()).toMatchObject({ served: null, downloads: [under] });
    if (under) program.tell({ type: 'verdict', download: under.download, device: '192.168.1.4', error: 404 });
    service.forgetEverything();
    expect((await settled()).downloads).toEqual([]);
    expect(program.asked.at(-1)).toBe(`forget ${under?.download}`);
  });
});
