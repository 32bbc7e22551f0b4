import { describe, expect, it } from 'vitest';
import { createNextGuard, nextRest } from '../../../popup/next-guard.ts';

function guardAt(start: number) {
  let now = start;
  const guard = createNextGuard(() => now);
  return {
    guard,
    pass: (ms: number) => {
      now += ms;
    },
    click: (detail = 1, timeStamp = now) => guard.takes({ detail, timeStamp }),
  };
}

describe('a button that newly lies where another one was', () => {
  it('rests for its first 300 ms', () => {
    const { guard, pass, click } = guardAt(1_000);
    expect(guard.restLeft()).toBe(nextRest);
    expect(click()).toBe(false);
    pass(299);
    expect(guard.restLeft()).toBe(1);
    expect(click()).toBe(false);
    pass(1);
    expect(guard.restLeft()).toBe(0);
    expect(click()).toBe(true);
  });

  it('takes no second click of a double click, however late', () => {
    const { pass, click } = guardAt(0);
    pass(5_000);
    expect(click(2)).toBe(false);
    expect(click(3)).toBe(false);
    expect(click(1)).toBe(true);
  });

  it('takes a key, which has no count', () => {
    const { pass, click } = guardAt(0);
    pass(400);
    expect(click(0)).toBe(true);
  });

  it('counts the moment of the press, not that of its arrival in a busy page', () => {
    const { pass, click } = guardAt(1_000);
    pass(900);
    expect(click(1, 1_100)).toBe(false);
    expect(click(1, 1_900)).toBe(true);
  });
});
