import { send } from '../../src/browser/messages.ts';
import { text } from '../../src/core/text.ts';
import type { Flash } from '../../src/flash/run/device-run.ts';
import { wordsOf } from '../../src/flash/this-computer/download-words.ts';
import type { ThisComputer } from '../../src/flash/this-computer/state.ts';
import { endedBeside } from '../../src/flash/this-computer/verdict.ts';
import { MoreAbout } from '../../src/ui/more-about.tsx';
import { Said, said } from '../../src/ui/said.tsx';

/** How downloads ended that belong to no flash on this page: the browser was closed, or another one began them. */
export function EndedDownloads({ flash, state }: { readonly flash: Flash; readonly state: ThisComputer }) {
  const ended = endedBeside(flash, state.downloads);
  if (ended.length === 0) return null;
  return (
    <ul
      class="stack tight"
      aria-label={said(text('this_computer_ended', 'How downloads from this computer have ended'))}
    >
      {ended.map((download) => {
        const words = wordsOf(download, '', '');
        const { device, name, lastAt } = download;
        return (
          <li key={download.download} class={`note ${words?.tone ?? ''}`}>
            <p>
              <strong>{device}</strong>{' '}
              <Said
                text={text('this_computer_ended_what', '{name}, {when}', { name, when: { time: lastAt } })}
              />
            </p>
            {words !== null && (
              <p>
                <Said text={words.sentence} /> <Said text={words.action} />{' '}
                <MoreAbout trouble={words.trouble} />
              </p>
            )}
            <button
              type="button"
              class="link"
              onClick={() => {
                void send({ command: 'forget-download', download: download.download }).catch(() => {});
              }}
            >
              <Said text={text('this_computer_forget', 'I have read this')} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
