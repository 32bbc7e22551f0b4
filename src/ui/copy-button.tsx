import { useSignal } from '@preact/signals';

/** A button that puts `text` on the clipboard and says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const copied = useSignal<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = 'Copied.';
    } catch {
      copied.value = 'The browser refused. Select the text and copy it by hand.';
    }
  };
  return (
    <span class="row">
      <button type="button" class="link" onClick={copy}>
        {label}
      </button>
      <span role="status" class="hint">
        {copied.value}
      </span>
    </span>
  );
}
