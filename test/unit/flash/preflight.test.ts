import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/check.ts';
import { isFlashing } from '../../../src/flash/run/device-run.ts';
import { isSamePlan, unconfirmed, unsuitable } from '../../../src/flash/run/preflight.ts';
import { startWatch } from '../../../src/flash/watch/advance-watch.ts';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';
import { textOf } from '../saying.ts';
import { emptyRun, isUnderWay, preflight, type Run, stageOf } from './one-run.ts';
import { makeReady, setStage } from './stage.ts';

let ready: Run;
let clear = async () => {};
beforeAll(async () => {
  const stage = await setStage({}, (how) => {
    clear = how;
  });
  await makeReady(stage, stage.engine());
  ready = stage.run();
});
afterAll(() => clear());

const idle = { state: 'idle' } as const;
const at = (host: string) => {
  const address = parseAddress(host);
  return address.ok ? address.value : expect.fail();
};
const urlOf = (text: string) => {
  const url = parseDownloadUrl(text);
  return url.ok ? url.value : expect.fail();
};
const planOf = (run: Run) => preflight(run).plan ?? expect.fail();

function withMirrorAnswer(answer: Answer): Run {
  if (ready.mirror.state !== 'done') expect.fail();
  const check = { id: 'mirror-x', title: textOf('X'), answer, sentence: textOf('X.') };
  return { ...ready, mirror: { ...ready.mirror, value: { ...ready.mirror.value, checks: [check], answer } } };
}

function withImageFrom(text: string): Run {
  if (ready.image.state !== 'done' || ready.mirror.state !== 'done') expect.fail();
  const url = urlOf(text);
  return {
    ...ready,
    image: { ...ready.image, value: { ...ready.image.value, url } },
    mirror: { ...ready.mirror, value: { ...ready.mirror.value, url: url.href } },
  };
}

describe('preflight', () => {
  it('gives a plan when all is known and nothing fails', () => {
    expect(preflight(ready)).toMatchObject({ missing: [], plan: { deviceid: '1000a1b2c3' } });
    expect(preflight(ready).answer).not.toBe('fail');
  });

  it.each([
    ['device', { device: idle }],
    ['image', { image: idle }],
    ['mirror', { mirror: idle }],
  ] as const)('misses the %s', (id, part) => {
    const { missing, plan } = preflight({ ...ready, ...part });
    expect(missing.map((one) => one.id)).toEqual([id]);
    expect(plan).toBeNull();
  });

  it.each<[Answer, boolean]>([
    ['pass', true],
    ['unknown', true],
    ['warn', true],
    ['fail', false],
  ])('a mirror check that answers %s: possible %s', (answer, possible) => {
    expect(preflight(withMirrorAnswer(answer)).plan !== null).toBe(possible);
  });

  it.each(['url', 'digest'] as const)('does not take a report about another %s', (part) => {
    if (ready.mirror.state !== 'done') expect.fail();
    const value = { ...ready.mirror.value, [part]: 'another' };
    expect(preflight({ ...ready, mirror: { ...ready.mirror, value } }).plan).toBeNull();
  });

  it.each([
    ['http://127.0.0.1:8000/x.bin', '192.168.1.4', 'fail'],
    ['http://localhost/x.bin', '192.168.1.4', 'fail'],
    ['http://127.0.0.1:8000/x.bin', '127.3.4.5', 'pass'],
    ['http://attic.local/x.bin', '192.168.1.4', 'warn'],
    ['http://192.168.1.9:8000/x.bin', '192.168.1.4', 'pass'],
  ] as const)('%s for a device at %s: within reach %s', (url, host, answer) => {
    const { checks, plan } = preflight({ ...withImageFrom(url), address: at(host) });
    expect(checks.find(({ id }) => id === 'mirror-reach')?.answer).toBe(answer);
    expect(plan === null).toBe(answer === 'fail');
  });

  it('asks nothing of a mirror whose file must not be flashed', () => {
    if (ready.image.state !== 'done') expect.fail();
    const report = {
      ...ready.image.value.report,
      answer: 'fail',
      checks: [{ id: 'image-size', title: textOf('Size'), answer: 'fail', sentence: textOf('Too large.') }],
    } as const;
    const run: Run = {
      ...ready,
      mirror: idle,
      image: { ...ready.image, value: { ...ready.image.value, report } },
    };
    expect(preflight(run)).toMatchObject({ missing: [], answer: 'fail', plan: null });
  });
});

describe('unconfirmed', () => {
  const checks = (['pass', 'unknown', 'warn', 'warn', 'fail'] as const).map((answer, index) => ({
    id: `${index}`,
    title: textOf(''),
    answer,
    sentence: textOf(''),
  }));

  it('is the first warning without a yes', () => {
    expect(unconfirmed(checks, [])?.id).toBe('2');
    expect(unconfirmed(checks, ['2'])?.id).toBe('3');
    expect(unconfirmed(checks, ['3', '2'])).toBeNull();
  });
});

describe('unsuitable', () => {
  it('is a device that can never be flashed, not one that is locked', () => {
    if (ready.device.state !== 'done') expect.fail();
    const info = ready.device.value;
    expect(unsuitable({ ...info, otaUnlock: false })).toBeNull();
    expect(unsuitable({ ...info, hasSwitches: true })?.id).toBe('device-kind');
    expect(unsuitable({ ...info, fwVersion: '1.4.0' })?.id).toBe('device-firmware');
  });
});

describe('isSamePlan', () => {
  it('compares device, address, file and digest', () => {
    const plan = planOf(ready);
    expect(isSamePlan(plan, { ...plan, title: textOf('other words') })).toBe(true);
    expect(isSamePlan(plan, { ...plan, address: at('192.168.1.9') })).toBe(false);
    expect(isSamePlan(plan, { ...plan, deviceid: null })).toBe(false);
    expect(isSamePlan(plan, { ...plan, url: urlOf('http://127.0.0.1/x.bin') })).toBe(false);
    expect(isSamePlan(plan, { ...plan, digest: 'a' })).toBe(false);
  });
});

describe('stageOf', () => {
  const watch = startWatch(0, true);
  const ended = (kind: 'flashed' | 'probably-flashed' | 'not-flashed' | 'do-not-restart' | 'unknown') =>
    ({
      stage: 'ended',
      plan: planOf(ready),
      at: 0,
      outcome: {
        kind,
        leaves: 'in-doubt',
        mayDownload: false,
        title: textOf(''),
        sentence: textOf(''),
        steps: [],
      },
      seenSince: true,
    }) as const;

  it.each<[string, () => Run, string, boolean]>([
    ['nothing', () => emptyRun, 'device', false],
    ['a locked device', () => ({ ...ready, device: lock(ready) }), 'unlock', false],
    ['no image', () => ({ ...ready, image: idle }), 'image', false],
    ['no mirror', () => ({ ...ready, mirror: idle }), 'mirror', false],
    ['all', () => ready, 'ready', false],
    ['checking', () => ({ ...ready, flash: { stage: 'checking', plan: planOf(ready) } }), 'requested', true],
    [
      'requested',
      () => ({ ...ready, flash: { stage: 'requested', plan: planOf(ready), at: 0 } }),
      'requested',
      true,
    ],
    [
      'downloading',
      () => ({ ...ready, flash: { stage: 'downloading', plan: planOf(ready), watch } }),
      'downloading',
      true,
    ],
    [
      'restarting',
      () => ({ ...ready, flash: { stage: 'restarting', plan: planOf(ready), watch } }),
      'restarting',
      true,
    ],
    ['flashed', () => ({ ...ready, flash: ended('flashed') }), 'verified', false],
    ['probably', () => ({ ...ready, flash: ended('probably-flashed') }), 'verified', false],
    ['not flashed', () => ({ ...ready, flash: ended('not-flashed') }), 'failed', false],
    ['do not restart', () => ({ ...ready, flash: ended('do-not-restart') }), 'failed', false],
    ['unknown', () => ({ ...ready, flash: ended('unknown') }), 'failed', false],
  ])('%s', (_, run, stage, flashing) => {
    expect(stageOf(run())).toBe(stage);
    expect(isFlashing(run().flash)).toBe(flashing);
    expect(isUnderWay(run())).toBe(flashing);
  });

  it.each(['device', 'unlock', 'image', 'mirror'] as const)(
    'is under way while the %s is worked on',
    (part) => {
      expect(isUnderWay({ ...ready, [part]: { state: 'working', since: 0, progress: null } })).toBe(true);
    },
  );
});

function lock({ device }: Run): Run['device'] {
  if (device.state !== 'done') expect.fail();
  return { ...device, value: { ...device.value, otaUnlock: false } };
}
