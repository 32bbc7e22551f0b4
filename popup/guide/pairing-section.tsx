import type { Clock } from '../../src/core/clock.ts';
import { type Text, text } from '../../src/core/text.ts';
import { guides } from '../../src/pairing/guides.ts';
import { Said, said } from '../../src/ui/said.tsx';
import styles from './guide.module.css';
import { hashOf, type Route } from './route.ts';
import { StepWalk } from './step-walk.tsx';

type Way = keyof typeof guides;

const ways: readonly { readonly id: Way; readonly title: Text }[] = [
  { id: 'button', title: text('guide_way_button', 'Firmware 3.5.0 and later: the button') },
  { id: 'jumper', title: text('guide_way_jumper', 'Firmware 3.3 and 3.4: the jumper') },
];

/** From the box to a device in DIY mode, by the button or by the jumper. */
export function PairingSection({ route, clock }: { readonly route: Route; readonly clock: Clock }) {
  const way = ways.find(({ id }) => id === route.part)?.id ?? 'button';
  return (
    <>
      <nav class={styles.tabs} aria-label={said(text('guide_ways', 'Ways into DIY mode'))}>
        {ways.map(({ id, title }) => (
          <a key={id} href={hashOf('pairing', id)} aria-current={id === way ? 'true' : undefined}>
            <Said text={title} />
          </a>
        ))}
      </nav>
      <p class="hint">
        <Said text={text('guide_way_unsure', 'You do not know the firmware version?')} />{' '}
        <a href={hashOf('road')}>
          <Said text={text('guide_way_road', 'Find your road by some questions.')} />
        </a>
      </p>
      <StepWalk
        steps={guides[way]}
        current={route.step}
        addressOf={(id) => hashOf('pairing', way, id)}
        clock={clock}
      />
    </>
  );
}
