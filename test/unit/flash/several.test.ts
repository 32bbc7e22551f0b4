import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/flash/engine.ts';
import { isUnderWay } from '../../../src/flash/state.ts';
import { createDeviceAccess } from '../../../src/flash/tasks/device-access.ts';
import type { LocalMirrorWays } from '../../../src/flash/this-computer/local-mirror-ways.ts';
import { toolAtWork } from '../../../src/flash/tools/guard.ts';
import type { Fault } from '../../simulator/faults.ts';
import type { SimulatedSonoff } from '../../simulator/sonoff.ts';
import { soon } from '../soon.ts';
import { counts, ids, linesOf, makeReady, setHouse, yesFor, yesForAll } from './house.ts';
import { freeAddress, inWords } from './stage.ts';

describe('many devices', () => {
  it('are asked eight at a time, and what is on the page stays there', async () => {
    const house = await setHouse(ids(2));
    const { engine, stage, state } = house;
    const hosts = Array.from({ length: 30 }, () => freeAddress());
    let open = 0;
    let most = 0;
    stage.fetch = async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return new Response('no device');
    };
    expect(engine.several.info(hosts)).toBeNull();
    expect(state().shown).toBeNull();
    await engine.settled();
    expect(most).toBe(8);
    expect(state().runs.map(({ address, device }) => `${address.host} ${device.state}`)).toEqual(
      hosts.map((host) => `${host} failed`),
    );
    const tooMany = Array.from({ length: 51 }, () => freeAddress());
    expect(inWords(engine.several.info(tooMany))).toContain('At most 50 devices');
  });

  it('are flashed one after the other with one yes, thirty of them', async () => {
    const house = await setHouse(ids(30));
    const { engine, devices, state, stage } = house;
    await makeReady(house);
    let open = 0;
    const { fetch } = stage;
    stage.fetch = (input, init) => {
      if (String(input).endsWith('/ota_flash'))
        open = devices.filter(({ became }) => became.state === 'downloading').length;
      expect(open).toBe(0);
      return fetch(input, init);
    };
    const all = yesForAll(house);
    expect(engine.several.flash(all, true)).toBeNull();
    // A double click, and everything else that must wait.
    expect(engine.several.flash(all, true)).toBeNull();
    expect(inWords(engine.several.flash(all.slice(1), true))).toContain('under way');
    await soon(() => expect(linesOf(state())[3]).toBe('begun'));
    const [, , , , , sixth] = all;
    if (sixth === undefined) throw new Error('no sixth');
    for (const refusal of [
      engine.info(sixth.host, ''),
      engine.several.info([sixth.host]),
      engine.flash(sixth),
      engine.image(stage.url),
      engine.startOver(),
      engine.forget(),
      engine.several.clear(),
    ])
      expect(inWords(refusal)).toContain('under way');
    await engine.settled();
    expect(linesOf(state())).toEqual(devices.map(() => 'probably-flashed'));
    expect(counts(devices)).toEqual(devices.map(() => 1));
    expect(devices.map(({ became }) => became.state)).toEqual(devices.map(() => 'tasmota'));
    expect(isUnderWay(state())).toBe(false);
    expect(engine.several.clear()).toBeNull();
    await engine.settled();
    expect(state().list).toBeNull();
  });
});

describe('five devices of which the third fails', () => {
  const onFlash = (kind: Fault['kind'], number?: number): Fault => ({
    kind,
    on: 'ota_flash',
    ...(number === undefined ? {} : { number }),
  });
  const ways: readonly [string, (device: SimulatedSonoff) => unknown, string][] = [
    ['is off', (device) => device.vanish(), 'not-flashed'],
    [
      'is another device',
      (device) => Object.assign(device.settings, { deviceid: '1000ffffff' }),
      'not-flashed',
    ],
    ['is locked again', (device) => Object.assign(device.settings, { otaUnlock: false }), 'not-flashed'],
    ['answers with a page', (device) => device.faults.switchOn({ kind: 'html' }), 'not-flashed'],
    ['refuses', (device) => device.faults.switchOn(onFlash('error', 403)), 'not-flashed'],
    ['cannot download', (device) => device.faults.switchOn(onFlash('error', 424)), 'not-flashed'],
    [
      'says that the digest is wrong',
      (device) => device.faults.switchOn(onFlash('error', 409)),
      'do-not-restart',
    ],
    ['says that writing failed', (device) => device.faults.switchOn(onFlash('error', 471)), 'do-not-restart'],
    ['leaves in the middle', (device) => device.faults.switchOn({ kind: 'vanish', number: 4096 }), 'unknown'],
    ['answers nothing', (device) => device.faults.switchOn(onFlash('drop-reply')), 'unknown'],
  ];

  it.each(ways)('because it %s', async (_, fail, kind) => {
    const house = await setHouse(ids(5));
    const { engine, devices, hosts, state } = house;
    await makeReady(house);
    await fail(devices[2] ?? expect.fail());
    const all = yesForAll(house);
    expect(engine.several.flash(all, true)).toBeNull();
    await engine.settled();
    const good = 'probably-flashed';
    const why = `Nothing was sent to this device, because that at ${hosts[2]} did not end well. Look at that one first.`;
    expect(linesOf(state())).toEqual([good, good, kind, why, why]);
    expect(counts(devices).toSpliced(2, 1)).toEqual([1, 1, 0, 0]);

    // The rest of them, with a yes of their own.
    expect(engine.several.flash(all.slice(3), true)).toBeNull();
    await engine.settled();
    expect(linesOf(state())).toEqual([good, good, kind, good, good]);
    expect(counts(devices).toSpliced(2, 1)).toEqual([1, 1, 1, 1]);
    expect(counts(devices)[2]).toBeLessThanOrEqual(1);
  });

  it('are flashed but for the third where the person wants that', async () => {
    const house = await setHouse(ids(5));
    const { engine, devices, state } = house;
    await makeReady(house);
    devices[2]?.faults.switchOn(onFlash('error', 409));
    expect(engine.several.flash(yesForAll(house), false)).toBeNull();
    await engine.settled();
    const good = 'probably-flashed';
    expect(linesOf(state())).toEqual([good, good, 'do-not-restart', good, good]);
    expect(counts(devices)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('a list', () => {
  it('flashes a device with two addresses once', async () => {
    const house = await setHouse(ids(2));
    const { stage, engine, devices, hosts, state, run } = house;
    const [number = '', other = ''] = hosts;
    const name = freeAddress();
    const { fetch } = stage;
    stage.fetch = (input, init) =>
      fetch(typeof input === 'string' ? input.replace(name, number) : input, init);
    await makeReady(house, [number, name, other]);
    const known = [number, name].filter((host) => run(host).device.state === 'done');
    expect(known).toHaveLength(1);
    const [one = ''] = known;
    const yes = yesFor(state(), one);
    const twice = [number, name].map((host) => ({ ...yes, host }));
    expect(inWords(engine.several.flash(twice, true))).toContain('twice');
    const elsewhere = { ...yes, host: one === name ? number : name };
    expect(inWords(engine.several.flash([elsewhere], true))).toContain(elsewhere.host);
    expect(inWords(engine.several.flash([], true))).toContain('No device');
    expect(engine.several.flash([yes, yesFor(state(), other)], true)).toBeNull();
    await engine.settled();
    expect(counts(devices)).toEqual([1, 1]);
  });

  it('sends nothing to two devices of which one has come to the address of the other', async () => {
    const house = await setHouse(ids(3));
    const { stage, engine, devices, hosts, state } = house;
    await makeReady(house);
    const all = yesForAll(house);
    const [, second = '', third = ''] = hosts;
    const { fetch } = stage;
    // When the first has been flashed, the others have changed addresses.
    stage.fetch = (input, init) => {
      const swapped = devices[0]?.otaFlashCount === 1 && typeof input === 'string';
      if (!swapped) return fetch(input, init);
      const to = new Map([
        [second, third],
        [third, second],
      ]);
      return fetch(
        input.replace(/127\.[\d.]+/, (host) => to.get(host) ?? host),
        init,
      );
    };
    expect(engine.several.flash(all, false)).toBeNull();
    await engine.settled();
    expect(linesOf(state())).toEqual(['probably-flashed', 'not-flashed', 'not-flashed']);
    expect(counts(devices)).toEqual([1, 0, 0]);
  });

  it('begins nothing without an ID while one of its devices may be downloading', async () => {
    const house = await setHouse(ids(3));
    const { engine, devices, stage, state } = house;
    const { fetch } = stage;
    // As MINIR3 does it (itead#132).
    stage.fetch = async (input, init) => {
      if (String(init?.body).includes('"deviceid"')) throw new TypeError('fetch failed');
      return fetch(input, init);
    };
    await makeReady(house);
    engine.several.info(house.hosts);
    await engine.settled();
    expect(engine.several.flash(yesForAll(house), true)).toBeNull();
    await engine.settled();
    const [first, ...rest] = linesOf(state());
    expect(first).toBe('probably-flashed');
    for (const why of rest) expect(why).toContain('cannot be called by its ID');
    expect(counts(devices)).toEqual([1, 0, 0]);
    const others = yesForAll({ ...house, hosts: house.hosts.slice(1) });
    // The hold may be over when it is their turn.
    expect(engine.several.flash(others, true)).toBeNull();
    await engine.settled();
    expect(counts(devices)).toEqual([1, 0, 0]);
    stage.clock.pass(200_000);
    expect(engine.several.flash(others.slice(0, 1), true)).toBeNull();
    await engine.settled();
    expect(counts(devices)).toEqual([1, 1, 0]);
  });

  it('begins nothing more when a person stops it, or when the yes is out of date', async () => {
    const house = await setHouse(ids(3));
    const { engine, devices, stage, state } = house;
    await makeReady(house);
    const all = yesForAll(house);
    const look = stage.beforeLook;
    stage.beforeLook = (signal) => {
      engine.several.stop();
      return look(signal);
    };
    expect(engine.several.flash(all, true)).toBeNull();
    await engine.settled();
    expect(linesOf(state())).toEqual([
      'probably-flashed',
      ...Array(2).fill('You stopped before anything was sent to this device.'),
    ]);
    stage.beforeLook = (signal) => {
      stage.clock.set(3_600_000);
      return look(signal);
    };
    expect(engine.several.flash(all.slice(1), true)).toBeNull();
    await engine.settled();
    expect(linesOf(state())[1]).toBe('probably-flashed');
    expect(linesOf(state())[2]).toContain('too much time has passed');
    expect(counts(devices)).toEqual([1, 1, 0]);
  });

  it('looks at a late report before it goes on', async () => {
    const house = await setHouse(ids(3));
    await makeReady(house);
    const { devices, hosts, stage, state } = house;
    const failed = (host: string) => devices[1]?.otaFlashCount === 1 && host === hosts[0];
    const localMirror: LocalMirrorWays = {
      isOwn: () => true,
      expect: async () => null,
      isFetching: () => false,
      probe: async () => null,
      follow: () => {},
      verdictOn: ({ address }) => (failed(address.host) ? { kind: 'failed', error: 409 } : null),
      changed: () => new Promise(() => {}),
    };
    const engine = createEngine({ ...house.environment, localMirror }, state());
    const look = stage.beforeLook;
    stage.beforeLook = (signal) => {
      engine.reported();
      return look(signal);
    };
    expect(engine.several.flash(yesForAll(house), true)).toBeNull();
    await engine.settled();
    const [first, second, third] = linesOf(state());
    expect([first, second]).toEqual(['do-not-restart', 'probably-flashed']);
    expect(third).toContain(`that at ${hosts[0]} did not end well`);
    expect(counts(devices)).toEqual([1, 1, 0]);
  });

  it('does not begin a line while a tool may be at work on its device', async () => {
    const house = await setHouse(ids(3));
    await makeReady(house);
    const { devices, stage, state } = house;
    const access = createDeviceAccess(stage.environment.clock);
    const engine = createEngine(house.environment, state(), access);
    const [, second] = yesForAll(house);
    if (second === undefined) throw new Error('no second');
    const look = stage.beforeLook;
    stage.beforeLook = (signal) => {
      access.reserve({ address: { host: second.host }, deviceid: second.deviceid }, toolAtWork);
      return look(signal);
    };
    engine.several.flash(yesForAll(house), true);
    await engine.settled();
    const [, refused, third] = linesOf(state());
    expect(refused).toContain('A tool is at work');
    expect(third).toContain(`that at ${second.host} did not end well`);
    expect(counts(devices)).toEqual([1, 0, 0]);
  });

  it('lets the one that was cancelled while it waited keep nobody waiting', async () => {
    const { engine, stage, state, run } = await setHouse(ids(1));
    const hosts = Array.from({ length: 12 }, () => freeAddress());
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const asked: string[] = [];
    stage.fetch = async (input) => {
      asked.push(String(input));
      await answered;
      return new Response('no device');
    };
    engine.several.info(hosts);
    const [ninth = '', tenth = ''] = hosts.slice(8);
    await soon(() => expect(asked).toHaveLength(8));
    engine.stop('device', ninth);
    engine.stop('device', tenth);
    // One that a person asks for does not wait.
    const own = freeAddress();
    engine.info(own, '');
    await soon(() => expect(asked.at(-1)).toContain(own));
    answer();
    await engine.settled();
    expect(run(ninth).device.state).toBe('idle');
    expect(state().runs.filter(({ device }) => device.state === 'failed')).toHaveLength(11);
  });
});
