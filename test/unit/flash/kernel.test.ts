import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { busyFlashing } from '../../../src/flash/run/sentences.ts';
import { emptyState } from '../../../src/flash/state.ts';
import { createDeviceAccess } from '../../../src/flash/tasks/device-access.ts';
import { createKeptState } from '../../../src/flash/tasks/kept-state.ts';
import { createKeyedTasks } from '../../../src/flash/tasks/keyed-tasks.ts';
import { createStateContext } from '../../../src/flash/tasks/run-context.ts';
import { asked, setEnvironment } from './drawn.ts';

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a kept state', () => {
  it('is written once for one breath, in order, and never twice at a time', async () => {
    const saved: number[] = [];
    let writing = 0;
    const kept = createKeptState(0, async (state) => {
      writing += 1;
      expect(writing).toBe(1);
      await breath();
      saved.push(state);
      writing -= 1;
    });
    for (const state of [1, 2, 3]) kept.set(state);
    await Promise.resolve();
    await Promise.resolve();
    for (const state of [4, 5]) kept.set(state);
    expect(kept.get()).toBe(5);
    await kept.written();
    expect(saved).toEqual([3, 5]);
  });

  it('says to whoever waits for it that it could not be written, and is written with the next change', async () => {
    const saved: number[] = [];
    let isFull = true;
    const kept = createKeptState(0, async (state) => {
      if (isFull) throw new Error('full');
      saved.push(state);
    });
    kept.set(1);
    await expect(kept.written()).rejects.toThrow('full');
    isFull = false;
    await kept.written();
    kept.set(2);
    await kept.written();
    expect(saved).toEqual([1, 2]);
  });
});

describe('the context of a run', () => {
  const run = asked('192.168.1.4');
  const working = { state: 'working', since: 0, progress: null } as const;

  it('that has been forgotten brings nothing of it back, and still knows what it was', () => {
    const context = createStateContext(setEnvironment().environment, { ...emptyState, runs: [run] });
    const own = context.runContext(run);
    own.change({ unlock: working });
    expect(own.run().unlock).toEqual(working);
    context.change({ runs: [] });
    own.change({ unlock: { state: 'idle' } });
    own.note({ kind: 'progress', at: 0, says: { id: 'test_said' } });
    expect(context.state().runs).toEqual([]);
    expect(own.run()).toEqual({ ...run, unlock: working });
  });

  it('changes no other device’s run', () => {
    const other = asked('192.168.1.5', { deviceid: '1000bbbbbb' });
    const context = createStateContext(setEnvironment().environment, { ...emptyState, runs: [run, other] });
    const own = context.runContext(run);
    own.change({ unlock: working });
    expect(own.others()).toEqual([other]);
    own.changeOthers((one) => ({ ...one, typedId: '1' }));
    expect(context.state().runs).toEqual([
      { ...run, unlock: working },
      { ...other, typedId: '1' },
    ]);
  });
});

describe('the access to devices', () => {
  const device = (host: string, deviceid: string | null) => ({ address: { host }, deviceid });

  it.each([
    ['the same device elsewhere', device('192.168.1.9', '1000a1b2c3'), true],
    ['another id at the same address', device('192.168.1.4', '1000ffffff'), true],
    ['one without an id', device('192.168.1.9', null), true],
    ['another device', device('192.168.1.9', '1000ffffff'), false],
  ])('is reserved for %s: %s', (_, other, is) => {
    const access = createDeviceAccess(systemClock);
    const release = access.reserve(device('192.168.1.4', '1000a1b2c3'), busyFlashing);
    expect(access.whyReserved(other)).toBe(is ? busyFlashing : null);
    release();
    expect(access.whyReserved(other)).toBeNull();
  });
});

describe('keyed tasks', () => {
  const untilStopped = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  it('run one at a time for a key: the one that was replaced has no more to say', async () => {
    const tasks = createKeyedTasks();
    const said: unknown[] = [];
    const broke = (name: string) => (error: unknown, wasStopped: boolean) =>
      said.push([name, wasStopped, error instanceof Error && error.message]);
    tasks.begin('a', untilStopped, broke('first'));
    tasks.begin('b', untilStopped, broke('other'));
    tasks.begin('a', () => Promise.reject(new Error('fault')), broke('second'));
    await breath();
    expect(said).toEqual([['second', false, 'fault']]);
    tasks.stop('b');
    await tasks.settled();
    expect(said.slice(1)).toEqual([['other', true, expect.any(String)]]);
  });

  it('have settled only when what a fault has begun has settled, too', async () => {
    const tasks = createKeyedTasks();
    let ended = false;
    tasks.begin(
      'a',
      () => Promise.reject(new Error('fault')),
      () =>
        tasks.begin(
          'a',
          async () => {
            await breath();
            ended = true;
          },
          () => {},
        ),
    );
    await tasks.settled();
    expect(ended).toBe(true);
  });

  it('are all stopped at once', async () => {
    const tasks = createKeyedTasks();
    const stopped: boolean[] = [];
    for (const key of ['a', 'b']) tasks.begin(key, untilStopped, (_, wasStopped) => stopped.push(wasStopped));
    tasks.stopAll();
    await tasks.settled();
    expect(stopped).toEqual([true, true]);
  });
});
