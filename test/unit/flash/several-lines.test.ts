import { describe, expect, it, vi } from 'vitest';
import {
  type Line,
  type LineProgress,
  longestFlashList,
  withWorse,
  withYes,
} from '../../../src/flash/several/flash-list.ts';
import { emptyState } from '../../../src/flash/state.ts';
import { soon } from '../soon.ts';
import { createHeldClock } from '../zeroconf/held-clock.ts';
import { asked, doubtOf, planAt, setStill, source } from './drawn.ts';
import { linesOf, yesFor } from './house.ts';
import { confirmation, inWords } from './stage.ts';

const [first, second] = ['192.168.1.4', '192.168.1.5'];
const secondId = '1000bbbbbb';
const two = { runs: [asked(first), asked(second, { deviceid: secondId })], shown: first, source };
const warned = yesFor({ ...emptyState, ...two }, first).confirmed;
const yes = [confirmation(planAt(first), warned), confirmation(planAt(second, secondId), warned)];

/** A list as it was left; its yes was given when the held clock begins. */
function listOf(...progresses: readonly LineProgress[]) {
  const lines = progresses.map(
    (progress, n): Line => ({ confirmation: yes[n] ?? expect.fail(), yesAt: 1, progress }),
  );
  return { yesAt: 1, stopAtBad: true, movedAt: 1_000_000, lines };
}
const waiting = { state: 'waiting' } as const;
const begun = { state: 'begun', at: 1_000_000 } as const;

describe('a list that an earlier background left', () => {
  it('begins nothing for a device of which nothing is known any more', async () => {
    const { engine, heard, state } = setStill({ source, list: listOf(waiting) });
    await engine.settled();
    expect(linesOf(state())[0]).toContain('check stands against');
    expect(heard).toEqual([]);
  });

  it('finds among the doubts what became of a line whose run is gone', async () => {
    const doubts = [doubtOf(planAt(second, secondId)), doubtOf(planAt(first))];
    const { engine, heard, state } = setStill({ doubts, list: listOf(begun) });
    await engine.settled();
    expect(state().list?.lines[0]?.progress).toMatchObject({ state: 'ended', at: doubts[1]?.at });
    expect(linesOf(state())).toEqual(['probably-flashed']);
    expect(heard).toEqual([]);
  });

  it('does not take the doubt about another flash for the end of a line', async () => {
    const doubts = [doubtOf({ ...planAt(first), digest: 'another' })];
    const { engine, state } = setStill({ doubts, list: listOf(begun) });
    await engine.settled();
    expect(linesOf(state())[0]).toContain('was stopped at this device');
  });
});

describe('a fault of ours', () => {
  it('before a line has begun leaves it and the rest alone', async () => {
    const clock = createHeldClock();
    const now = vi.fn(() => {
      throw new Error('no clock');
    });
    const { engine, heard, state } = setStill(
      { ...two, list: listOf(waiting, waiting) },
      { clock: { ...clock, now } },
    );
    await engine.settled();
    expect(now).toHaveBeenCalled();
    expect(linesOf(state())).toEqual(Array(2).fill(expect.stringContaining('The extension itself failed')));
    expect(heard).toEqual([]);
  });

  it('in a line that has begun ends that one, and begins no other', async () => {
    const clock = createHeldClock();
    let isBroken = false;
    const now = () => {
      if (isBroken) throw new Error('no clock');
      return clock.now();
    };
    const { engine, heard, state } = setStill(two, {
      clock: { ...clock, now },
      // The last time that anything is asked of the environment before the device is.
      mayReachDevice: async () => {
        isBroken = true;
        return true;
      },
    });
    expect(engine.several.flash(yes, false)).toBeNull();
    await engine.several.settled();
    expect(isBroken).toBe(true);
    expect(linesOf(state())).toEqual([
      expect.stringContaining('was stopped at this device'),
      expect.stringContaining('The extension itself failed'),
    ]);
    expect(heard).toEqual([]);
  });
});

describe('many devices', () => {
  it('are not asked when one address is none', async () => {
    const { engine, heard, state } = setStill({});
    expect(inWords(engine.several.info([first, 'no address']))).toContain('address');
    await engine.settled();
    expect(state().runs).toEqual([]);
    expect(heard).toEqual([]);
  });

  it('are asked but for those that are being asked or unlocked', async () => {
    const locked = asked(second, { otaUnlock: false });
    const { engine, heard } = setStill({ runs: [locked] });
    engine.info(first, '');
    engine.unlock(second);
    await soon(() => expect(heard).toHaveLength(2));
    const third = '192.168.1.6';
    expect(engine.several.info([first, second, third])).toBeNull();
    await soon(() => expect(heard).toHaveLength(3));
    expect(heard.at(-1)).toContain(third);
    expect(heard.filter((url) => url.endsWith('/ota_unlock'))).toHaveLength(1);
  });

  it('are not flashed while one is flashed by itself', async () => {
    const out = { stage: 'requested', plan: planAt(first), at: 5 } as const;
    const [one, other] = two.runs;
    const { engine, state } = setStill({
      ...two,
      runs: [{ ...(one ?? expect.fail()), flash: out }, other ?? expect.fail()],
    });
    expect(inWords(engine.several.flash(yes.slice(1), true))).toContain('under way');
    await soon(() => expect(state().runs[0]?.flash.stage).toBe('downloading'));
    expect(state().list).toBeNull();
  });

  it('are no more than fifty', async () => {
    const { engine, state } = setStill(two);
    const many = Array.from({ length: longestFlashList + 1 }, (_, n) => confirmation(planAt(`10.0.0.${n}`)));
    expect(inWords(engine.several.flash(many, true))).toContain('At most 50 devices');
    await engine.settled();
    expect(state().list).toBeNull();
  });

  it('without ids are not taken for one', async () => {
    const hosts = [first, second];
    const runs = hosts.map((host) => asked(host, { deviceid: undefined }));
    const { engine, state } = setStill({ runs, source });
    const all = hosts.map((host) => yesFor({ ...state(), runs, source }, host));
    expect(all.map(({ deviceid }) => deviceid)).toEqual([null, null]);
    expect(engine.several.flash(all, true)).toBeNull();
    await soon(() => expect(linesOf(state())).toEqual(['begun', 'waiting']));
  });

  it('that nobody has named are not stopped', async () => {
    const { engine, state } = setStill(two);
    expect(engine.several.stop()).toBeNull();
    await engine.settled();
    expect(state().list).toBeNull();
  });
});

describe('the lines that are kept', () => {
  const fifty = Array.from({ length: longestFlashList }, (_, n) => confirmation(planAt(`10.0.0.${n}`)));
  const earlier = listOf(waiting, waiting);

  it('are those of the last yes, and of earlier ones as many as there is room for', () => {
    const one = withYes(earlier, fifty, true, 5);
    expect(one.lines.map((line) => line.confirmation)).toEqual(fifty);
    const other = withYes(earlier, fifty.slice(1), true, 5);
    expect(other.lines.map((line) => line.confirmation)).toEqual([yes[1], ...fifty.slice(1)]);
  });

  it('stay as they are when a report is about a flash that is not among them', () => {
    const ended = { state: 'ended', at: 5, outcome: doubtOf(planAt(first)).outcome } as const;
    const worse = { ...ended.outcome, kind: 'do-not-restart' } as const;
    const list = listOf(ended, waiting);
    expect(withWorse(list, first, 6, worse)).toBe(list);
    expect(withWorse(list, second, 5, worse)).toBe(list);
    expect(withWorse(list, first, 5, worse).lines[0]?.progress).toMatchObject({ outcome: worse });
  });
});
