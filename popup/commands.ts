import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Command, noReply, send } from '../src/browser/messages.ts';
import type { Text } from '../src/core/text.ts';

/** What a page asks of the background, and why the last thing was not taken up; null when it was. */
export interface Commands {
  readonly refusal: ReadonlySignal<Text | null>;
  command(wanted: Command): void;
}

/** Sends commands to the background. */
export function createCommands(): Commands {
  const refusal: Signal<Text | null> = signal(null);
  async function command(wanted: Command) {
    try {
      const reply = await send(wanted);
      refusal.value = reply.accepted ? null : reply.reason;
    } catch {
      refusal.value = noReply;
    }
  }
  return { refusal, command: (wanted) => void command(wanted) };
}

/**
 * How often a background with work to do is looked after, in milliseconds: one that the browser stopped in
 * the middle of it starts again and goes on.
 */
const wakeInterval = 10_000;

/** Wakes the background, and again and again as long as the page is open and there `isWork`. */
export function keepAtWork(isWork: () => boolean): void {
  const wake = () => send({ command: 'wake' }).catch(() => {});
  void wake();
  setInterval(() => {
    if (isWork()) void wake();
  }, wakeInterval);
}
