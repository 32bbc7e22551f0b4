/** What was stored, but could not be read. */
export interface Damage {
  readonly run: boolean;
  readonly typed: boolean;
  readonly settings: boolean;
}

const sentences: Readonly<Record<keyof Damage, string>> = {
  run: 'What is known of the last device could not be read. If it was being flashed, do not cut its power: it may still be downloading. Wait three minutes. Then press Info.',
  typed: 'What you typed last could not be read. Look at the fields before you go on.',
  settings: 'Some of your settings could not be read. Open Options to see which.',
};

/** Says what could not be read. */
export function DamageNote({ damage }: { readonly damage: Damage }) {
  const parts = (['run', 'typed', 'settings'] as const).filter((part) => damage[part]);
  if (parts.length === 0) return null;
  return (
    <div class="note warn damage" role="alert">
      {parts.map((part) => (
        <p key={part}>{sentences[part]}</p>
      ))}
    </div>
  );
}
