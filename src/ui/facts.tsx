import type { ComponentChildren } from 'preact';

/** Names and values side by side. */
export function Facts({
  facts,
  label,
}: {
  readonly facts: readonly (readonly [name: string, value: ComponentChildren])[];
  readonly label: string;
}) {
  return (
    <dl class="facts" aria-label={label}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
