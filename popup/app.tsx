import { openOptions, openTab } from '../src/browser/pages.ts';
import { parseAddress } from '../src/zeroconf/device/address.ts';
import { DamageNote } from './damage-note.tsx';
import { DeviceCard } from './device-card.tsx';
import { FirmwareCard } from './firmware-card.tsx';
import { FlashCard } from './flash-card.tsx';
import { LogCard } from './log-card.tsx';
import { Stepper } from './stepper.tsx';
import type { Store } from './store.ts';
import { ByHand } from './tools/by-hand.tsx';
import { UnlockCard } from './unlock-card.tsx';

/** The page: one column in the popup, two in a tab. */
export function App({ store, inTab }: { readonly store: Store; readonly inTab: boolean }) {
  const address = parseAddress(store.draft.value.address);
  return (
    <>
      <header class="page-head">
        <h1>Sonoff DIY Flasher</h1>
        <nav class="row" aria-label="Pages">
          {!inTab && (
            <button type="button" class="link" onClick={openInTab}>
              Open in a tab
            </button>
          )}
          <button type="button" class="link" onClick={() => openTab('popup/guide.html')}>
            Guide
          </button>
          <button type="button" class="link" onClick={openOptions}>
            Options
          </button>
        </nav>
        <Stepper run={store.run.value} source={store.source.value} />
      </header>
      <main class="cards">
        <DamageNote damage={store.damage} />
        <DeviceCard store={store} />
        <UnlockCard store={store} />
        <FirmwareCard store={store} inTab={inTab} />
        <FlashCard store={store} />
        {inTab && (
          <ByHand
            address={address.ok ? address.value : null}
            guarding={store.guarding.value}
            tools={store.tools}
          />
        )}
        <LogCard store={store} />
      </main>
    </>
  );
}

async function openInTab() {
  await openTab('popup/index.html');
  window.close();
}
