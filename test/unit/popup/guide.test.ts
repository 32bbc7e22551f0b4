import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flashedFirmware } from '../../../popup/guide/flashed-firmware.ts';
import { needPower } from '../../../popup/guide/need-power.ts';
import { hashOf, routeOf, sectionIds } from '../../../popup/guide/route.ts';
import { hashOfRun, runAt } from '../../../popup/guide/run-route.ts';
import { clockFace, createStopwatch } from '../../../popup/guide/stopwatch.ts';
import { dark, litStretches, motionOf } from '../../../popup/led/led-motion.ts';
import { text } from '../../../src/core/text.ts';
import type { RunRecord } from '../../../src/flash/journal/run-record.ts';
import { type Flash, noRun } from '../../../src/flash/run/device-run.ts';
import type { Leaves } from '../../../src/flash/run/outcome.ts';
import { emptyState, type FlashState } from '../../../src/flash/state.ts';
import { momentAt, pace, rest, turns } from '../../../src/pairing/afterwards/power-cycles.ts';
import { openFor, openStill } from '../../../src/pairing/afterwards/window.ts';
import { isLit, ledPatterns } from '../../../src/pairing/led.ts';
import { makeReady, setStage } from '../flash/stage.ts';
import { createHandClock } from '../mirror/hand-clock.ts';

const breath = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('a place in the guide', () => {
  it('is found by the address that it has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sectionIds),
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 1 }),
        (section, part, step) => {
          expect(routeOf(hashOf(section, part, step))).toEqual({ section, part, step });
          expect(routeOf(hashOf(section))).toEqual({ section, part: null, step: null });
        },
      ),
    );
  });

  it('is one of several runs that began at the same time', () => {
    const run: RunRecord = {
      ...{ version: 1, began: 7, ended: 9, host: '192.168.1.4', fwVersion: null, url: '', digest: '' },
      ...{ outcome: 'not-flashed', events: [] },
    };
    const runs = ['192.168.1.4', '192.168.1.5', 'eWeLink_…/x'].map((host) => ({ ...run, host }));
    for (const one of runs) expect(runAt(routeOf(hashOfRun(one)), runs)).toBe(one);
    expect(runAt(routeOf('#record/7'), runs)).toBe(runs[0]);
    expect(runAt(routeOf('#record/7/192.168.1.6'), runs)).toBeUndefined();
    expect(runAt(routeOf('#record'), runs)).toBeUndefined();
  });

  it('is the beginning where an address leads nowhere, whatever it is', () => {
    expect(routeOf('#nothing/x')).toMatchObject({ section: 'pairing' });
    expect(routeOf('#road/%E0%A4%A')).toEqual({ section: 'road', part: null, step: null });
    fc.assert(fc.property(fc.string(), (hash) => sectionIds.includes(routeOf(hash).section)));
  });
});

describe('the drawn LED', () => {
  it.each(Object.values(ledPatterns))('blinks as the pattern says: $id', (pattern) => {
    const { keyframes, duration } = motionOf(pattern);
    for (let elapsed = 0; elapsed < duration; elapsed += 10) {
      const frame = keyframes.findLast(({ offset }) => offset * duration <= elapsed);
      expect(frame?.opacity === 1, `at ${elapsed}`).toBe(isLit(pattern, elapsed));
      const inStretch = litStretches(pattern).some(
        ({ from, to }) => elapsed / duration >= from && elapsed / duration < to,
      );
      expect(inStretch).toBe(isLit(pattern, elapsed));
    }
    expect(
      keyframes.every(({ opacity, easing }) => [1, dark].includes(opacity) && easing === 'step-end'),
    ).toBe(true);
    expect(keyframes.at(-1)?.offset).toBe(1);
  });
});

describe('the stopwatch', () => {
  it('counts three minutes down by the clock that it is handed', async () => {
    const clock = createHandClock();
    const stopwatch = createStopwatch(clock);
    expect(stopwatch.elapsed.value).toBeNull();
    stopwatch.start();
    const faces: string[] = [];
    for (const ms of [0, 100, 1_000, 58_900, 60_000, 60_000, 60_000]) {
      clock.advance(ms);
      await breath();
      faces.push(clockFace(openStill(stopwatch.elapsed.value ?? 0)));
    }
    expect(faces).toEqual(['3:00', '3:00', '2:59', '2:00', '1:00', '0:00', '0:00']);
    expect(openFor).toBe(180_000);
  });

  it('gives the beat of the power cycles, begins anew, and counts nothing by itself', async () => {
    const clock = createHandClock();
    const stopwatch = createStopwatch(clock);
    stopwatch.start();
    const orders: string[] = [];
    for (let ms = 0; ms <= rest + 2 * turns * pace; ms += 100) {
      const { beat } = momentAt(stopwatch.elapsed.value ?? 0);
      const order = `${beat.power} ${beat.turn}`;
      if (orders.at(-1) !== order) orders.push(order);
      clock.advance(100);
      await breath();
    }
    const pairs = [1, 2, 3, 4, 5, 6].flatMap((turn) => [`on ${turn}`, `off ${turn}`]);
    expect(orders).toEqual(['off 0', ...pairs, 'on 7']);
    stopwatch.start();
    expect(momentAt(stopwatch.elapsed.value ?? 0).beat).toMatchObject({ power: 'off', turn: 0 });
    expect(clock.sleepers()).toBe(1);
    stopwatch.stop();
    await breath();
    expect(stopwatch.elapsed.value).toBeNull();
    expect(clock.sleepers()).toBe(0);
  });
});

describe('the devices whose power must not be cut', () => {
  const plan = {
    address: { host: '192.168.1.4', reach: 'private' },
    deviceid: null,
    fwVersion: null,
    url: { href: 'http://a/b', origin: 'http://a', host: 'a', path: '/b', file: 'b' },
    digest: 'a'.repeat(64),
    title: text('x', 'x'),
  } as const;
  const doubt = (leaves: Leaves, holdLeft: number) => ({
    ...{ plan, at: 1, holdLeft, lasted: 0, seenAt: 1 },
    outcome: {
      kind: 'unknown',
      leaves,
      mayDownload: false,
      title: text('x', 'x'),
      sentence: text('x', 'x'),
      steps: [],
    } as const,
  });

  it.each<[Leaves, number, boolean]>([
    ['in-doubt', 0, true],
    ['stopped-midway', 0, true],
    ['new-firmware', 5, true],
    ['new-firmware', 0, false],
    ['as-it-was', 0, false],
  ])('after %s with a hold of %i ms: %s', (leaves, holdLeft, needs) => {
    expect(needPower({ runs: [], doubts: [doubt(leaves, holdLeft)] })).toEqual(needs ? ['192.168.1.4'] : []);
  });

  it('are those that are being flashed, too, each once', () => {
    expect(needPower({ runs: [], doubts: [] })).toEqual([]);
    const idle = { ...noRun, address: plan.address };
    const flashing = { ...idle, flash: { stage: 'requested', plan, at: 1 } as const };
    expect(needPower({ runs: [idle, flashing, idle], doubts: [] })).toEqual(['192.168.1.4']);
    expect(needPower({ runs: [flashing], doubts: [doubt('in-doubt', 1)] })).toEqual(['192.168.1.4']);
  });
});

describe('what comes afterwards', () => {
  it('goes by the image that was flashed, and by no other', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await makeReady(stage, engine);
    const { image, address } = stage.run();
    if (image.state !== 'done' || address === null) throw new Error('not ready');
    const { report, url } = image.value;
    const plan = {
      address,
      deviceid: null,
      fwVersion: null,
      url,
      digest: report.digest,
      title: text('x', 'x'),
    };
    const flash: Flash = { stage: 'requested', plan, at: 1 };
    const state = (now: Flash, fetched: FlashState['source']['image']): FlashState => ({
      ...{ ...emptyState, shown: address.host, source: { ...emptyState.source, image: fetched } },
      runs: [{ ...noRun, address, flash: now }],
    });
    expect(flashedFirmware(state({ stage: 'idle' }, image))).toBeNull();
    expect(flashedFirmware(state(flash, image))).toEqual({
      kind: 'tasmota',
      version: report.identity.version,
    });
    expect(flashedFirmware(state(flash, { state: 'idle' }))).toBeNull();
    const other = { ...plan, digest: 'b'.repeat(64) };
    expect(flashedFirmware(state({ ...flash, plan: other }, image))).toBeNull();
    const unknown = { ...report, identity: { ...report.identity, family: 'unknown' as const } };
    const strange = { ...image, value: { ...image.value, report: unknown } };
    expect(flashedFirmware(state(flash, strange))).toMatchObject({ kind: 'other' });
  });
});
