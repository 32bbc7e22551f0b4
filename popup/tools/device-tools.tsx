import { useSignal } from '@preact/signals';
import { text } from '../../src/core/text.ts';
import { type ShownRun, whoseRun } from '../../src/flash/run/device-run.ts';
import { againstTool, type Guarding } from '../../src/flash/tools/guard.ts';
import { said } from '../../src/ui/said.tsx';
import type { DeviceInfo } from '../../src/zeroconf/device/device-info.ts';
import { signalFloor } from '../../src/zeroconf/device/signal.ts';
import { IdentifyQuestion } from './identify-question.tsx';
import type { OnDevice } from './on-device.ts';
import { PowerSettings } from './power-settings.tsx';
import { ToolOutcome } from './tool-outcome.tsx';
import styles from './tools.module.css';
import type { ToolsStore } from './tools-store.ts';
import { WifiForm } from './wifi-form.tsx';

/** What can be done with the device on the card besides flashing it; folded away. */
export function DeviceTools({
  run,
  guarding,
  tools,
}: {
  readonly run: ShownRun;
  readonly guarding: Guarding;
  readonly tools: ToolsStore;
}) {
  const { device, address } = run;
  if (address === null) return null;
  const state = tools.states.value[address.host];
  // It has left for another network: what came of that is all there is to show.
  if (device.state !== 'done')
    return device.state === 'idle' && state?.tool === 'wifi' ? <ToolOutcome state={state} /> : null;
  return (
    <Tools
      key={address.host}
      run={run}
      guarding={guarding}
      host={address.host}
      info={device.value}
      tools={tools}
    />
  );
}

function Tools({
  run,
  guarding,
  host,
  info,
  tools,
}: {
  readonly run: ShownRun;
  readonly guarding: Guarding;
  readonly host: string;
  readonly info: DeviceInfo;
  readonly tools: ToolsStore;
}) {
  const asking = useSignal(false);
  const { refusesId } = info;
  const whose = whoseRun(run, info);
  const device: OnDevice = { host, deviceid: whose.deviceid, refusesId };
  const state = tools.states.value[host];
  const isOfThis = state !== undefined && state.deviceid === device.deviceid;
  const against = againstTool(guarding, { ...whose, refusesId });
  const busy = against !== null || state?.step.state === 'working';
  const refusal = tools.refusal.value;
  const sentence = refusal?.place === 'device' ? refusal.sentence : null;
  return (
    <details class={styles.tools}>
      <summary>{said(text('popup_tools', 'Tools for this device'))}</summary>
      <div class="stack">
        {against !== null && <p class="hint">{said(against)}</p>}
        <div class="row">
          <button
            type="button"
            disabled={busy}
            onClick={() => {
              asking.value = true;
            }}
          >
            {said(text('popup_tools_identify', 'Identify'))}
          </button>
          <button
            type="button"
            disabled={busy}
            onClick={() => tools.command({ command: 'measure-signal', ...device }, 'device')}
          >
            {said(text('popup_tools_measure', 'Measure signal'))}
          </button>
        </div>
        <p class="hint">
          {said(
            text(
              'popup_tools_floor',
              'Identify clicks the relay twice. Flash warns when the signal is under {floor} dBm.',
              {
                floor: signalFloor,
              },
            ),
          )}
        </p>
        {sentence !== null && (
          <p class="note warn" role="alert">
            {said(sentence)}
          </p>
        )}
        {isOfThis && <ToolOutcome state={state} />}
        <WifiForm device={device} busy={busy} tools={tools} />
        <PowerSettings key={host} device={device} info={info} busy={busy} tools={tools} />
      </div>
      {asking.value && (
        <IdentifyQuestion
          info={info}
          host={host}
          answer={(yes) => {
            asking.value = false;
            if (yes) void tools.command({ command: 'identify', ...device }, 'device');
          }}
        />
      )}
    </details>
  );
}
