import { text } from '../src/core/text.ts';
import { ImageCard } from '../src/ui/image-card.tsx';
import { MirrorAnswers } from '../src/ui/mirror-answers.tsx';
import { said } from '../src/ui/said.tsx';
import type { Store } from './store.ts';

/** What the file is, and what the mirror answered when it was asked as the device will ask. */
export function FirmwareDetails({ store }: { readonly store: Store }) {
  const { image, mirror } = store.source.value;
  return (
    <>
      {image.state === 'done' && <ImageCard report={image.value.report} />}
      {mirror.state === 'done' && (
        <div class="stack">
          <h3>{said(text('popup_mirror', 'Mirror'))}</h3>
          <MirrorAnswers
            report={mirror.value}
            withWay={false}
            label={said(text('popup_mirror_checks', 'Checks on the mirror'))}
          />
        </div>
      )}
    </>
  );
}
