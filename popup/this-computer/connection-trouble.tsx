import { text } from '../../src/core/text.ts';
import type { Connection } from '../../src/flash/this-computer/state.ts';
import { installCommand } from '../../src/flash/this-computer/troubles.ts';
import { CopyButton } from '../../src/ui/copy-button.tsx';
import { MoreAbout } from '../../src/ui/more-about.tsx';
import { Said } from '../../src/ui/said.tsx';

/** Kinds whose next step is the one command. */
const toInstall: ReadonlySet<string> = new Set(['not-installed', 'not-allowed', 'crashed', 'older']);

/** Why there is no program, and the next step. */
export function ConnectionTrouble({
  connection,
  allow,
  tryAgain,
  restart,
}: {
  readonly connection: Exclude<Connection, { state: 'connected' }>;
  allow(): void;
  tryAgain(): void;
  restart(): void;
}) {
  if (connection.state === 'connecting')
    return (
      <p role="status">
        <Said text={text('this_computer_connecting', 'Starting the local mirror…')} />
      </p>
    );
  const trouble = connection.state === 'trouble' ? connection.trouble : null;
  const isAsked = trouble !== null && trouble.kind !== 'not-asked';
  return (
    <div class="stack tight">
      {!isAsked && (
        <>
          <p>
            <Said
              text={text(
                'this_computer_intro',
                'A small program on this computer serves a file of your own and shows every part that the device fetches.',
              )}
            />
          </p>
          <div class="row">
            <button type="button" onClick={allow}>
              <Said text={text('this_computer_allow', 'Allow the local mirror')} />
            </button>
          </div>
        </>
      )}
      {isAsked && (
        <div class="note warn stack tight" role="alert">
          <p>
            <Said text={trouble.sentence} />
          </p>
          <p>
            <strong>
              <Said text={trouble.action} marked={{ command: (words) => <code>{words}</code> }} />
            </strong>{' '}
            <MoreAbout trouble={trouble.trouble} />
          </p>
          <div class="row">
            {trouble.kind === 'restart-needed' ? (
              <button type="button" onClick={restart}>
                <Said text={text('this_computer_restart', 'Restart the extension')} />
              </button>
            ) : (
              <button type="button" onClick={tryAgain}>
                <Said text={text('this_computer_again', 'Try again')} />
              </button>
            )}
            {toInstall.has(trouble.kind) && <CopyButton text={installCommand} label="Copy the command" />}
          </div>
        </div>
      )}
      <p class="hint">
        <Said
          text={text(
            'this_computer_optional',
            'Everything else works without it: any other mirror flashes a device as well.',
          )}
        />
      </p>
    </div>
  );
}
