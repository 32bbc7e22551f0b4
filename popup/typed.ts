import { signal } from '@preact/signals';
import type { Draft } from '../src/browser/draft.ts';
import { onDraftChange, readDraft, writeDraft } from '../src/browser/draft-store.ts';

/** What was typed into the fields, kept for the next view and shared with those that are open. */
export interface Typed {
  /** As a signal's: whoever reads it is told of changes. */
  readonly value: Partial<Draft>;
  /** Whether some of what was stored could not be read. */
  readonly damaged: boolean;
  edit(part: Partial<Draft>): void;
}

/** Reads what was typed before, and keeps it up to date from then on. */
export async function followTyped(): Promise<Typed> {
  const self = crypto.randomUUID();
  const typed = signal<Partial<Draft>>({});
  // First, so that nothing is lost that is typed elsewhere while this is being read.
  onDraftChange(self, (part) => {
    typed.value = { ...typed.value, ...part };
  });
  const stored = await readDraft();
  typed.value = { ...stored.typed, ...typed.value };
  return {
    get value() {
      return typed.value;
    },
    damaged: stored.damaged,
    edit(part) {
      typed.value = { ...typed.value, ...part };
      void writeDraft(part, self);
    },
  };
}
