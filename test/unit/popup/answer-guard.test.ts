import { describe, expect, it } from 'vitest';
import { type Answer, createAnswerGuard } from '../../../popup/answer-guard.ts';

/** A guard whose question comes at 5,000 ms on a clock that the test sets. */
function setGuard() {
  let time = 5_000;
  const guard = createAnswerGuard(() => time);
  const click = (answer: Answer, detail = 1, timeStamp = time) => guard.takes(answer, { detail, timeStamp });
  return {
    guard,
    click,
    wait: (ms: number) => {
      time += ms;
    },
  };
}

describe('the guard of a question', () => {
  it('takes no yes for a second, and then takes it', () => {
    const { click, wait, guard } = setGuard();
    expect(guard.restLeft('yes')).toBe(1_000);
    expect(click('yes')).toBe(false);
    wait(150);
    expect(click('yes')).toBe(false);
    wait(849);
    expect(click('yes')).toBe(false);
    expect(guard.restLeft('yes')).toBe(1);
    wait(1);
    expect(guard.restLeft('yes')).toBe(0);
    expect(click('yes')).toBe(true);
  });

  it('takes no “no” before a double click is over', () => {
    const { click, wait } = setGuard();
    wait(499);
    expect(click('no')).toBe(false);
    wait(1);
    expect(click('no')).toBe(true);
  });

  it('takes no click that the browser counts as one of several, however late', () => {
    const { click, wait } = setGuard();
    wait(60_000);
    for (const detail of [2, 3]) {
      expect(click('yes', detail)).toBe(false);
      expect(click('no', detail)).toBe(false);
    }
    // What a keyboard or a screen reader presses is counted as none.
    expect(click('yes', 0)).toBe(true);
  });

  it('goes by when the click was made, not by when a busy page came to it', () => {
    const { click, wait } = setGuard();
    wait(3_000);
    expect(click('yes', 1, 5_150)).toBe(false);
    expect(click('yes', 1, 6_000)).toBe(true);
  });

  it('is not deceived by a click that claims to come from later', () => {
    const { click } = setGuard();
    expect(click('yes', 1, 99_000)).toBe(false);
  });

  it('takes one answer only', () => {
    const { click, wait } = setGuard();
    wait(2_000);
    expect(click('yes')).toBe(true);
    expect(click('yes')).toBe(false);
    expect(click('no')).toBe(false);
  });

  it.each(['Enter', ' '])('takes “%s” when it is pressed, not when it is held', (key) => {
    const { guard } = setGuard();
    // Held since before: it goes on, and comes up here.
    expect(guard.takesKeyDown({ key, repeat: true })).toBe(false);
    expect(guard.takesKeyUp({ key })).toBe(false);
    expect(guard.takesKeyDown({ key, repeat: false })).toBe(true);
    expect(guard.takesKeyDown({ key, repeat: true })).toBe(false);
    expect(guard.takesKeyUp({ key })).toBe(true);
    expect(guard.takesKeyUp({ key })).toBe(false);
  });

  it('leaves every other key alone', () => {
    const { guard } = setGuard();
    for (const key of ['Tab', 'ArrowDown', 'Escape', 'a']) {
      expect(guard.takesKeyDown({ key, repeat: true })).toBe(true);
      expect(guard.takesKeyUp({ key })).toBe(true);
    }
  });
});
