import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { pageUrl } from '../../src/browser/pages.ts';
import type { Clock } from '../../src/core/clock.ts';
import { type Text, text } from '../../src/core/text.ts';
import type { ReadRuns } from '../../src/flash/journal/run-list.ts';
import type { FlashState } from '../../src/flash/state.ts';
import { Said, said } from '../../src/ui/said.tsx';
import { AfterwardsSection } from './afterwards-section.tsx';
import { DevicesSection } from './devices-section.tsx';
import styles from './guide.module.css';
import { PairingSection } from './pairing-section.tsx';
import { RecordSection } from './record-section.tsx';
import { RoadSection } from './road-section.tsx';
import { hashOf, type Route, type SectionId, sectionIds } from './route.ts';
import { TroublesSection } from './troubles-section.tsx';

const titles: Readonly<Record<SectionId, Text>> = {
  pairing: text('guide_pairing', 'Getting into DIY mode'),
  road: text('guide_road', 'Which road is mine?'),
  devices: text('guide_devices', 'Devices'),
  troubles: text('guide_troubles', 'When it goes wrong'),
  afterwards: text('guide_afterwards', 'Afterwards'),
  record: text('guide_record', 'Record'),
};

/** What the guide is shown by. */
export interface GuideProps {
  readonly route: ReadonlySignal<Route>;
  readonly state: ReadonlySignal<FlashState>;
  readonly runs: ReadonlySignal<ReadRuns>;
  readonly clock: Clock;
}

/** The guide: one section at a time. */
export function Guide({ route, state, runs, clock }: GuideProps) {
  const { section } = route.value;
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(section);
  useEffect(() => {
    document.title = `${said(titles[section])} – Sonoff DIY Flasher`;
    if (shown.current === section) return;
    shown.current = section;
    // A row that the address names takes the focus itself.
    if (route.value.part === null) title.current?.focus();
  }, [section, route]);
  return (
    <>
      <header class={styles.head}>
        <h1>
          <Said text={text('guide_title', 'Guide')} />
        </h1>
        <a href={pageUrl('popup/index.html')}>
          <Said text={text('guide_back', 'Back to flashing')} />
        </a>
        <nav class={styles.sections} aria-label={said(text('guide_sections', 'Sections'))}>
          {sectionIds.map((id) => (
            <a key={id} href={hashOf(id)} aria-current={id === section ? 'page' : undefined}>
              <Said text={titles[id]} />
            </a>
          ))}
        </nav>
      </header>
      <main class={styles.main}>
        <h2 tabIndex={-1} ref={title}>
          <Said text={titles[section]} />
        </h2>
        <Section route={route.value} state={state.value} runs={runs.value} clock={clock} />
      </main>
    </>
  );
}

function Section({
  route,
  state,
  runs,
  clock,
}: {
  readonly route: Route;
  readonly state: FlashState;
  readonly runs: ReadRuns;
  readonly clock: Clock;
}) {
  switch (route.section) {
    case 'pairing':
      return <PairingSection route={route} clock={clock} />;
    case 'road':
      return <RoadSection clock={clock} />;
    case 'devices':
      return <DevicesSection />;
    case 'troubles':
      return <TroublesSection route={route} />;
    case 'afterwards':
      return <AfterwardsSection route={route} clock={clock} state={state} />;
    case 'record':
      return <RecordSection route={route} state={state} read={runs} />;
  }
}
