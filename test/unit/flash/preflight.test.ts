import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/check.ts';
import { isFlashing } from '../../../src/flash/run/device-run.ts';
import { nothingSent } from '../../../src/flash/run/outcome.ts';
import { isSamePlan, unconfirmed, unsuitable } from '../../../src/flash/run/preflight.ts';
import { startWatch } from '../../../src/flash/watch/advance-watch.ts';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';
import { textOf } from '../saying.ts';
import { isUnderWay, preflight, type Run } from './one-run.ts';
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

describe('a flash', () => {
  const plan = () => planOf(ready);
  const watch = startWatch(0, true);
  const outcome = nothingSent(textOf(''), textOf(''), undefined);

  it.each<[string, () => Run['flash'], boolean]>([
    ['that nobody asked for', () => ({ stage: 'idle' }), false],
    ['before its request', () => ({ stage: 'checking', plan: plan() }), true],
    ['with its request', () => ({ stage: 'requested', plan: plan(), at: 0 }), true],
    ['in its download', () => ({ stage: 'downloading', plan: plan(), watch }), true],
    ['after it', () => ({ stage: 'restarting', plan: plan(), watch }), true],
    ['that has ended', () => ({ stage: 'ended', plan: plan(), at: 0, outcome, seenSince: true }), false],
  ])('%s', (_, flash, is) => {
    expect(isFlashing(flash())).toBe(is);
    expect(isUnderWay({ ...ready, flash: flash() })).toBe(is);
  });
});

describe('a run', () => {
  it.each(['device', 'unlock', 'image', 'mirror'] as const)(
    'is under way while the %s is worked on',
    (part) => {
      expect(isUnderWay({ ...ready, [part]: { state: 'working', since: 0, progress: null } })).toBe(true);
    },
  );
});
