import type { ComponentChildren } from 'preact';

/** A labelled text field with what is wrong with it, or worth knowing, said beside it. */
export function Field({
  id,
  label,
  value,
  onText,
  error = null,
  warning = null,
  hint = null,
  placeholder = '',
  disabled = false,
  suggestions,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly error?: string | null;
  readonly warning?: string | null;
  readonly hint?: string | null;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** The id of a `datalist`. */
  readonly suggestions?: string;
  readonly children?: ComponentChildren;
}) {
  const about = `${id}-about`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        type="text"
        autocomplete="off"
        spellcheck={false}
        id={id}
        placeholder={placeholder}
        disabled={disabled}
        {...(suggestions === undefined ? {} : { list: suggestions })}
        value={value}
        aria-invalid={error !== null}
        aria-describedby={about}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <div
        id={about}
        class={error === null && warning === null && hint === null ? 'visually-hidden' : ''}
        aria-live="polite"
      >
        {error !== null && <p class="field-error">{error}</p>}
        {error === null && warning !== null && <p class="field-warning">{warning}</p>}
        {error === null && hint !== null && <p class="hint">{hint}</p>}
      </div>
      {children}
    </div>
  );
}
