import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { text } from '../core/text.ts';
import { said } from './said.tsx';

/** Time since `since` (milliseconds since the epoch), counting up: "1 min 5 s". */
export function Elapsed({ since }: { readonly since: number }) {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 500);
    return () => clearInterval(timer);
  }, [now]);
  // A timer is not read out whenever it changes.
  return <time role="timer">{durationText(now.value - since)}</time>;
}

/** A duration in milliseconds as minutes and seconds. */
function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return said(
    seconds < 60
      ? text('ui_seconds', '{seconds} s', { seconds })
      : text('ui_minutes', '{minutes} min {seconds} s', {
          minutes: Math.floor(seconds / 60),
          seconds: seconds % 60,
        }),
  );
}
