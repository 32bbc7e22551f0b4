import { type Text, text } from '../src/core/text.ts';
import type { Flash } from '../src/flash/run/device-run.ts';
import { ledPatterns } from '../src/pairing/led.ts';
import { Elapsed } from '../src/ui/elapsed.tsx';
import { said } from '../src/ui/said.tsx';
import { ExpectedDark, ExpectedLed } from './led/expected-led.tsx';
import { TellButton } from './tell-button.tsx';

type UnderWay = Exclude<Flash, { stage: 'idle' | 'ended' }>;

interface StageWords {
  readonly says: Text;
  /** How long this stage usually lasts. */
  readonly usual: Text;
}

/** It answers within the second (itead#92); then it downloads, and is given up as gone after two misses and 45 s. */
const stages: Readonly<Record<UnderWay['stage'], StageWords>> = {
  checking: {
    says: text(
      'popup_stage_checking',
      'Looking at the device and the mirror once more. Nothing has been sent yet.',
    ),
    usual: text('popup_usual_checking', 'This usually takes a few seconds.'),
  },
  requested: {
    says: text('popup_stage_requested', 'The device has been asked to download the image.'),
    usual: text('popup_usual_requested', 'It usually answers within seconds.'),
  },
  downloading: {
    says: text('popup_stage_downloading', 'The device is downloading, as far as anybody can tell from here.'),
    usual: text('popup_usual_downloading', 'This usually takes ten seconds to two minutes.'),
  },
  restarting: {
    says: text(
      'popup_stage_restarting',
      'The device no longer answers, as it does when it starts its new firmware. Leave it powered for five minutes.',
    ),
    usual: text('popup_usual_restarting', 'It usually takes another minute until this is sure.'),
  },
};

/** How a flash goes. */
export function FlashProgress({ flash }: { readonly flash: UnderWay }) {
  const { says, usual } = stages[flash.stage];
  const since = flash.stage === 'checking' ? null : 'watch' in flash ? flash.watch.since : flash.at;
  return (
    <div class="stack">
      <div class="stack" role="status">
        <progress
          aria-label={said(text('popup_flashing', 'Flashing {title}', { title: flash.plan.title }))}
        />
        <p>{said(says)}</p>
        {flash.stage !== 'checking' && (
          <p class="note warn">
            <strong>{said(text('popup_keep_power', 'Do not cut its power.'))}</strong>
          </p>
        )}
      </div>
      <p class="hint">
        {since !== null && (
          <>
            {said(text('popup_watching_for', 'Watching for'))} <Elapsed since={since} />.{' '}
          </>
        )}
        {said(usual)}
      </p>
      {flash.stage !== 'checking' && (
        <>
          <StageLed stage={flash.stage} />
          <TellButton />
        </>
      )}
    </div>
  );
}

function StageLed({ stage }: { readonly stage: Exclude<UnderWay['stage'], 'checking'> }) {
  if (stage === 'restarting')
    return (
      <ExpectedDark
        says={text('popup_led_restarting', 'Its LED may be dark for a while. That proves nothing.')}
      />
    );
  return <ExpectedLed pattern={ledPatterns.joined} says={ledPatterns.joined.looks} />;
}
