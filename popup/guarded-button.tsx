import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { createNextGuard, type NextGuard } from './next-guard.ts';

const now = () => performance.now();

/**
 * A button in a place where others were before it. It stays the same element, so that it keeps the focus; what it
 * does changes with `deed`, and then it rests for a moment.
 */
export function GuardedButton({
  deed,
  label,
  class: className,
  enabled = true,
  form,
  press,
  children,
}: {
  /** What it does, in one word. */
  readonly deed: string;
  /** Its name, where what is written on it is not enough. */
  readonly label?: string | undefined;
  readonly class?: string | undefined;
  readonly enabled?: boolean;
  /** The form that it sends off, by its id; then `press` is the form's own affair. */
  readonly form?: string | undefined;
  readonly press?: (() => void) | undefined;
  readonly children: ComponentChildren;
}) {
  const guard = useRef<NextGuard | null>(null);
  const rested = useSignal('');

  // Before anybody can click it.
  useLayoutEffect(() => {
    const came = createNextGuard(now);
    guard.current = came;
    rested.value = '';
    const timer = setTimeout(() => {
      rested.value = deed;
    }, came.restLeft());
    return () => clearTimeout(timer);
  }, [deed, rested]);

  return (
    // Not `disabled`, which would lose the focus on the way from one step to the next.
    <button
      type={form === undefined ? 'button' : 'submit'}
      {...(form === undefined ? {} : { form })}
      class={className}
      aria-label={label}
      aria-disabled={!enabled || rested.value !== deed}
      data-resting={enabled && rested.value !== deed}
      onKeyDown={(event) => {
        if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
      }}
      onClick={(event) => {
        // What is typed may be newer than this button: whether a form can be sent is for the form to say.
        const isOff = form === undefined && !enabled;
        if (isOff || guard.current?.takes(event) !== true) event.preventDefault();
        else press?.();
      }}
    >
      {children}
    </button>
  );
}
