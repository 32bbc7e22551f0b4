import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { text } from '../../../src/core/text.ts';
import type { Flash } from '../../../src/flash/run/device-run.ts';
import type { Outcome } from '../../../src/flash/run/outcome.ts';
import { unsent } from '../../../src/flash/run/unsent.ts';
import { afterEvent, fetchedBytes, lookedAt, speedOf } from '../../../src/flash/this-computer/downloads.ts';
import type { LocalMirrorWays } from '../../../src/flash/this-computer/local-mirror-ways.ts';
import type { Fetching } from '../../../src/flash/this-computer/state.ts';
import { refusalTrouble } from '../../../src/flash/this-computer/troubles.ts';
import {
  downloadOf,
  endedBeside,
  mayBeFetching,
  outcomeOfReport,
  type Verdict,
  verdictOf,
} from '../../../src/flash/this-computer/verdict.ts';
import type { ProgramEvent } from '../../../src/native-messages/answers.ts';
import { commandRules } from '../../../src/zeroconf/client/command.ts';
import { longestDownload } from '../../../src/zeroconf/client/longest-download.ts';
import type { Fault } from '../../simulator/faults.ts';
import { isInDoubt, makeReady, outcomeIn, setStage, yes } from './stage.ts';

const start = lookedAt(
  {
    ...{ download: 'd1', device: '192.168.1.4', deviceId: null, name: 'x.bin', sha256: 'a'.repeat(64) },
    ...{ bytes: 8292, parts: '000', startedAt: 100_000, lastAt: 100_000, end: null },
  },
  100_000,
);
const ofIt = { download: 'd1', device: '192.168.1.4' };
const seenAfter = (events: readonly ProgramEvent[], known: Fetching = start) =>
  events.reduce<readonly Fetching[]>((all, event, index) => afterEvent(all, event, 101_000 + index), [known]);
const range = (from: number, to: number): ProgramEvent => ({ type: 'range', ...ofIt, from, to, of: 8292 });
const whole = [range(0, 4095), range(4096, 8191), range(8192, 8291)];
const verdict = (error: number | null): ProgramEvent => ({ type: 'verdict', ...ofIt, error });

describe('a download', () => {
  it('fills part by part, the last one shorter', () => {
    const [known] = seenAfter([range(0, 4095), range(8192, 8291)]);
    expect(known).toMatchObject({ parts: '101', lastAt: 101_001 });
    expect(known && fetchedBytes(known)).toBe(4196);
    expect(seenAfter(whole)).toMatchObject([{ parts: '111' }]);
  });

  it('fills by ranges of other sizes as well, but not beyond a gap', () => {
    const ranges = [range(0, 2999), range(3000, 5999), range(6100, 8291)];
    expect(seenAfter(ranges)).toMatchObject([{ parts: '101' }]);
    expect(seenAfter([range(100, 4095)])).toMatchObject([{ parts: '000' }]);
  });

  it('stands in the place of an earlier one of its name, and is whole in bytes when every part has come', () => {
    const [known] = seenAfter(whole);
    expect(known && fetchedBytes(known)).toBe(8292);
    const again = { ...start, parts: '100' };
    const { begunAt: _, reached: __, silentFor: ___, ...told } = again;
    expect(seenAfter([...whole, { type: 'begun', download: told }])).toMatchObject([
      { parts: '100', reached: 4096 },
    ]);
    const other: ProgramEvent = { type: 'begun', download: { ...told, download: 'd2', parts: '111' } };
    expect(seenAfter([other])).toMatchObject([{ parts: '000' }, { download: 'd2', reached: 8292 }]);
  });

  it('is not touched by what is told of devices that were found', () => {
    const found: ProgramEvent = {
      ...{
        type: 'found',
        deviceId: '1000a1b2c3',
        address: '192.168.1.4',
        kind: 'diy_plug',
        mode: 'diy',
        port: 8081,
      },
    };
    expect(seenAfter([found])).toEqual([start]);
  });

  it('has a speed only from when its begin was seen', () => {
    expect(speedOf({ ...start, begunAt: null, parts: '100', lastAt: 200_000 })).toBeNull();
  });

  it('has a speed and a time that is left', () => {
    const [known] = seenAfter([range(0, 4095)]);
    expect(known && speedOf(known)).toEqual({ bytesPerSecond: 4096, left: (4196 / 4096) * 1000 });
    expect(speedOf(start)).toBeNull();
  });

  it('tells silence until the device is heard of again, and gives up when it does', () => {
    const stalled = (seconds: number): ProgramEvent => ({ type: 'stalled', ...ofIt, seconds });
    expect(seenAfter([stalled(20)])).toMatchObject([{ silentFor: 20, end: null }]);
    expect(seenAfter([stalled(20), range(0, 4095)])).toMatchObject([{ silentFor: 0 }]);
    expect(seenAfter([stalled(180)])).toMatchObject([{ end: { kind: 'silent' } }]);
  });
});

describe('a report', () => {
  const told = (events: readonly ProgramEvent[]) => verdictOf(seenAfter(events)[0]);
  it('of success counts for a whole image only', () => {
    expect(told([...whole, verdict(0)])).toEqual({ kind: 'whole' });
    expect(told([range(0, 4095), verdict(0)])).toBeNull();
    expect(told([...whole, { ...verdict(0), download: null } as ProgramEvent])).toBeNull();
    expect(told(whole)).toBeNull();
  });

  it.each([404, 406, 409, 410, 77, null])('of %s counts at any time, and lifts no hold', (error) => {
    expect(told([verdict(error)])).toEqual({ kind: 'failed', error });
    const outcome = outcomeOfReport(error);
    expect(outcome).toMatchObject({ leaves: 'in-doubt', mayDownload: true });
    expect(outcome.steps.map(inEnglish)[0]).toBe('Do not cut its power.');
    expect(outcome.kind === 'do-not-restart').toBe(error === 409 || error === 410);
  });

  it('is that of this device, this image and this flash', () => {
    const plan = {
      address: { host: '192.168.1.4', reach: 'private' },
      ...{ deviceid: '1000a1b2c3', fwVersion: null, digest: 'a'.repeat(64), title: text('x', 'x') },
      url: { href: '', origin: '', host: '', path: '', file: '' },
    } as const;
    const known = { ...start, deviceId: '1000a1b2c3' };
    expect(downloadOf([start], plan, 100_500)).toBe(start);
    expect(downloadOf([known], { ...plan, address: { host: 'x.local', reach: 'name' } }, 1)).toBe(known);
    expect(downloadOf([{ ...known, deviceId: 'another' }], plan, 100_500)).toBeUndefined();
    expect(downloadOf([start], { ...plan, digest: 'b'.repeat(64) }, 100_500)).toBeUndefined();
    expect(downloadOf([start], plan, 280_001)).toBeUndefined();
  });
});

it('a device may be fetching what another browser has told it to, or a program that was killed has lost', () => {
  const plan = {
    address: { host: '192.168.1.4', reach: 'private' },
    ...{ deviceid: '1000a1b2c3', fwVersion: null, digest: 'b'.repeat(64), title: text('x', 'x') },
    url: { href: '', origin: '', host: '', path: '', file: '' },
  } as const;
  const fetching = { ...start, parts: '100', lastAt: 100_000, end: null };
  const may = (known: Partial<Fetching>, now = 101_000) =>
    mayBeFetching([{ ...fetching, ...known }], plan, now);
  expect(may({})).toBe(true);
  expect(may({ end: { kind: 'interrupted' } })).toBe(true);
  expect(may({ deviceId: '1000a1b2c3', device: '192.168.1.5' })).toBe(true);
  expect(may({}, 279_999)).toBe(true);
  expect(may({}, 280_000)).toBe(false);
  expect(may({ deviceId: 'another' })).toBe(false);
  expect(may({ device: '192.168.1.5' })).toBe(false);
  expect(may({ parts: '000' })).toBe(false);
  expect(may({ end: { kind: 'silent' } })).toBe(false);
  expect(may({ end: { kind: 'verdict', error: 404 } })).toBe(false);
});

describe('beside a flash', () => {
  const plan = {
    address: { host: '192.168.1.4', reach: 'private' },
    ...{ deviceid: '1000a1b2c3', fwVersion: null, digest: 'a'.repeat(64), title: text('x', 'x') },
    url: { href: '', origin: '', host: '', path: '', file: '' },
  } as const;
  const ended = (outcome: Outcome): Flash => ({ stage: 'ended', plan, at: 1, outcome, seenSince: false });
  const wrong: Fetching = { ...start, end: { kind: 'verdict', error: 409 } };
  const lost: Fetching = { ...start, deviceId: '1000a1b2c3', parts: '110', end: { kind: 'interrupted' } };

  it('is told how all others ended, those too of which nobody knows it', () => {
    const silent: Fetching = { ...lost, end: { kind: 'silent' } };
    expect(endedBeside({ stage: 'idle' }, [start, wrong, lost, silent])).toEqual([wrong, lost, silent]);
    const another = { ...plan, digest: 'b'.repeat(64) };
    expect(endedBeside({ stage: 'requested', plan: another, at: 1 }, [wrong, lost])).toEqual([wrong, lost]);
  });

  it('is not told of what this computer asked of itself', () => {
    expect(endedBeside({ stage: 'idle' }, [{ ...lost, deviceId: null }])).toEqual([]);
  });

  it('is not told of its own, unless nothing was sent', () => {
    expect(endedBeside({ stage: 'requested', plan, at: 1 }, [wrong, lost])).toEqual([]);
    expect(endedBeside(ended(outcomeOfReport(409)), [wrong, lost])).toEqual([]);
    expect(endedBeside({ stage: 'checking', plan }, [wrong, lost])).toEqual([wrong, lost]);
    expect(endedBeside(ended(unsent('stopped')), [wrong, lost])).toEqual([wrong, lost]);
  });
});

it('a report is believed of a device that has taken the order without a word, as of any other', () => {
  const ofFlash = { makeWay: 43_000, info: 30_000, written: 10_000 };
  const given = Object.values(ofFlash).reduce((all, one) => all + one, commandRules.ota_flash.timeout);
  const known = { ...start, end: { kind: 'verdict', error: 409 } } as const;
  const plan = {
    address: { host: '192.168.1.4', reach: 'private' },
    ...{ deviceid: '1000a1b2c3', fwVersion: null, digest: 'a'.repeat(64), title: text('x', 'x') },
    url: { href: '', origin: '', host: '', path: '', file: '' },
  } as const;
  expect(verdictOf(downloadOf([known], plan, known.startedAt + given))).toEqual({
    kind: 'failed',
    error: 409,
  });
});

/** Ways in which the device's report is what the test says. */
function reporting(report: () => Verdict | null, changes: Partial<LocalMirrorWays> = {}) {
  const waiting = new Set<() => void>();
  const ways: LocalMirrorWays = {
    isOwn: () => true,
    expect: async () => null,
    isFetching: () => false,
    probe: async () => null,
    follow: () => {},
    verdictOn: report,
    changed: (signal) =>
      new Promise((resolve) => {
        waiting.add(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
    ...changes,
  };
  return { ways, tell: () => waiting.forEach((tell) => void tell()) };
}

describe('a flash that the local mirror looks on', () => {
  async function flashed(report: () => Verdict | null, changes: Partial<LocalMirrorWays> = {}) {
    const stage = await setStage({ profile: '3.6.0' });
    stage.environment.localMirror = reporting(report, changes).ways;
    const engine = stage.engine();
    await makeReady(stage, engine);
    engine.flash(yes(stage.run()));
    await engine.settled();
    return stage;
  }

  it('is flashed when the device says so and has gone', async () => {
    const stage = await flashed(() => ({ kind: 'whole' }));
    expect(outcomeIn(stage.run())).toMatchObject({ kind: 'flashed', leaves: 'new-firmware' });
    expect(inEnglish(outcomeIn(stage.run()).sentence)).toContain('has reported');
  });

  it('is probably flashed when the device says nothing', async () => {
    const stage = await flashed(() => null);
    expect(outcomeIn(stage.run()).kind).toBe('probably-flashed');
  });

  it('is not flashed when the device says so but answers as it did', async () => {
    const stage = await setStage();
    stage.environment.localMirror = reporting(() => ({ kind: 'whole' })).ways;
    const engine = stage.engine();
    await makeReady(stage, engine);
    const real = stage.fetch;
    stage.fetch = async (input, init) =>
      typeof input === 'string' && input.endsWith('/zeroconf/ota_flash')
        ? Response.json({ seq: 1, error: 0 })
        : real(input, init);
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(outcomeIn(stage.run())).toMatchObject({ kind: 'not-flashed', leaves: 'in-doubt' });
  });

  it('says at once not to restart the device when that reports another digest', async () => {
    const stage = await setStage();
    let report: Verdict | null = null;
    const { ways, tell } = reporting(() => report);
    stage.environment.localMirror = ways;
    const engine = stage.engine();
    await makeReady(stage, engine);
    // The first rest never ends by itself.
    stage.beforeLook = () => new Promise(() => {});
    engine.flash(yes(stage.run()));
    while (stage.run().flash.stage !== 'downloading') await new Promise((resolve) => setImmediate(resolve));
    report = { kind: 'failed', error: 409 };
    tell();
    await engine.settled();
    expect(outcomeIn(stage.run())).toMatchObject({
      kind: 'do-not-restart',
      leaves: 'in-doubt',
      mayDownload: true,
    });
    expect(isInDoubt(stage.run())).toBe(true);
    expect(stage.run().doubts.every(({ holdLeft }) => holdLeft > 0)).toBe(true);
  });

  it('is not begun when the program does not take the announcement', async () => {
    const trouble = refusalTrouble('unknown-image');
    const stage = await flashed(() => null, { expect: async () => trouble });
    expect(stage.device.otaFlashCount).toBe(0);
    expect(outcomeIn(stage.run())).toMatchObject({ kind: 'not-flashed', leaves: 'as-it-was' });
    expect(outcomeIn(stage.run()).sentence).toContain(inEnglish(trouble.sentence));
  });

  it.each(['before', 'after'])(
    'is not sent to a device that fetches already, known %s it is announced',
    async (when) => {
      let isAnnounced = false;
      const stage = await flashed(() => null, {
        isFetching: () => when === 'before' || isAnnounced,
        expect: async () => {
          isAnnounced = true;
          return null;
        },
      });
      expect(stage.device.otaFlashCount).toBe(0);
      expect(outcomeIn(stage.run())).toMatchObject({ kind: 'not-flashed', leaves: 'in-doubt' });
      expect(outcomeIn(stage.run()).sentence).not.toContain('Nothing has been changed');
      expect(stage.run().doubts).toMatchObject([{ holdLeft: longestDownload.ms }]);
    },
  );

  it('is announced once, after the last look and before the request', async () => {
    const order: string[] = [];
    const stage = await setStage();
    stage.environment.localMirror = reporting(() => null, {
      expect: async () => {
        order.push(`expect ${stage.device.otaFlashCount}`);
        return null;
      },
    }).ways;
    const engine = stage.engine();
    await makeReady(stage, engine);
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(order).toEqual(['expect 0']);
    expect(stage.device.otaFlashCount).toBe(1);
  });
});

describe('a report that comes after the flash has ended', () => {
  async function ended(faults: readonly Fault[], late: Verdict, first: Verdict | null = null) {
    const stage = await setStage({ faults });
    let report = first;
    stage.environment.localMirror = reporting(() => report).ways;
    const engine = stage.engine();
    await makeReady(stage, engine);
    engine.flash(yes(stage.run()));
    await engine.settled();
    const before = outcomeIn(stage.run());
    report = late;
    engine.reported();
    await engine.settled();
    return { before, after: outcomeIn(stage.run()), run: stage.run() };
  }

  it('of another digest overrules that the device was thought to be flashed, and begins the hold anew', async () => {
    const { before, after, run } = await ended([], { kind: 'failed', error: 409 });
    expect(before.kind).toBe('probably-flashed');
    expect(after).toMatchObject({ kind: 'do-not-restart', leaves: 'in-doubt' });
    expect(isInDoubt(run)).toBe(true);
    expect(run.doubts).toMatchObject([{ outcome: { kind: after.kind }, holdLeft: longestDownload.ms }]);
    expect(
      run.journal.filter((event) => event.kind === 'outcome' && event.outcome === 'do-not-restart'),
    ).toHaveLength(1);
  });

  it('of success soothes nobody', async () => {
    const { before, after } = await ended([], { kind: 'whole' });
    expect(after).toEqual(before);
  });

  it('is no news after the worst one', async () => {
    const { before, after } = await ended([], { kind: 'failed', error: 404 }, { kind: 'failed', error: 409 });
    expect(before.kind).toBe('do-not-restart');
    expect(after).toEqual(before);
  });

  it('counts for a device in doubt only where it must not be restarted', async () => {
    const first = { kind: 'failed', error: 404 } as const;
    const { before, after } = await ended([], { kind: 'failed', error: 406 }, first);
    expect(before).toMatchObject({ kind: 'not-flashed', leaves: 'in-doubt' });
    expect(after).toEqual(before);
    expect((await ended([], { kind: 'failed', error: 410 }, first)).after.kind).toBe('do-not-restart');
  });

  it('outlives Start over among the doubts, and needs a local mirror', async () => {
    const stage = await setStage();
    let report: Verdict | null = null;
    stage.environment.localMirror = reporting(() => report).ways;
    const engine = stage.engine();
    await makeReady(stage, engine);
    engine.flash(yes(stage.run()));
    await engine.settled();
    engine.startOver();
    report = { kind: 'failed', error: 409 };
    engine.reported();
    await engine.settled();
    expect(stage.run().address).toBeNull();
    expect(stage.run().doubts).toMatchObject([{ outcome: { kind: 'do-not-restart' } }]);
    delete stage.environment.localMirror;
    const alone = stage.engine(stage.run());
    const before = stage.run().doubts.map(({ outcome }) => outcome);
    alone.reported();
    await alone.settled();
    expect(stage.run().doubts.map(({ outcome }) => outcome)).toEqual(before);
  });

  it('is no proof against new firmware that has answered', async () => {
    const stage = await setStage();
    let report: Verdict | null = null;
    stage.environment.localMirror = reporting(() => report).ways;
    stage.environment.mayReachTasmota = async () => true;
    const real = stage.fetch;
    stage.fetch = async (input, init) =>
      String(input).startsWith(`http://${stage.device.address}/`)
        ? new Response('', { headers: { server: 'Tasmota/14.1.0 (ESP8266EX)' } })
        : real(input, init);
    const engine = stage.engine();
    await makeReady(stage, engine);
    engine.flash(yes(stage.run()));
    await engine.settled();
    const before = outcomeIn(stage.run());
    expect(before).toMatchObject({ kind: 'flashed', mayDownload: false });
    report = { kind: 'failed', error: 409 };
    engine.reported();
    await engine.settled();
    expect(outcomeIn(stage.run())).toEqual(before);
  });

  it('of a refusal of the order counts where nothing was thought to have changed', async () => {
    const faults = [{ kind: 'error', on: 'ota_flash', number: 422 }] as const;
    const { before, after } = await ended(faults, { kind: 'failed', error: 410 });
    expect(before.leaves).toBe('as-it-was');
    expect(after).toMatchObject({ kind: 'do-not-restart', leaves: 'in-doubt' });
  });
});
