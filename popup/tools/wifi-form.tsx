import { useSignal } from '@preact/signals';
import { type Text, text } from '../../src/core/text.ts';
import { againstNetwork } from '../../src/flash/tools/network.ts';
import { Field } from '../../src/ui/field.tsx';
import { said } from '../../src/ui/said.tsx';
import type { OnDevice } from './on-device.ts';
import type { ToolsStore } from './tools-store.ts';

/** Moves the device to another network. What is typed lives in this form only, and the password not even there. */
export function WifiForm({
  device,
  busy,
  tools,
}: {
  readonly device: OnDevice;
  readonly busy: boolean;
  readonly tools: ToolsStore;
}) {
  const ssid = useSignal('');
  const password = useSignal('');
  const against = useSignal<Text | null>(null);

  const move = (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const network = { ssid: ssid.value, password: password.value };
    against.value = againstNetwork(network);
    if (against.value !== null) return;
    password.value = '';
    void tools.command({ command: 'move-wifi', ...device, ...network }, 'device');
  };

  return (
    <details>
      <summary>{said(text('popup_wifi', 'Move it to another Wi-Fi'))}</summary>
      <form class="stack" onSubmit={move} noValidate autocomplete="off">
        <p class="hint">
          {said(
            text(
              'popup_wifi_why',
              'Unlocking needs the Internet, so this helps when the present network has none. The network must be 2.4 GHz. The device then leaves this network.',
            ),
          )}
        </p>
        <Field
          id="wifi-name"
          label={said(text('popup_wifi_name', 'Network name'))}
          value={ssid.value}
          onText={(typed) => {
            ssid.value = typed;
          }}
        />
        <div class="field">
          <label for="wifi-password">{said(text('popup_wifi_password', 'Network password'))}</label>
          <input
            type="password"
            id="wifi-password"
            autocomplete="off"
            value={password.value}
            aria-describedby="wifi-password-about"
            onInput={(event) => {
              password.value = event.currentTarget.value;
            }}
          />
          <p id="wifi-password-about" class="hint">
            {said(
              text(
                'popup_wifi_kept',
                'Sent to the device as it is, over plain http, and not kept. Empty for an open network.',
              ),
            )}
          </p>
        </div>
        {against.value !== null && (
          <p class="note warn" role="alert">
            {said(against.value)}
          </p>
        )}
        <div class="row">
          <button type="submit" disabled={busy}>
            {said(text('popup_wifi_move', 'Move the device'))}
          </button>
        </div>
      </form>
    </details>
  );
}
