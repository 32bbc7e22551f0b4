import type { Clock } from '../../src/core/clock.ts';
import { type Text, text } from '../../src/core/text.ts';
import type { FlashState } from '../../src/flash/state.ts';
import { afterwards, type Flashed } from '../../src/pairing/afterwards/afterwards.ts';
import { Said, said } from '../../src/ui/said.tsx';
import { flashedFirmware } from './flashed-firmware.ts';
import styles from './guide.module.css';
import { Metronome } from './metronome.tsx';
import { hashOf, type Route } from './route.ts';
import { StepWalk } from './step-walk.tsx';
import { TemplatePart } from './template-part.tsx';
import { UpgradePart } from './upgrade-part.tsx';

const kinds: readonly { readonly id: Flashed; readonly title: Text }[] = [
  { id: 'tasmota', title: text('guide_flashed_tasmota', 'Tasmota') },
  { id: 'esphome', title: text('guide_flashed_esphome', 'ESPHome') },
  { id: 'other', title: text('guide_flashed_other', 'Other firmware') },
];

/** From the flash to a device that is set up, by what was flashed. */
export function AfterwardsSection({
  route,
  clock,
  state,
}: {
  readonly route: Route;
  readonly clock: Clock;
  readonly state: FlashState;
}) {
  const firmware = flashedFirmware(state);
  const flashed = kinds.find(({ id }) => id === route.part)?.id ?? firmware?.kind ?? 'tasmota';
  const extra = (step: string) => {
    switch (step) {
      case 'tasmota-join':
        return <Metronome clock={clock} state={state} />;
      case 'tasmota-upgrade':
        return <UpgradePart from={firmware?.kind === 'tasmota' ? firmware.version : null} />;
      case 'tasmota-template':
        return <TemplatePart />;
      default:
        return null;
    }
  };
  return (
    <>
      <nav class={styles.tabs} aria-label={said(text('guide_flashed', 'What was flashed'))}>
        {kinds.map(({ id, title }) => (
          <a key={id} href={hashOf('afterwards', id)} aria-current={id === flashed ? 'true' : undefined}>
            <Said text={title} />
          </a>
        ))}
      </nav>
      <StepWalk
        steps={afterwards[flashed]}
        current={route.step}
        addressOf={(id) => hashOf('afterwards', flashed, id)}
        clock={clock}
        extra={extra}
      />
    </>
  );
}
