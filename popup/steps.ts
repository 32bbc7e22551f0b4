import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { isFlashing } from '../src/flash/run/device-run.ts';
import { isOver, presentStep, type StepName } from './present-step.ts';
import type { Store } from './store.ts';
import { typedOtherwise } from './typed-otherwise.ts';

/** Which step is present, and which one stands open. */
export interface Steps {
  readonly present: ReadonlySignal<StepName>;
  readonly open: ReadonlySignal<StepName>;
  /** Opens a step that is not the present one. */
  reopen(step: StepName): void;
  /** Keeps the open step where it is: a person is about to type there. */
  keep(): void;
  /** Back to the present step. */
  follow(): void;
}

/** Steps that follow what is known, until a person opens another one. */
export function createSteps(store: Store): Steps {
  const reopened = signal<StepName | null>(null);
  const kept = signal<StepName | null>(null);
  const present = computed<StepName>(() => {
    const step = presentStep(store.run.value, store.source.value, store.preflight.value);
    const { flash } = store.run.value;
    if (isFlashing(flash) || isOver(flash))
      return store.untouched.value && !isFlashing(flash) ? 'device' : step;
    const otherwise = typedOtherwise(store);
    if (otherwise === null || step === 'device') return step;
    return otherwise.step === 'device' || step === 'flash' ? otherwise.step : step;
  });
  // What a person has opened stays open while the background goes on, but not when a flash begins or ends.
  const news = computed(() => {
    const { flash } = store.run.value;
    return isFlashing(flash) ? 'flashing' : flash.stage;
  });
  effect(() => {
    void news.value;
    reopened.value = null;
    kept.value = null;
  });
  const open = computed(() => kept.value ?? reopened.value ?? present.value);
  return {
    present,
    open,
    reopen(step) {
      reopened.value = step === present.value ? null : step;
      kept.value = null;
    },
    keep() {
      kept.value = open.value;
    },
    follow() {
      reopened.value = null;
      kept.value = null;
    },
  };
}
