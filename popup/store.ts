import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { devicesItem } from '../src/browser/device-memory.ts';
import type { Draft } from '../src/browser/draft.ts';
import type { Command } from '../src/browser/messages.ts';
import { listingsItem } from '../src/browser/mirror-service-store.ts';
import { dropPlannedFetch, planFetch } from '../src/browser/planned-fetch.ts';
import { onStateChange, readState } from '../src/browser/session.ts';
import { settingsItem } from '../src/browser/settings-store.ts';
import type { Text } from '../src/core/text.ts';
import type { JournalEvent } from '../src/flash/journal/events.ts';
import type { FlashPlan, ShownRun } from '../src/flash/run/device-run.ts';
import type { Doubts } from '../src/flash/run/doubts.ts';
import { type Preflight, preflight } from '../src/flash/run/preflight.ts';
import type { ReadState } from '../src/flash/run/stored-state.ts';
import { othersFirst } from '../src/flash/several/turn.ts';
import type { FirmwareSource } from '../src/flash/source/firmware-source.ts';
import { isUnderWay, journalOf, shownRun } from '../src/flash/state.ts';
import type { Listings } from '../src/flash/tasks/mirror-service.ts';
import type { ThisComputer } from '../src/flash/this-computer/state.ts';
import type { Guarding } from '../src/flash/tools/guard.ts';
import type { RememberedDevice } from '../src/settings/remembered-devices.ts';
import type { ReadSettings, Settings } from '../src/settings/settings.ts';
import { followed } from '../src/ui/followed.ts';
import { type Chosen, chosenFirmware } from './chosen-firmware.ts';
import { createCommands, keepAtWork } from './commands.ts';
import type { Damage } from './damage-note.tsx';
import { linkedDraft } from './deep-link.ts';
import { followThisComputer } from './this-computer/follow.ts';
import { createToolsStore, type ToolsStore } from './tools/tools-store.ts';
import { followTyped } from './typed.ts';

/** What a person can stop. */
export type Stoppable = Extract<Command, { command: 'stop' }>['what'];

/** What the view shows, and the few things it may do. It owns nothing but what is being typed. */
export interface Store {
  /** The run of the device that is on the page. */
  readonly run: ReadonlySignal<ShownRun>;
  /** The firmware that is to be flashed: image and mirror, whatever the device. */
  readonly source: ReadonlySignal<FirmwareSource>;
  /** Why nothing can be begun here, because of other devices; null where it can. */
  readonly othersFirst: ReadonlySignal<Text | null>;
  /** What flashes have left behind, at whatever device. */
  readonly doubts: ReadonlySignal<Doubts>;
  /** What happened to this device and to the firmware, in one line of time. */
  readonly journal: ReadonlySignal<readonly JournalEvent[]>;
  readonly preflight: ReadonlySignal<Preflight>;
  readonly settings: ReadonlySignal<Settings>;
  readonly devices: ReadonlySignal<readonly RememberedDevice[]>;
  /** What mirrors list, by their base. */
  readonly listings: ReadonlySignal<Listings>;
  /** What is known of the local mirror. */
  readonly thisComputer: ReadonlySignal<ThisComputer>;
  readonly draft: ReadonlySignal<Draft>;
  /** The mirror and the firmware that are chosen. */
  readonly chosen: ReadonlySignal<Chosen>;
  /** What may speak against using a tool on a device. */
  readonly guarding: ReadonlySignal<Guarding>;
  readonly tools: ToolsStore;
  /** What of all this was stored, but could not be read. */
  readonly damage: Damage;
  /** A link filled fields in, and nothing has been pressed since. */
  readonly untouched: ReadonlySignal<boolean>;
  /** Why the last command was not taken up; null when it was. */
  readonly refusal: ReadonlySignal<Text | null>;
  edit(part: Partial<Draft>): void;
  /** Reads the device at `address`, and plans to fetch the firmware after that. */
  info(address: string, deviceid: string): void;
  unlock(): void;
  fetchFirmware(url: string): void;
  /** Does `plan`, with the warnings that were ticked. */
  flash(plan: FlashPlan, confirmed: readonly string[]): void;
  /** Looks for the new firmware at `address`. */
  check(address: string): void;
  stop(what: Stoppable): void;
  /** Forgets this run and the address, for the next device. */
  startOver(): void;
}

/** Reads everything once and keeps it up to date from then on. */
export async function createStore(): Promise<Store> {
  const [{ damaged }, kept, read, devices, listings, typed, thisComputer, tools] = await Promise.all([
    // Before the background has written another in its place.
    readState(),
    followed<ReadState>(readState, onStateChange),
    followed<ReadSettings>(settingsItem.get, settingsItem.onChange),
    followed<readonly RememberedDevice[]>(devicesItem.get, devicesItem.onChange),
    followed<Listings>(listingsItem.get, listingsItem.onChange),
    followTyped(),
    followThisComputer(),
    createToolsStore(),
  ]);
  const run = computed(() => shownRun(kept.value.state));
  const source = computed(() => kept.value.state.source);
  const host = () => run.value.address?.host ?? '';
  /** Where the device was when it was flashed: the first place to look for its new firmware. */
  const flashedHost = () => {
    const { flash } = run.value;
    return flash.stage === 'ended' ? flash.plan.address.host : '';
  };
  const address = run.value.address?.host ?? devices.value[0]?.host ?? '';
  const draft = computed<Draft>(() => {
    const { defaultMirror, defaultFirmware } = read.value.settings;
    return {
      address,
      deviceid: '',
      mirror: defaultMirror,
      firmware: defaultFirmware,
      whereItRuns: flashedHost(),
      ...typed.value,
    };
  });
  const { refusal, command } = createCommands();
  const linked = linkedDraft(location.search);
  const untouched = signal(Object.keys(linked).length > 0);
  if (untouched.value) {
    typed.edit(linked);
    void dropPlannedFetch();
  }

  keepAtWork(() => isUnderWay(kept.value.state));

  return {
    run,
    source,
    othersFirst: computed(() => othersFirst(kept.value.state)),
    doubts: computed(() => kept.value.state.doubts),
    journal: computed(() => journalOf(run.value, source.value)),
    preflight: computed(() => preflight(run.value, source.value)),
    settings: computed(() => read.value.settings),
    devices,
    listings,
    thisComputer,
    draft,
    chosen: computed(() =>
      chosenFirmware(draft.value, read.value.settings.mirrors, thisComputer.value.served?.url ?? null),
    ),
    guarding: computed(() => kept.value.state),
    tools,
    damage: { run: damaged, typed: typed.damaged, settings: read.value.replaced.length > 0 },
    untouched,
    refusal,
    edit: typed.edit,
    info(asked, deviceid) {
      untouched.value = false;
      typed.edit({ whereItRuns: asked });
      void planFetch();
      command({ command: 'info', address: asked, deviceid });
    },
    unlock: () => command({ command: 'unlock', host: host() }),
    fetchFirmware(url) {
      untouched.value = false;
      command({ command: 'image', url });
    },
    flash({ address: { host: confirmedHost }, deviceid, fwVersion, url, digest }, confirmed) {
      const plan = { host: confirmedHost, deviceid, fwVersion, url: url.href, digest };
      command({ command: 'flash', ...plan, confirmed });
    },
    check: (asked) => command({ command: 'proof', address: asked, host: host() }),
    stop: (what) =>
      command(what === 'image' ? { command: 'stop', what } : { command: 'stop', what, host: host() }),
    startOver() {
      typed.edit({ address: '', deviceid: '' });
      command({ command: 'start-over' });
    },
  };
}
