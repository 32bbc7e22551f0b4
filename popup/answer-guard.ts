/**
 * How long each answer rests after its question has come, in milliseconds: a second click of the hand that
 * opened the question comes sooner, and nobody has read it by then. What answers "no" need only outlast a
 * double click (500 ms on every system that has not been told otherwise).
 */
export const rest = { yes: 1_000, no: 500 } as const;

export type Answer = keyof typeof rest;

/** What of a click tells whose it is: how many times in a row it came, and when, as `performance.now()` counts. */
export interface ClickSigns {
  readonly detail: number;
  readonly timeStamp: number;
}

/** What of a key tells whether it was pressed for this question. */
export interface KeySigns {
  readonly key: string;
  readonly repeat: boolean;
}

/** Lets only those answers through that were meant for the question. */
export interface AnswerGuard {
  /** How much longer `answer` rests, in milliseconds; 0 when it may be pressed. */
  restLeft(answer: Answer): number;
  /** Whether a click on `answer` counts. The first that does is the last. */
  takes(answer: Answer, click: ClickSigns): boolean;
  /** Whether a key that goes down may do what it usually does. */
  takesKeyDown(key: KeySigns): boolean;
  /** Whether a key that comes up may do what it usually does. */
  takesKeyUp(key: Pick<KeySigns, 'key'>): boolean;
}

const pressing = ['Enter', ' '];

/** A guard for a question that has come now. `now` is a clock that nobody sets, such as `performance.now`. */
export function createAnswerGuard(now: () => number): AnswerGuard {
  const opened = now();
  const ownKeys = new Set<string>();
  let answered = false;
  return {
    restLeft: (answer) => Math.max(0, opened + rest[answer] - now()),
    takes(answer, { detail, timeStamp }) {
      // The time of the press itself: a page that was busy gets it late, when the rest seems to be over.
      const isEarly = Math.min(timeStamp, now()) < opened + rest[answer];
      if (answered || detail > 1 || isEarly) return false;
      answered = true;
      return true;
    },
    takesKeyDown({ key, repeat }) {
      if (!pressing.includes(key)) return true;
      if (repeat) return false;
      ownKeys.add(key);
      return true;
    },
    // A button takes Space when it comes up, wherever it went down.
    takesKeyUp: ({ key }) => !pressing.includes(key) || ownKeys.delete(key),
  };
}
