import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { onDevicesChange, readDevices } from '../src/browser/device-memory.ts';
import type { Draft } from '../src/browser/draft.ts';
import { type Command, send } from '../src/browser/messages.ts';
import { onListingsChange, readListings } from '../src/browser/mirror-service-store.ts';
import { dropPlannedFetch, planFetch } from '../src/browser/planned-fetch.ts';
import { isRunDamaged, onRunChange, readRun } from '../src/browser/session.ts';
import { loadSettings, onSettingsChange } from '../src/browser/settings-store.ts';
import type { Wording } from '../src/core/text.ts';
import { type Preflight, preflight } from '../src/flash/run/preflight.ts';
import { isUnderWay, type Run } from '../src/flash/run/run.ts';
import type { Listings } from '../src/flash/tasks/mirror-service.ts';
import type { RememberedDevice } from '../src/settings/remembered-devices.ts';
import type { ReadSettings, Settings } from '../src/settings/settings.ts';
import { followed } from '../src/ui/followed.ts';
import type { Damage } from './damage-note.tsx';
import { linkedDraft } from './deep-link.ts';
import { followTyped } from './typed.ts';

/** Which card a button stands in. */
export type Place = 'device' | 'unlock' | 'firmware' | 'flash';

/** What the view shows, and the few things it may do. It owns nothing but what is being typed. */
export interface Store {
  readonly run: ReadonlySignal<Run>;
  /** The firmware that is to be flashed: image and mirror, whatever the device. */
  readonly source: ReadonlySignal<Pick<Run, 'firmware' | 'image' | 'mirror'>>;
  readonly preflight: ReadonlySignal<Preflight>;
  readonly settings: ReadonlySignal<Settings>;
  readonly devices: ReadonlySignal<readonly RememberedDevice[]>;
  /** What mirrors list, by their base. */
  readonly listings: ReadonlySignal<Listings>;
  readonly draft: ReadonlySignal<Draft>;
  /** What of all this was stored, but could not be read. */
  readonly damage: Damage;
  /** A link filled fields in, and nothing has been pressed since. */
  readonly untouched: ReadonlySignal<boolean>;
  /** Why the last command was not taken up, and where it was given; null when it was. */
  readonly refusal: ReadonlySignal<{ readonly place: Place; readonly sentence: Wording } | null>;
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
const wakeInterval = 10_000;

/** Reads everything once and keeps it up to date from then on. */
export async function createStore(): Promise<Store> {
  const [runDamaged, run, read, devices, listings, typed] = await Promise.all([
    // Before the background has written another in its place.
    isRunDamaged(),
    followed<Run>(readRun, onRunChange),
    followed<ReadSettings>(loadSettings, onSettingsChange),
    followed<readonly RememberedDevice[]>(readDevices, onDevicesChange),
    followed<Listings>(readListings, onListingsChange),
    followTyped(),
  ]);
  const address = run.value.address?.host ?? devices.value[0]?.host ?? '';
  const draft = computed<Draft>(() => {
    const { defaultMirror, defaultFirmware } = read.value.settings;
    return { address, deviceid: '', mirror: defaultMirror, firmware: defaultFirmware, ...typed.value };
  });
  const refusal: Signal<Store['refusal']['value']> = signal(null);
  const linked = linkedDraft(location.search);
  const untouched = signal(Object.keys(linked).length > 0);
  if (untouched.value) {
    typed.edit(linked);
    void dropPlannedFetch();
  }

  async function command(wanted: Command, place: Place) {
    if (wanted.command === 'info' || wanted.command === 'image') untouched.value = false;
    if (wanted.command === 'info') void planFetch();
    try {
      const reply = await send(wanted);
      refusal.value = reply.accepted ? null : { place, sentence: reply.reason };
    } catch {
      const sentence = 'The extension’s background did not answer. Reload the extension and try again.';
      refusal.value = { place, sentence };
    }
  }

  const wake = () => send({ command: 'wake' }).catch(() => {});
  void wake();
  setInterval(() => {
    if (isUnderWay(run.value)) void wake();
  }, wakeInterval);

  return {
    run,
    source: run,
    preflight: computed(() => preflight(run.value)),
    settings: computed(() => read.value.settings),
    devices,
    listings,
    draft,
    damage: { run: runDamaged, typed: typed.damaged, settings: read.value.replaced.length > 0 },
    untouched,
    refusal,
    edit: typed.edit,
    command: (wanted, place) => void command(wanted, place),
    startOver() {
      typed.edit({ address: '', deviceid: '' });
      void command({ command: 'start-over' }, 'flash');
    },
  };
}
