/** A wish to end, and the status that goes with it: 128 and the signal's number, as shells have it. */
export interface Interruption {
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP';
  readonly status: number;
}

const statuses = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** npm passes Ctrl-C on to a program that the terminal has told already; within this time it is the same one. */
const sameMs = 400;

/** Calls `heard` for Ctrl-C, `kill` and a closed window, each once. Returns what ends the listening. */
export function onInterruption(heard: (interruption: Interruption) => void): () => void {
  let last = Number.NEGATIVE_INFINITY;
  const listener = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' && signal !== 'SIGTERM' && signal !== 'SIGHUP') return;
    const now = performance.now();
    const isSame = now - last < sameMs;
    last = now;
    if (!isSame) heard({ signal, status: statuses[signal] });
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}
