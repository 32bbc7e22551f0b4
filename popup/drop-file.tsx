import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import styles from './lists.module.css';

/** A field for one firmware file, which can be chosen or dropped there. `take` gets undefined where none was chosen. */
export function DropFile({
  id,
  legend,
  label,
  description,
  disabled = false,
  take,
  children,
}: {
  readonly id: string;
  readonly legend: Text;
  readonly label: Text;
  readonly description?: Text;
  readonly disabled?: boolean;
  take(file: File | undefined): void;
  readonly children?: ComponentChildren;
}) {
  const over = useSignal(false);
  return (
    <fieldset
      class={over.value ? `${styles.drop} ${styles.over}` : styles.drop}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        if (!disabled) take(event.dataTransfer?.files[0]);
      }}
    >
      <legend class="visually-hidden">{said(legend)}</legend>
      <label for={id}>{said(label)}</label>
      <input
        id={id}
        type="file"
        accept=".bin,application/octet-stream"
        disabled={disabled}
        aria-description={description && said(description)}
        onChange={(event) => take(event.currentTarget.files?.[0])}
      />
      {children}
    </fieldset>
  );
}
