import { useState } from 'preact/hooks';
import { send } from '../../src/browser/messages.ts';
import { requestNativeMessaging } from '../../src/browser/permissions.ts';
import { text } from '../../src/core/text.ts';
import { isFlashing, type ShownRun } from '../../src/flash/run/device-run.ts';
import type { FirmwareSource } from '../../src/flash/source/firmware-source.ts';
import { type ThisComputer as State, thisComputerId } from '../../src/flash/this-computer/state.ts';
import type { Mirror } from '../../src/mirror/url/catalogue.ts';
import { said } from '../../src/ui/said.tsx';
import { ThisComputer } from './this-computer.tsx';

/** What it is called among the mirrors. */
export const thisComputer = text('this_computer', 'This computer');

/** The options of the list of mirrors: this computer is the first one where it has been used. */
export function MirrorOptions({
  mirrors,
  state: { connection, served },
}: {
  readonly mirrors: readonly Mirror[];
  readonly state: State;
}) {
  // Decided once: a list must not change its order under somebody's hand.
  const [isFirst] = useState(connection.state === 'connected' || served !== null);
  const own = (
    <option key={thisComputerId} value={thisComputerId}>
      {said(thisComputer)}
    </option>
  );
  const others = mirrors.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
  return <>{isFirst ? [own, ...others] : [...others, own]}</>;
}

/** Asks for the leave to start the program. Must be called in the click itself, before anything is awaited. */
export function allowThisComputer(): void {
  void requestNativeMessaging()
    .then((granted) => (granted ? send({ command: 'use-local-mirror', isAsked: true }) : undefined))
    .catch(() => {});
}

/** What stands in the place of the name of a file where this computer is the mirror. */
export function OwnFirmware({
  state,
  run: { address, flash },
  source: { image },
  inTab,
}: {
  readonly state: State;
  readonly run: Pick<ShownRun, 'address' | 'flash'>;
  readonly source: Pick<FirmwareSource, 'image'>;
  readonly inTab: boolean;
}) {
  const host = address?.host ?? '';
  const isUsable = image.state === 'done' && image.value.report.answer !== 'fail';
  return (
    <ThisComputer
      state={state}
      inTab={inTab}
      device={/^\d+\.\d+\.\d+\.\d+$/.test(host) ? host : null}
      fetched={
        isUsable
          ? {
              url: image.value.url.href,
              digest: image.value.report.digest,
              title: image.value.report.title,
            }
          : null
      }
      locked={isFlashing(flash)}
    />
  );
}
