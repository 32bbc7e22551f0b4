import { useSignal } from '@preact/signals';
import { type Text, text } from '../src/core/text.ts';
import { createDigest } from '../src/firmware/digest.ts';
import { examine, type ImageReport } from '../src/firmware/report.ts';
import { ImageCard } from '../src/ui/image-card.tsx';
import { said } from '../src/ui/said.tsx';
import { DropFile } from './drop-file.tsx';

/** Longest file that is read at all, in bytes; far above what any device takes, far below what hurts. */
const readable = 16 * 1024 * 1024;

type State = { readonly report: ImageReport } | { readonly trouble: Text } | null;

/**
 * The same verdict for a file of one's own. It is looked at in this page and goes nowhere, which is why a view
 * uses the pure image code here. Only in a tab: a popup closes when the file dialog opens.
 */
export function LocalFile() {
  const state = useSignal<State>(null);

  const look = async (file: File | undefined) => {
    if (file === undefined) return;
    state.value = await reportOn(file);
  };

  return (
    <DropFile
      id="local-file"
      legend={text('popup_local_file', 'A file of your own')}
      label={text('popup_check_file', 'Check a file of your own')}
      take={look}
    >
      <p class="hint">
        {said(
          text(
            'popup_drop_file',
            'Choose it or drop it here. It stays on this computer and is not flashed from here.',
          ),
        )}
      </p>
      {state.value !== null &&
        ('report' in state.value ? (
          <ImageCard report={state.value.report} />
        ) : (
          <p class="note bad" role="alert">
            {said(state.value.trouble)}
          </p>
        ))}
    </DropFile>
  );
}

async function reportOn(file: File): Promise<State> {
  const { name } = file;
  if (file.size > readable)
    return {
      trouble: text('popup_file_too_large', '{name} is far too large to be firmware for this device.', {
        name,
      }),
    };
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const digest = await createDigest();
    digest.update(bytes);
    return { report: examine(bytes, { digest: digest.hex(), name }) };
  } catch {
    return {
      trouble: text('popup_file_unreadable', '{name} could not be read. Choose it once more.', { name }),
    };
  }
}
