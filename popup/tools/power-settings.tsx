import { useSignal } from '@preact/signals';
import { type Text, text } from '../../src/core/text.ts';
import { said } from '../../src/ui/said.tsx';
import type { DeviceInfo } from '../../src/zeroconf/device/device-info.ts';
import type { OnDevice } from './on-device.ts';
import type { ToolsStore } from './tools-store.ts';

interface PowerSettingsProps {
  readonly device: OnDevice;
  readonly info: DeviceInfo;
  readonly busy: boolean;
  readonly tools: ToolsStore;
}

const startups = ['off', 'on', 'stay'] as const;
const startupWords: Readonly<Record<(typeof startups)[number], Text>> = {
  off: text('popup_startup_off', 'Off'),
  on: text('popup_startup_on', 'On'),
  stay: text('popup_startup_stay', 'As it was before'),
};

/** What the relay does when power comes back, and inching, where the device tells of them. */
export function PowerSettings(props: PowerSettingsProps) {
  const { startup, pulse, pulseWidth } = props.info;
  const hasInching = pulse !== null && pulseWidth !== null;
  if (startup === null && !hasInching) return null;
  return (
    <details>
      <summary>{said(text('popup_power', 'Power-on state and inching'))}</summary>
      <div class="stack">
        {startup !== null && <Startup {...props} />}
        {hasInching && <Inching {...props} />}
      </div>
    </details>
  );
}

function Startup({ device, info, busy, tools }: PowerSettingsProps) {
  const chosen = useSignal(startups.find((state) => state === info.startup) ?? 'off');
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void tools.command({ command: 'startup', ...device, state: chosen.value }, 'device');
      }}
    >
      <div class="field">
        <label for="startup-state">{said(text('popup_startup', 'When power comes back'))}</label>
        <select
          id="startup-state"
          value={chosen.value}
          onChange={(event) => {
            const { value } = event.currentTarget;
            chosen.value = startups.find((state) => state === value) ?? chosen.value;
          }}
        >
          {startups.map((state) => (
            <option key={state} value={state}>
              {said(startupWords[state])}
            </option>
          ))}
        </select>
      </div>
      <div class="row">
        <button type="submit" disabled={busy}>
          {said(text('popup_startup_store', 'Store the power-on state'))}
        </button>
      </div>
    </form>
  );
}

/** Half a second (protocol v2.0: 500 to 36000000 ms in steps of 500). */
const step = 0.5;
const longest = 36_000;

function Inching({ device, info, busy, tools }: PowerSettingsProps) {
  const on = useSignal(info.pulse === 'on');
  const seconds = useSignal(String((info.pulseWidth ?? 500) / 1_000));
  const width = Number(seconds.value) * 1_000;
  const isWidth = width >= 500 && width <= longest * 1_000 && width % 500 === 0;
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWidth) return;
        const pulse = on.value ? 'on' : 'off';
        void tools.command({ command: 'pulse', ...device, pulse, pulseWidth: width }, 'device');
      }}
    >
      <label class="row">
        <input
          type="checkbox"
          checked={on.value}
          onChange={(event) => {
            on.value = event.currentTarget.checked;
          }}
        />
        <span>{said(text('popup_inching', 'Inching: the relay goes off by itself'))}</span>
      </label>
      <div class="field">
        <label for="inching-time">{said(text('popup_inching_time', 'Off again after (seconds)'))}</label>
        <input
          type="number"
          id="inching-time"
          min={step}
          max={longest}
          step={step}
          value={seconds.value}
          aria-invalid={!isWidth}
          aria-describedby="inching-about"
          onInput={(event) => {
            seconds.value = event.currentTarget.value;
          }}
        />
        <p id="inching-about" class={isWidth ? 'hint' : 'field-error'}>
          {said(text('popup_inching_range', 'From half a second to ten hours, in steps of half a second.'))}
        </p>
      </div>
      <div class="row">
        <button type="submit" disabled={busy || !isWidth}>
          {said(text('popup_inching_store', 'Store inching'))}
        </button>
      </div>
    </form>
  );
}
