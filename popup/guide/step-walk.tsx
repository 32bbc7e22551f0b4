import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Clock } from '../../src/core/clock.ts';
import { text } from '../../src/core/text.ts';
import type { Action, Step } from '../../src/pairing/step.ts';
import { troubles } from '../../src/pairing/troubles.ts';
import { CopyButton } from '../../src/ui/copy-button.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import { Countdown } from './countdown.tsx';
import styles from './guide.module.css';
import { Led } from './led.tsx';
import { hashOf } from './route.ts';
import { Sources } from './sources.tsx';

/** The place of the step `id` among `steps`; the first where there is none of that id. */
export function stepIndex(steps: readonly Step[], id: string | null): number {
  return Math.max(
    0,
    steps.findIndex((step) => step.id === id),
  );
}

/** One step of `steps` at a time, with a way to the one before and the one after. */
export function StepWalk({
  steps,
  current,
  addressOf,
  clock,
  extra,
}: {
  readonly steps: readonly Step[];
  /** The id of the step to be shown. */
  readonly current: string | null;
  /** Where a step is to be found in the guide. */
  readonly addressOf: (id: string) => string;
  readonly clock: Clock;
  /** What else belongs to a step, by its id. */
  readonly extra?: (id: string) => ComponentChildren;
}) {
  const index = stepIndex(steps, current);
  const step = steps[index];
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step?.id);
  useEffect(() => {
    if (shown.current === step?.id) return;
    shown.current = step?.id;
    title.current?.focus();
  }, [step?.id]);
  const before = steps[index - 1];
  const after = steps[index + 1];
  // Before the next key can be pressed, else it would be counted from the step before.
  useLayoutEffect(() => {
    const turn = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isField(event.target)) return;
      const to = event.key === 'ArrowRight' ? after : event.key === 'ArrowLeft' ? before : undefined;
      if (to !== undefined) location.hash = addressOf(to.id);
    };
    addEventListener('keydown', turn);
    return () => removeEventListener('keydown', turn);
  }, [before, after, addressOf]);
  if (step === undefined) return null;
  return (
    <article class="card" aria-labelledby="step-title">
      <p class="hint">
        <Said
          text={text('guide_step', 'Step {number} of {total}', { number: index + 1, total: steps.length })}
        />
      </p>
      <h3 id="step-title" tabIndex={-1} ref={title}>
        <Said text={step.title} />
      </h3>
      <ol class={styles.actions}>
        {step.actions.map((action) => (
          <ActionItem key={`${step.id} ${action.says.id}`} action={action} clock={clock} />
        ))}
      </ol>
      {step.notes.length > 0 && (
        <ul class={`${styles.dots} hint`}>
          {step.notes.map((note) => (
            <li key={note.id}>
              <Said text={note} />
            </li>
          ))}
        </ul>
      )}
      {extra?.(step.id)}
      <StepTroubles ids={step.troubles} />
      <Sources sources={step.sources} />
      <nav class={styles.turn} aria-label={said(text('guide_steps', 'Steps'))}>
        {before === undefined ? (
          <span />
        ) : (
          <a class={styles.button} href={addressOf(before.id)}>
            <Said text={text('guide_previous', 'Previous')} />
          </a>
        )}
        {after !== undefined && (
          <a class={`${styles.button} ${styles.next}`} href={addressOf(after.id)}>
            <Said text={text('guide_next', 'Next')} />
          </a>
        )}
      </nav>
    </article>
  );
}

function ActionItem({ action, clock }: { readonly action: Action; readonly clock: Clock }) {
  return (
    <li>
      <p>
        <Said text={action.says} />
      </p>
      {action.copy !== undefined && (
        <CopyButton
          text={action.copy}
          label={said(text('guide_copy', 'Copy {what}', { what: action.copy }))}
        />
      )}
      {action.led !== undefined && <Led pattern={action.led} />}
      {action.lasts !== undefined && <Countdown lasts={action.lasts} clock={clock} />}
    </li>
  );
}

function StepTroubles({ ids }: { readonly ids: readonly string[] }) {
  const rows = troubles.filter(({ id }) => ids.includes(id));
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>
        <Said text={text('guide_trouble_here', 'It does not work')} />
      </summary>
      <ul class={styles.dots}>
        {rows.map(({ id, symptom }) => (
          <li key={id}>
            <a href={hashOf('troubles', id)}>
              <Said text={symptom} />
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Whether the arrow keys mean something else there. */
function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea') !== null;
}
