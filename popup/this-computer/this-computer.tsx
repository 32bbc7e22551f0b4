import { useSignal } from '@preact/signals';
import { type Command, send } from '../../src/browser/messages.ts';
import { requestNativeMessaging } from '../../src/browser/permissions.ts';
import { text, type Wording } from '../../src/core/text.ts';
import { Said, said } from '../../src/ui/said.tsx';
import { ChooseImage } from './choose-image.tsx';
import { ConnectionTrouble } from './connection-trouble.tsx';
import type { ThisComputerProps } from './this-computer-props.ts';

/** This computer as a mirror: from the leave to start the program to the image that is served. */
export function ThisComputer({ state, inTab, device, fetched, locked }: ThisComputerProps) {
  const refusal = useSignal<Wording | null>(null);
  const { connection } = state;

  const ask = async (command: Command) => {
    try {
      const reply = await send(command);
      refusal.value = reply.accepted ? null : reply.reason;
    } catch {
      refusal.value = text(
        'this_computer_no_answer',
        'The background of the extension did not answer. Reload the extension and try again.',
      );
    }
  };

  const allow = () => {
    // Before anything is awaited: a browser shows its question only in the click itself.
    void requestNativeMessaging().then(
      (granted) => (granted ? ask({ command: 'use-local-mirror', isAsked: true }) : undefined),
      () => {},
    );
  };

  return (
    <div class="stack">
      {connection.state !== 'connected' && (
        <ConnectionTrouble
          connection={connection}
          allow={allow}
          tryAgain={() => void ask({ command: 'use-local-mirror', isAsked: true })}
          restart={() => void ask({ command: 'restart-extension' })}
        />
      )}
      {connection.state === 'connected' && (
        <ChooseImage
          state={state}
          inTab={inTab}
          device={device}
          fetched={fetched}
          locked={locked}
          ask={(command) => void ask(command)}
        />
      )}
      {connection.state === 'connected' && !connection.outlivesBrowser && (
        <p class="note warn">
          <Said
            text={text(
              'this_computer_needs_browser',
              'On this system the download may end with the browser. Leave the browser open until the device has reported.',
            )}
          />
        </p>
      )}
      {refusal.value !== null && (
        <p class="note warn" role="alert">
          {said(refusal.value)}
        </p>
      )}
    </div>
  );
}
