import { type Text, text } from '../src/core/text.ts';
import type { Flash } from '../src/flash/run/device-run.ts';
import { ledPatterns } from '../src/pairing/led.ts';
import { Elapsed } from '../src/ui/elapsed.tsx';
import { said } from '../src/ui/said.tsx';
import { TellButton } from './tell-button.tsx';

type UnderWay = Exclude<Flash, { stage: 'idle' | 'ended' }>;

const stages: Readonly<Record<UnderWay['stage'], Text>> = {
  checking: text(
    'popup_stage_checking',
    'Looking at the device and the mirror once more. Nothing has been sent yet.',
  ),
  requested: text('popup_stage_requested', 'The device has been asked to download the image.'),
  downloading: text(
    'popup_stage_downloading',
    'The device is downloading, as far as anybody can tell from here. It usually takes ten seconds to two minutes.',
  ),
  restarting: text(
    'popup_stage_restarting',
    'The device no longer answers, as it does when it starts its new firmware. Leave it powered for five minutes.',
  ),
};

/** How a flash goes. */
export function FlashProgress({ flash }: { readonly flash: UnderWay }) {
  return (
    <div class="stack" role="status">
      <progress aria-label={said(text('popup_flashing', 'Flashing {title}', { title: flash.plan.title }))} />
      <p>{said(stages[flash.stage])}</p>
      {flash.stage !== 'checking' && (
        <p class="note warn">
          <strong>{said(text('popup_keep_power', 'Do not cut its power.'))}</strong>
        </p>
      )}
      {'watch' in flash && (
        <p class="hint">
          {said(text('popup_watching_for', 'Watching for'))} <Elapsed since={flash.watch.since} />
        </p>
      )}
      {flash.stage !== 'checking' && (
        <>
          <p class="hint">
            {said(
              text(
                'popup_led',
                '{looks} When the device restarts, it may be dark for a while. That proves nothing.',
                { looks: ledPatterns.joined.looks },
              ),
            )}
          </p>
          <TellButton />
        </>
      )}
    </div>
  );
}
