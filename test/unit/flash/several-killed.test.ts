import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/flash/engine.ts';
import { readStoredState } from '../../../src/flash/run/stored-state.ts';
import { unfinishedFlashOf } from '../../../src/flash/run/unfinished-flash.ts';
import { emptyState, type FlashState, isUnderWay } from '../../../src/flash/state.ts';
import type { RunEnvironment } from '../../../src/flash/tasks/run-environment.ts';
import { counts, ids, linesOf, makeReady, setHouse, yesForAll } from './house.ts';
import { mortal } from './mortal.ts';
import { inWords } from './stage.ts';

describe('a background that is stopped', () => {
  /** A house whose background dies at its `count`-th write or request after the yes. */
  async function dieAt(at: 'write' | 'request', count: number) {
    const house = await setHouse(ids(3));
    await makeReady(house);
    const ready = house.state();
    const all = yesForAll(house);
    const death = { at, count, done: count % 2 === 0 };
    const { environment, dead } = mortal<FlashState, RunEnvironment>(house.environment, death);
    const first = createEngine(environment, ready);
    expect(first.several.flash(all, true)).toBeNull();
    const wasKilled = (await Promise.race([first.settled(), dead])) === 'dead';
    return { ...house, all, wasKilled, left: house.state() };
  }

  it.each([
    ['write', 1],
    ['write', 2],
    ['write', 5],
    ['write', 12],
    ['write', 17],
    ['request', 3],
    ['request', 12],
    ['request', 25],
    ['request', 30],
  ] as const)('at its %s %i goes on with the list, and asks no device twice', async (at, count) => {
    const { environment, devices, wasKilled, left, state } = await dieAt(at, count);
    expect(wasKilled).toBe(true);
    const next = createEngine(environment, structuredClone(left));
    await next.settled();
    expect(isUnderWay(state())).toBe(false);
    for (const [n, device] of devices.entries()) {
      expect(device.otaFlashCount).toBeLessThanOrEqual(1);
      const progress = state().list?.lines[n]?.progress;
      const leaves = progress?.state === 'ended' ? progress.outcome.leaves : 'as-it-was';
      // Stopped between the note of it and the request itself, nobody knows whether the request has left.
      if (leaves === 'as-it-was') expect(device.otaFlashCount).toBe(0);
      if (leaves === 'new-firmware') expect(device.became.state).toBe('tasmota');
    }
  });

  it('with its browser begins no other line without another yes', async () => {
    const { engine, devices, state, all } = await (async () => {
      const house = await dieAt('request', 15);
      const record = structuredClone(unfinishedFlashOf(house.left)) ?? undefined;
      const { state: restored, damaged } = readStoredState(undefined, record);
      expect(damaged).toBe(false);
      return { ...house, engine: createEngine(house.environment, restored) };
    })();
    await engine.settled();
    const before = counts(devices);
    expect(before.at(-1)).toBe(0);
    expect(linesOf(state()).at(-1)).toContain('the browser was closed');
    expect(isUnderWay(state())).toBe(false);
    expect(unfinishedFlashOf(state())?.list).toBeUndefined();
    // What was confirmed then is a yes no more: nothing is known of the device.
    expect(inWords(engine.several.flash(all.slice(2), true))).toContain('check stands against');
    expect(counts(devices)).toEqual(before);
    expect(readStoredState({ ...emptyState, list: { lines: 'x' } }, undefined)).toMatchObject({
      damaged: true,
      state: { list: null },
    });
  });
});
