import { useSignal } from '@preact/signals';
import { requestDevice } from '../../src/browser/permissions.ts';
import { text } from '../../src/core/text.ts';
import { againstHand, type Guarding } from '../../src/flash/tools/guard.ts';
import { Field } from '../../src/ui/field.tsx';
import { said } from '../../src/ui/said.tsx';
import { type Address, devicePort } from '../../src/zeroconf/device/address.ts';
import { HandRequestRow } from './hand-request.tsx';
import styles from './tools.module.css';
import type { ToolsStore } from './tools-store.ts';

const suggestions = [
  'info',
  'signal_strength',
  'switch',
  'startup',
  'pulse',
  'wifi',
  'ota_unlock',
  'switches',
];

/** Any command in a person's own words, with the raw reply beside it. What is typed is kept by this form only. */
export function ByHand({
  address,
  guarding,
  tools,
}: {
  /** The one in the address field; null while there is none. */
  readonly address: Address | null;
  readonly guarding: Guarding;
  readonly tools: ToolsStore;
}) {
  const command = useSignal('info');
  const body = useSignal('{"data":{}}');
  const requests = Object.entries(tools.requests.value).reverse();
  const against = address === null ? null : againstHand(guarding, address.host);
  const busy = requests.some(([, { step }]) => step.state === 'working');
  const refusal = tools.refusal.value;
  const sentence = refusal?.place === 'by-hand' ? refusal.sentence : null;

  const send = (event: Event) => {
    event.preventDefault();
    if (address === null || against !== null || busy) return;
    // Before anything is awaited: a browser shows its question only in the click itself.
    void requestDevice(address).catch(() => {});
    const { host } = address;
    void tools.command({ command: 'by-hand', host, path: command.value, body: body.value }, 'by-hand');
  };

  return (
    <section class={`card ${styles.byHand}`} aria-labelledby="by-hand-title">
      <details>
        <summary>
          <h2 class="inline" id="by-hand-title">
            {said(text('popup_hand', 'By hand'))}
          </h2>
        </summary>
        <form class="stack" onSubmit={send} noValidate autocomplete="off">
          <p class="hint">
            {said(
              text(
                'popup_hand_about',
                'Any command but the flashing, as it is typed here. Nothing checks what it does, so a wrong one can cost you the device’s network or settings.',
              ),
            )}
          </p>
          <p class="mono">
            POST http://{address?.host ?? '…'}:{devicePort}/zeroconf/{command.value}
          </p>
          <Field
            id="hand-command"
            label={said(text('popup_hand_command', 'Command'))}
            value={command.value}
            suggestions="hand-commands"
            onText={(typed) => {
              command.value = typed;
            }}
          >
            <datalist id="hand-commands">
              {suggestions.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </Field>
          <div class="field">
            <label for="hand-body">{said(text('popup_hand_body', 'Request body'))}</label>
            <textarea
              id="hand-body"
              class="mono"
              rows={4}
              spellcheck={false}
              autocomplete="off"
              value={body.value}
              onInput={(event) => {
                body.value = event.currentTarget.value;
              }}
            />
          </div>
          {address === null && (
            <p class="hint">
              {said(
                text(
                  'popup_hand_no_address',
                  'Type the device address first, in the field of the first step.',
                ),
              )}
            </p>
          )}
          {against !== null && <p class="hint">{said(against)}</p>}
          <div class="row">
            <button type="submit" disabled={address === null || against !== null || busy}>
              {said(text('popup_hand_send', 'Send'))}
            </button>
          </div>
          {sentence !== null && (
            <p class="note warn" role="alert">
              {said(sentence)}
            </p>
          )}
        </form>
        <ol class={styles.requests} aria-label={said(text('popup_hand_last', 'Last requests'))}>
          {requests.map(([key, request]) => (
            <HandRequestRow
              key={key}
              request={request}
              useAgain={() => {
                command.value = request.command;
                body.value = request.body;
                document.getElementById('hand-body')?.focus();
              }}
            />
          ))}
        </ol>
      </details>
    </section>
  );
}
