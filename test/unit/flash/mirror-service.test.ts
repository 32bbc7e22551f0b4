import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import {
  createMirrorService,
  type Listings,
  type MirrorServiceEnvironment,
  type MirrorServiceLeft,
  type MirrorTests,
} from '../../../src/flash/tasks/mirror-service.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import { SimulatedMirror } from '../../simulator/mirror.ts';
import { saying, textOf } from '../saying.ts';

const image = buildImage({ size: 65_536 });
const nothingLeft: MirrorServiceLeft = { tests: {}, listings: {} };

describe('the mirror service', () => {
  const mirror = new SimulatedMirror({
    files: { '/tasmota-lite.bin': image, '/tasmota-minimal.bin': image },
  });
  let allowed = true;
  let tests: MirrorTests = {};
  let listings: Listings = {};

  const environment: MirrorServiceEnvironment = {
    fetch,
    clock: systemClock,
    mayReachMirror: async () => allowed,
    withDeviceHost: (_url, work) => work('unavailable'),
    hostKnownFrom: async () => null,
    releases: async () => null,
    saveTests: async (written) => {
      tests = written;
    },
    saveListings: async (written) => {
      listings = written;
    },
  };

  beforeEach(async () => {
    allowed = true;
    tests = {};
    listings = {};
    mirror.mend();
    mirror.requests.length = 0;
    await mirror.start();
  });
  afterEach(() => mirror.stop());

  it('tests a mirror with three small requests beyond the download', async () => {
    const url = mirror.url('/tasmota-lite.bin');
    const service = createMirrorService(environment, nothingLeft);
    expect(service.test(url)).toBeNull();
    await service.settled();
    expect(tests[url]).toMatchObject({ image: { state: 'done' }, mirror: { state: 'done' } });
    expect(mirror.requests.filter(({ headers }) => headers.has('range'))).toHaveLength(3);
  });

  it('asks the mirror even when the file must not be flashed', async () => {
    mirror.files.set('/other.bin', new Uint8Array(40_000).fill(7));
    const url = mirror.url('/other.bin');
    const service = createMirrorService(environment, nothingLeft);
    service.test(url);
    await service.settled();
    expect(tests[url]).toMatchObject({
      image: { state: 'done', value: { report: { answer: 'fail' } } },
      mirror: { state: 'done' },
    });
  });

  it('refuses an address that no device can use', () => {
    const service = createMirrorService(environment, nothingLeft);
    expect(inEnglish(service.test('https://example.com/x.bin') ?? '')).toContain('https://');
    expect(inEnglish(service.list('https://example.com/') ?? '')).toContain('https://');
  });

  it('waits for the permission and goes on by itself', async () => {
    allowed = false;
    const url = mirror.url('/tasmota-lite.bin');
    const base = mirror.url('/');
    const service = createMirrorService(environment, nothingLeft);
    service.test(url);
    service.list(base);
    await service.settled();
    expect(tests[url]).toMatchObject({ image: { state: 'failed', failure: { kind: 'no-permission' } } });
    expect(listings[base]).toMatchObject({ state: 'failed', failure: { kind: 'no-permission' } });
    expect(mirror.requests).toHaveLength(0);
    allowed = true;
    service.permissionGranted();
    await service.settled();
    expect(tests[url]).toMatchObject({ mirror: { state: 'done' } });
    expect(listings[base]).toMatchObject({ state: 'done' });
  });

  it('lists what a mirror offers, and asks once however often it is told to meanwhile', async () => {
    const base = mirror.url('/');
    const service = createMirrorService(environment, nothingLeft);
    for (let times = 0; times < 5; times += 1) service.list(base);
    await service.settled();
    expect(mirror.requests).toHaveLength(1);
    expect(listings[base]).toMatchObject({
      state: 'done',
      value: expect.arrayContaining([
        expect.objectContaining({ file: 'tasmota-lite.bin', refused: null }),
        expect.objectContaining({
          file: 'tasmota-minimal.bin',
          refused: saying('Minimal'),
        }),
      ]),
    });
  });

  it('takes up what a stopped background left, and leaves alone what was done', async () => {
    const url = mirror.url('/tasmota-lite.bin');
    const done = mirror.url('/done.bin');
    const working = { state: 'working', since: 1, progress: null } as const;
    const failure = { kind: 'unreachable', sentence: textOf('No.'), action: textOf('Wait.') };
    const left: MirrorTests = {
      [done]: { image: { state: 'failed', at: 1, failure }, mirror: { state: 'idle' } },
      [url]: { image: working, mirror: { state: 'idle' } },
    };
    const listed = { state: 'done', at: 1, value: [] } as const;
    const service = createMirrorService(environment, {
      tests: left,
      listings: { [mirror.url('/')]: working, [mirror.url('/done/')]: listed },
    });
    await service.settled();
    expect(tests[url]).toMatchObject({ mirror: { state: 'done' } });
    expect(tests[done]).toEqual(left[done]);
    expect(listings[mirror.url('/')]).toMatchObject({ state: 'done' });
    expect(listings[mirror.url('/done/')]).toEqual(listed);
  });

  it('stops a test and writes nothing of it afterwards', async () => {
    const url = mirror.url('/tasmota-lite.bin');
    mirror.breakPath('/tasmota-lite.bin', { kind: 'silent' });
    const service = createMirrorService(environment, nothingLeft);
    service.test(url);
    await mirror.waitUntil(({ requests }) => requests.length > 0);
    service.stopTest(url);
    await service.settled();
    expect(tests).toEqual({});
  });

  it('forgets everything, also what is under way', async () => {
    const url = mirror.url('/tasmota-lite.bin');
    const service = createMirrorService(environment, nothingLeft);
    service.test(url);
    service.list(mirror.url('/'));
    service.forgetEverything();
    await service.settled();
    expect(tests).toEqual({});
    expect(listings).toEqual({});
  });

  it('lists once more when it is asked again, and says why it could not', async () => {
    const base = mirror.url('/');
    const service = createMirrorService(environment, nothingLeft);
    service.list(base);
    await service.settled();
    await mirror.stop();
    service.list(base);
    await service.settled();
    expect(listings[base]).toMatchObject({ state: 'failed', failure: { kind: 'unreachable' } });
    await mirror.start();
  });

  it('writes nothing that a fault says of what was stopped', async () => {
    const url = mirror.url('/tasmota-lite.bin');
    const base = mirror.url('/');
    const late = {
      ...environment,
      mayReachMirror: async () => {
        service.forgetEverything();
        throw new Error('broken');
      },
    };
    const service = createMirrorService(late, nothingLeft);
    service.test(url);
    service.list(base);
    await service.settled();
    expect([tests, listings]).toEqual([{}, {}]);
  });

  it('says so when the extension itself fails', async () => {
    const url = mirror.url('/tasmota-lite.bin');
    const broken = { ...environment, mayReachMirror: () => Promise.reject(new Error('broken')) };
    const service = createMirrorService(broken, nothingLeft);
    service.test(url);
    service.list(mirror.url('/'));
    await service.settled();
    expect(tests[url]).toMatchObject({ image: { state: 'failed', failure: { kind: 'fault' } } });
    expect(listings[mirror.url('/')]).toMatchObject({ state: 'failed', failure: { kind: 'fault' } });
  });
});
