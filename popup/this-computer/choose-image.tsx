import { useSignal } from '@preact/signals';
import type { Command } from '../../src/browser/messages.ts';
import { pageUrl } from '../../src/browser/pages.ts';
import { requestMirror, requestReleaseFiles } from '../../src/browser/permissions.ts';
import { type Text, text } from '../../src/core/text.ts';
import { maxHandedOverBytes } from '../../src/native-messages/limits.ts';
import { toBase64 } from '../../src/native-messages/pieces.ts';
import { MoreAbout } from '../../src/ui/more-about.tsx';
import { Said } from '../../src/ui/said.tsx';
import { DropFile } from '../drop-file.tsx';
import type { ThisComputerProps } from './this-computer-props.ts';

/** Where the image comes from that this computer is to serve, and which one it serves. */
export function ChooseImage({
  state: { handingOver, served },
  inTab,
  device,
  fetched,
  locked,
  ask,
}: ThisComputerProps & { ask(command: Command): void }) {
  const trouble = useSignal<Text | null>(null);
  const working = handingOver.state === 'working';
  const elsewhere = fetched !== null && fetched.url !== served?.url ? fetched : null;

  const take = async (file: File | undefined) => {
    if (file === undefined || locked) return;
    const read = await readFile(file);
    trouble.value = read.ok ? null : read.trouble;
    if (read.ok) ask({ command: 'hand-over', name: file.name, data: read.data, device });
  };
  // First the wish, which the background keeps until it is granted: Chromium closes the popup at the question. And
  // nothing is awaited in between: a browser shows its question only in the click itself.
  const takeRelease = () => {
    ask({ command: 'hand-over-release', device });
    void requestReleaseFiles().catch(() => {});
  };
  const takeFetched = () => {
    if (elsewhere === null) return;
    const { url, digest } = elsewhere;
    ask({ command: 'hand-over-from', url, digest, device });
    void requestMirror(url).catch(() => {});
  };

  return (
    <>
      {inTab ? (
        <DropFile
          id="served-file"
          legend={text('this_computer_file_legend', 'A file to serve from this computer')}
          label={text('this_computer_file', 'Choose a firmware file, or drop it here')}
          description={text(
            'this_computer_file_hint',
            'It is looked into here and by the local mirror. It stays on this computer.',
          )}
          disabled={locked || working}
          take={(file) => void take(file)}
        />
      ) : (
        <p class="hint">
          <a href={pageUrl('popup/index.html')} target="_blank" rel="noreferrer">
            <Said text={text('this_computer_in_tab', 'Choose a file of your own in a tab')} />
          </a>
        </p>
      )}
      <div class="row">
        <button type="button" disabled={locked || working} onClick={takeRelease}>
          <Said text={text('this_computer_release', 'Take the newest Tasmota lite from GitHub')} />
        </button>
        {elsewhere !== null && (
          <button type="button" disabled={locked || working} onClick={takeFetched}>
            <Said
              text={text('this_computer_take', 'Take {title} from the other mirror', {
                title: elsewhere.title,
              })}
            />
          </button>
        )}
      </div>
      <div role="status">
        {handingOver.state === 'working' && (
          <Said text={text('this_computer_handing', 'Handing {name} over…', { name: handingOver.name })} />
        )}
        {handingOver.state !== 'working' && served !== null && (
          <Said
            text={text('this_computer_serves', 'This computer serves {title} ({name}) at {url}', {
              title: served.title,
              name: served.name,
              url: served.url,
            })}
            marked={{ url: (words) => <code>{words}</code> }}
          />
        )}
      </div>
      {trouble.value !== null && (
        <p class="note bad" role="alert">
          <Said text={trouble.value} />
        </p>
      )}
      {handingOver.state === 'failed' && (
        <div class="note bad" role="alert">
          <p>
            <Said text={handingOver.trouble.sentence} />
          </p>
          <p>
            <strong>
              <Said text={handingOver.trouble.action} />
            </strong>{' '}
            <MoreAbout trouble={handingOver.trouble.trouble} />
          </p>
        </div>
      )}
    </>
  );
}

type Read = { readonly ok: true; readonly data: string } | { readonly ok: false; readonly trouble: Text };

async function readFile(file: File): Promise<Read> {
  const { name } = file;
  if (file.size > maxHandedOverBytes)
    return {
      ok: false,
      trouble: text('this_computer_too_large', '{name} is too large to be firmware for this device.', {
        name,
      }),
    };
  try {
    return { ok: true, data: toBase64(new Uint8Array(await file.arrayBuffer())) };
  } catch {
    return {
      ok: false,
      trouble: text('this_computer_unreadable_file', '{name} could not be read. Choose it once more.', {
        name,
      }),
    };
  }
}
