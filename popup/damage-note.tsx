import { type Text, text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';

/** What was stored, but could not be read. */
export interface Damage {
  readonly run: boolean;
  readonly typed: boolean;
  readonly settings: boolean;
}

const sentences: Readonly<Record<keyof Damage, Text>> = {
  run: text(
    'popup_damaged_run',
    'What is known of the last device could not be read. If it was being flashed, do not cut its power: it may still be downloading. Wait three minutes. Then press Info.',
  ),
  typed: text(
    'popup_damaged_typed',
    'What you typed last could not be read. Look at the fields before you go on.',
  ),
  settings: text(
    'popup_damaged_settings',
    'Some of your settings could not be read. Open Options to see which.',
  ),
};

/** Says what could not be read. */
export function DamageNote({ damage }: { readonly damage: Damage }) {
  const parts = (['run', 'typed', 'settings'] as const).filter((part) => damage[part]);
  if (parts.length === 0) return null;
  return (
    <div class="note warn" role="alert">
      {parts.map((part) => (
        <p key={part}>{said(sentences[part])}</p>
      ))}
    </div>
  );
}
