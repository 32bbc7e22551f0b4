import type { FirmwareSource } from '../src/flash/source/firmware-source.ts';
import { FailureNote } from '../src/ui/failure-note.tsx';
import { MirrorAnswers } from '../src/ui/mirror-answers.tsx';

/** What the mirror answered when it was asked as the device will ask. */
export function MirrorChecks({ mirror }: { readonly mirror: FirmwareSource['mirror'] }) {
  if (mirror.state === 'idle') return null;
  return (
    <div class="stack">
      <h3>Mirror</h3>
      {mirror.state === 'working' && <p role="status">Asking the mirror as the device will…</p>}
      {mirror.state === 'failed' && <FailureNote failure={mirror.failure} />}
      {mirror.state === 'done' && <MirrorAnswers report={mirror.value} label="Checks on the mirror" />}
    </div>
  );
}
