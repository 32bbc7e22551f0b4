import { useSignal } from '@preact/signals';
import type { FlashPlan } from '../src/flash/run/device-run.ts';
import { isFlashing } from '../src/flash/run/device-run.ts';
import { Elapsed } from '../src/ui/elapsed.tsx';
import { said } from '../src/ui/said.tsx';
import { parseAddress } from '../src/zeroconf/device/address.ts';
import { chosenFirmware } from './chosen-firmware.ts';
import { FlashQuestion } from './flash-question.tsx';
import { OutcomeNote } from './outcome-note.tsx';
import { RefusalNote } from './refusal-note.tsx';
import type { Store } from './store.ts';
import { EndedDownloads } from './this-computer/ended-downloads.tsx';
import { FlashParts } from './this-computer/flash-parts.tsx';

/** The plan: what stands against it, the question, how it goes, and how it ended. */
export function FlashCard({ store }: { readonly store: Store }) {
  const asked = useSignal<FlashPlan | null>(null);
  const { flash } = store.run.value;
  const { plan, checks, missing } = store.preflight.value;
  const obstacles = obstaclesIn(store);
  const ready = plan !== null && obstacles.length === 0 && !isFlashing(flash);

  return (
    <section class="card flash" aria-labelledby="flash-title">
      <h2 id="flash-title">4. Flash</h2>
      {obstacles.length > 0 && !isFlashing(flash) && (
        <ul class="obstacles" aria-label="Before you can flash">
          {obstacles.map((obstacle) => (
            <li key={obstacle}>{obstacle}</li>
          ))}
        </ul>
      )}
      {ready && (
        <p>
          Everything that can be checked has been checked. This puts <strong>{said(plan.title)}</strong> on{' '}
          <strong>{plan.address.host}</strong>.
        </p>
      )}
      <div class="row">
        <button
          type="button"
          class="danger"
          disabled={!ready}
          onClick={() => {
            asked.value = plan;
          }}
        >
          Flash
        </button>
      </div>
      <RefusalNote store={store} place="flash" />
      {missing.length === 0 && flash.stage === 'idle' && (
        <p class="hint">One way: the original firmware cannot be restored.</p>
      )}
      {asked.value !== null && (
        <FlashQuestion
          plan={asked.value}
          warnings={checks.filter(({ answer }) => answer === 'warn')}
          answer={(confirmed) => {
            const chosen = asked.value;
            asked.value = null;
            if (confirmed === null || chosen === null) return;
            store.command(
              {
                command: 'flash',
                host: chosen.address.host,
                deviceid: chosen.deviceid,
                fwVersion: chosen.fwVersion,
                url: chosen.url.href,
                digest: chosen.digest,
                confirmed,
              },
              'flash',
            );
          }}
        />
      )}
      <FlashProgress store={store} />
      <FlashParts flash={flash} state={store.thisComputer.value} />
      <EndedDownloads flash={flash} state={store.thisComputer.value} />
    </section>
  );
}

/** What keeps the button from being pressed, as sentences. */
function obstaclesIn(store: Store): string[] {
  const { checks, missing } = store.preflight.value;
  const { device, unlock, address } = store.run.value;
  const { image } = store.source.value;
  const served = store.thisComputer.value.served?.url ?? null;
  const { url } = chosenFirmware(store.draft.value, store.settings.value.mirrors, served);
  const another = image.state === 'done' && (!url.ok || url.value.href !== image.value.url.href);
  const typed = parseAddress(store.draft.value.address);
  const elsewhere = device.state === 'done' && (!typed.ok || typed.value.host !== address?.host);
  return [
    ...(store.untouched.value ? ['A link has filled fields in. Read them, then press Info.'] : []),
    ...(elsewhere
      ? ['The address that you typed is not that of the device that was asked. Press Info.']
      : []),
    ...(device.state === 'working' || unlock.state === 'working' ? ['The device is being asked.'] : []),
    ...missing.map(({ action }) => said(action ?? '')),
    ...checks
      .filter(({ answer }) => answer === 'fail')
      .map(({ sentence, action }) => `${said(sentence)} ${action === undefined ? '' : said(action)}`.trim()),
    ...(another
      ? ['The firmware that you chose is not the one that was checked. Press Fetch firmware.']
      : []),
  ];
}

const progressTexts = {
  checking: 'Looking at the device and the mirror once more. Nothing has been sent yet.',
  requested: 'The device has been asked to download the image. Do not cut its power.',
  downloading:
    'The device is downloading, as far as anybody can tell from here. It usually takes ten seconds to two minutes. Do not cut its power.',
  restarting:
    'The device no longer answers, as it does when it starts its new firmware. Leave it powered for five minutes.',
} as const;

function FlashProgress({ store }: { readonly store: Store }) {
  const { flash } = store.run.value;
  switch (flash.stage) {
    case 'idle':
      return null;
    case 'ended':
      return (
        <>
          <OutcomeNote outcome={flash.outcome} host={flash.plan.address.host} />
          <div class="row">
            <button type="button" onClick={() => store.startOver()}>
              Start over
            </button>
          </div>
        </>
      );
    default:
      return (
        <div class="note" role="status">
          <progress aria-label={`Flashing ${said(flash.plan.title)}`} />
          <p>{progressTexts[flash.stage]}</p>
          {flash.stage === 'checking' && (
            <button type="button" onClick={() => store.command({ command: 'stop', what: 'flash' }, 'flash')}>
              Cancel
            </button>
          )}
          {'watch' in flash && (
            <p class="row">
              <span class="hint">
                Watching for <Elapsed since={flash.watch.since} />. You may close this window.
              </span>
              <button
                type="button"
                class="link"
                onClick={() => store.command({ command: 'stop', what: 'watch' }, 'flash')}
              >
                Stop watching
              </button>
            </p>
          )}
        </div>
      );
  }
}
