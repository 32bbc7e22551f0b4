import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { openOptions, openTab } from '../src/browser/pages.ts';
import { text } from '../src/core/text.ts';
import { type FlashPlan, isFlashing } from '../src/flash/run/device-run.ts';
import { said } from '../src/ui/said.tsx';
import { Details } from './details.tsx';
import { fetchAsPlanned } from './fetch-as-planned.ts';
import { FlashQuestion } from './flash-question.tsx';
import { Footer } from './footer.tsx';
import { nextAction } from './next-action.ts';
import styles from './page.module.css';
import { StepList } from './step-list.tsx';
import { createSteps } from './steps.ts';
import type { Store } from './store.ts';
import { useServedToDevice } from './this-computer/serve-to-device.ts';
import { useWakeLock } from './wake-lock.ts';
import { useWide } from './wide.ts';

/** The page: one step at a time, and in a wide tab the details beside it. */
export function App({ store, inTab }: { readonly store: Store; readonly inTab: boolean }) {
  const asked = useSignal<FlashPlan | null>(null);
  const steps = useMemo(() => createSteps(store), [store]);
  const wide = useWide();
  useServedToDevice(store);
  useFetchWhenDeviceIsKnown(store);
  useWakeLock(inTab && isFlashing(store.run.value.flash));
  const ask = () => {
    asked.value = store.preflight.value.plan;
  };

  return (
    <div class={`${styles.page} ${wide ? styles.wide : styles.narrow}`}>
      <div class={styles.column}>
        <Head inTab={inTab} />
        <main class={styles.main}>
          <StepList store={store} steps={steps} wide={wide} inTab={inTab} />
        </main>
        <Footer
          store={store}
          step={steps.open.value}
          next={nextAction(steps.open.value, { store, steps, ask })}
        />
      </div>
      {wide && <Details store={store} inTab={inTab} />}
      {asked.value !== null && (
        <FlashQuestion
          plan={asked.value}
          warnings={store.preflight.value.checks.filter(({ answer }) => answer === 'warn')}
          answer={(confirmed) => {
            const plan = asked.value;
            asked.value = null;
            if (confirmed === null || plan === null) return;
            steps.follow();
            store.flash(plan, confirmed);
          }}
        />
      )}
    </div>
  );
}

function Head({ inTab }: { readonly inTab: boolean }) {
  return (
    <header class={styles.head}>
      <h1>{said(text('popup_title', 'Sonoff DIY Flasher'))}</h1>
      <nav class={styles.links} aria-label={said(text('popup_pages', 'Pages'))}>
        {!inTab && (
          <button
            type="button"
            class="link"
            aria-label={said(text('popup_open_tab', 'Open in a tab'))}
            onClick={openInTab}
          >
            {said(text('popup_tab', 'Tab'))}
          </button>
        )}
        <button type="button" class="link" onClick={() => openTab('popup/guide.html')}>
          {said(text('popup_guide', 'Guide'))}
        </button>
        <button type="button" class="link" onClick={openOptions}>
          {said(text('popup_options', 'Options'))}
        </button>
      </nav>
    </header>
  );
}

async function openInTab() {
  await openTab('popup/index.html');
  window.close();
}

/** Three clicks are enough: once the device that Info was pressed for is known, the chosen firmware is fetched. */
function useFetchWhenDeviceIsKnown(store: Store): void {
  const isKnown = store.run.value.device.state === 'done';
  useEffect(() => {
    // Only the moment the device becomes known counts; a name half typed must not be fetched.
    if (isKnown) void fetchAsPlanned(store);
  }, [isKnown, store]);
}
