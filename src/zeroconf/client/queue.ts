import type { Clock } from '../../core/clock.ts';
import { waitUnlessAborted } from '../../core/wait.ts';

/** Lets one task at a time speak with each host, with a pause between one and the next. */
export interface DeviceQueue {
  /**
   * Runs `task` when its turn has come. Rejects with the signal's reason, without running it, when `signal` is
   * aborted before. Once running, the task looks after the signal itself.
   */
  run<Value>(host: string, signal: AbortSignal, task: () => Promise<Value>): Promise<Value>;
}

/** Milliseconds between the end of one request and the start of the next (protocol v1.4 and v2.0: at least 200). */
export const spacing = 200;

/** A queue on `clock`. Clients that share it never speak with the same device at the same time. */
export function createDeviceQueue(clock: Clock): DeviceQueue {
  /** By host: resolves, when the last one in line is done, to the time when a task last ended. */
  const lines = new Map<string, Promise<number>>();

  return {
    async run(host, signal, task) {
      const before = lines.get(host) ?? Promise.resolve(Number.NEGATIVE_INFINITY);
      const turn = deferred<number>();
      lines.set(host, turn.promise);
      let started = false;
      try {
        const ended = await waitUnlessAborted(before, signal);
        if (ended.kind !== 'done') throw signal.reason;
        const pause = ended.value + spacing - clock.elapsed();
        if (pause > 0) await clock.sleep(pause, signal);
        signal.throwIfAborted();
        started = true;
        return await task();
      } finally {
        if (started) turn.resolve(clock.elapsed());
        else void before.then(turn.resolve);
      }
    },
  };
}

function deferred<Value>() {
  let settle: (value: Value) => void = () => {};
  const promise = new Promise<Value>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value: Value) => settle(value) };
}
