import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { onListingsChange, readListings } from '../src/browser/desk-store.ts';
import { onDevicesChange, readDevices } from '../src/browser/device-memory.ts';
import { type Command, send } from '../src/browser/messages.ts';
import { type Draft, onRunChange, readDraft, readRun, writeDraft } from '../src/browser/session.ts';
import { loadSettings, onSettingsChange } from '../src/browser/settings-store.ts';
import type { Listings } from '../src/flash/mirror-desk.ts';
import { type Preflight, preflight } from '../src/flash/preflight.ts';
import { isUnderWay, type Run } from '../src/flash/run.ts';
import type { RememberedDevice } from '../src/settings/remembered-devices.ts';
import type { Settings } from '../src/settings/settings.ts';
import { linkedDraft } from './deep-link.ts';

/** Which card a button stands in. */
export type Place = 'device' | 'unlock' | 'firmware' | 'flash';

/** What the view shows, and the few things it may do. It owns nothing but what is being typed. */
export interface Store {
  readonly run: ReadonlySignal<Run>;
  readonly preflight: ReadonlySignal<Preflight>;
  readonly settings: ReadonlySignal<Settings>;
  readonly devices: ReadonlySignal<readonly RememberedDevice[]>;
  /** What mirrors list, by their base. */
  readonly listings: ReadonlySignal<Listings>;
  readonly draft: ReadonlySignal<Draft>;
  /** Why the last command was not taken up, and where it was given; null when it was. */
  readonly refusal: ReadonlySignal<{ readonly place: Place; readonly sentence: string } | null>;
  edit(part: Partial<Draft>): void;
  /** Sends the command of a button that stands at `place`. */
  command(command: Command, place: Place): void;
  /** Forgets this run and the address, for the next device. */
  startOver(): void;
}

/**
 * How often a background with work to do is looked after, in milliseconds: one that the browser stopped in
 * the middle of it starts again and goes on.
 */
const attendance = 10_000;

/** Reads everything once and keeps it up to date from then on. */
export async function createStore(): Promise<Store> {
  const [startRun, { settings: startSettings }, startDevices, startListings, storedDraft] = await Promise.all(
    [readRun(), loadSettings(), readDevices(), readListings(), readDraft()],
  );
  const run: Signal<Run> = signal(startRun);
  const settings: Signal<Settings> = signal(startSettings);
  const devices: Signal<readonly RememberedDevice[]> = signal(startDevices);
  const listings: Signal<Listings> = signal(startListings);
  const draft: Signal<Draft> = signal(
    storedDraft ?? {
      address: startRun.address?.host ?? startDevices[0]?.host ?? '',
      deviceid: '',
      mirror: startSettings.defaultMirror,
      firmware: startSettings.defaultFirmware,
    },
  );
  const refusal: Signal<Store['refusal']['value']> = signal(null);
  const linked = linkedDraft(location.search);
  if (Object.keys(linked).length > 0) edit(linked);

  onRunChange((changed) => {
    run.value = changed;
  });
  onSettingsChange((changed) => {
    settings.value = changed.settings;
  });
  onDevicesChange((changed) => {
    devices.value = changed;
  });
  onListingsChange((changed) => {
    listings.value = changed;
  });

  async function command(wanted: Command, place: Place) {
    try {
      const reply = await send(wanted);
      refusal.value = reply.accepted ? null : { place, sentence: reply.reason };
    } catch {
      const sentence = 'The extension’s background did not answer. Reload the extension and try again.';
      refusal.value = { place, sentence };
    }
  }

  const attend = () => send({ command: 'attend' }).catch(() => {});
  void attend();
  setInterval(() => {
    if (isUnderWay(run.value)) void attend();
  }, attendance);
  function edit(part: Partial<Draft>) {
    draft.value = { ...draft.value, ...part };
    void writeDraft(draft.value);
  }

  return {
    run,
    preflight: computed(() => preflight(run.value)),
    settings,
    devices,
    listings,
    draft,
    refusal,
    edit,
    command: (wanted, place) => void command(wanted, place),
    startOver() {
      edit({ address: '', deviceid: '' });
      void command({ command: 'start-over' }, 'flash');
    },
  };
}
