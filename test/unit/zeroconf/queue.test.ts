import { describe, expect, it } from 'vitest';
import { createDeviceQueue } from '../../../src/zeroconf/client/queue.ts';
import { createHeldClock } from './held-clock.ts';

const never = new AbortController().signal;

function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

describe('createDeviceQueue', () => {
  it('lets one at a time speak, in order, 200 ms apart', async () => {
    const clock = createHeldClock();
    const queue = createDeviceQueue(clock);
    const times: number[] = [];
    const task = async () => {
      times.push(clock.now());
      await Promise.resolve();
      clock.pass(50);
      times.push(clock.now());
    };
    await Promise.all([
      queue.run('a', never, task),
      queue.run('a', never, task),
      queue.run('a', never, task),
    ]);
    const start = times[0] ?? 0;
    expect(times.map((time) => time - start)).toEqual([0, 50, 250, 300, 500, 550]);
  });

  it('waits only for what is left of the pause', async () => {
    const clock = createHeldClock();
    const queue = createDeviceQueue(clock);
    await queue.run('a', never, async () => {});
    clock.pass(150);
    await queue.run('a', never, async () => {});
    clock.pass(200);
    await queue.run('a', never, async () => {});
    expect(clock.slept).toEqual([50]);
  });

  it('does not wait for hours when the clock is set back', async () => {
    const clock = createHeldClock();
    const queue = createDeviceQueue(clock);
    await queue.run('a', never, async () => {});
    clock.set(-3_600_000);
    await queue.run('a', never, async () => {});
    expect(clock.slept).toEqual([200]);
  });

  it('keeps hosts apart', async () => {
    const queue = createDeviceQueue(createHeldClock());
    const { passed, open } = gate();
    const first = queue.run('a', never, () => passed);
    await queue.run('b', never, async () => {});
    open();
    await first;
  });

  it('goes on after a task that throws', async () => {
    const queue = createDeviceQueue(createHeldClock());
    await expect(queue.run('a', never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run('a', never, async () => 7)).toBe(7);
  });

  it('lets a cancelled one go at once, and nobody overtake the one before it', async () => {
    const clock = createHeldClock();
    const queue = createDeviceQueue(clock);
    const { passed, open } = gate();
    const order: string[] = [];
    const first = queue.run('a', never, async () => {
      await passed;
      order.push('first');
    });
    const controller = new AbortController();
    const second = queue.run('a', controller.signal, async () => order.push('second'));
    const third = queue.run('a', never, async () => order.push('third'));
    controller.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    expect(order).toEqual([]);
    open();
    await Promise.all([first, third]);
    expect(order).toEqual(['first', 'third']);
    expect(clock.slept).toEqual([200]);
  });

  it('does not run what is cancelled just as its pause ends', async () => {
    const controller = new AbortController();
    const queue = createDeviceQueue({
      now: () => 0,
      elapsed: () => 0,
      sleep: async () => controller.abort(new Error('stopped')),
    });
    await queue.run('a', never, async () => {});
    let ran = false;
    const run = queue.run('a', controller.signal, async () => {
      ran = true;
    });
    await expect(run).rejects.toThrow('stopped');
    expect(ran).toBe(false);
  });

  it('does not run what was cancelled before', async () => {
    const queue = createDeviceQueue(createHeldClock());
    let ran = false;
    const run = queue.run('a', AbortSignal.abort(new Error('stopped')), async () => {
      ran = true;
    });
    await expect(run).rejects.toThrow('stopped');
    expect(ran).toBe(false);
    await queue.run('a', never, async () => {});
  });
});
