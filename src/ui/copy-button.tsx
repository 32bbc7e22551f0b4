import { useSignal } from '@preact/signals';
import { type Text, text } from '../core/text.ts';
import { said } from './said.tsx';

const copiedText = {
  done: text('ui_copied', 'Copied.'),
  refused: text('ui_copy_refused', 'The browser refused. Select the text and copy it by hand.'),
} as const;

/** A button that puts `text` on the clipboard and says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const copied = useSignal<Text | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = copiedText.done;
    } catch {
      copied.value = copiedText.refused;
    }
  };
  return (
    <span class="row">
      <button type="button" class="link" onClick={copy}>
        {label}
      </button>
      <span role="status" class="hint">
        {copied.value !== null && said(copied.value)}
      </span>
    </span>
  );
}
