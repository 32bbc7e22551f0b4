import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { type DeviceList, deviceListItem } from '../../src/browser/device-list-store.ts';
import { devicesItem } from '../../src/browser/device-memory.ts';
import type { Command } from '../../src/browser/messages.ts';
import { grantedHosts, onPermissionChange } from '../../src/browser/permissions.ts';
import { searchItem } from '../../src/browser/search-store.ts';
import { onStateChange, readState } from '../../src/browser/session.ts';
import type { Text } from '../../src/core/text.ts';
import { type AddressList, parseAddressList } from '../../src/finding/address-list.ts';
import type { SearchState } from '../../src/flash/finding/search-state.ts';
import type { ReadState } from '../../src/flash/run/stored-state.ts';
import { type Row, rowsOf } from '../../src/flash/several/rows.ts';
import { type FlashState, isUnderWay } from '../../src/flash/state.ts';
import type { FoundDevice } from '../../src/flash/this-computer/state.ts';
import type { RememberedDevice } from '../../src/settings/remembered-devices.ts';
import { followed } from '../../src/ui/followed.ts';
import { type Address, type AddressFailure, parseAddress } from '../../src/zeroconf/device/address.ts';
import { createCommands, keepAtWork } from '../commands.ts';
import { followThisComputer } from '../this-computer/follow.ts';
import { networkOf } from './network.ts';

/** What the page about many devices shows. It owns nothing but what is being typed. */
export interface DevicesStore {
  readonly state: ReadonlySignal<FlashState>;
  readonly typed: ReadonlySignal<{ readonly devices: string; readonly network: string }>;
  readonly list: ReadonlySignal<AddressList<Address, AddressFailure>>;
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly search: ReadonlySignal<SearchState>;
  /** What the local mirror sees. */
  readonly seen: ReadonlySignal<readonly FoundDevice[]>;
  /** The devices that answered before. */
  readonly remembered: ReadonlySignal<readonly RememberedDevice[]>;
  /** Why the last command was not taken up; null when it was. */
  readonly refusal: ReadonlySignal<Text | null>;
  edit(part: Partial<DeviceList>): void;
  /** Puts these at the end of what is typed. */
  add(hosts: readonly string[]): void;
  /** Which of these may be reached now; answers at once. */
  granted(hosts: readonly string[]): readonly string[];
  command(wanted: Command): void;
}

/** Reads everything once and keeps it up to date from then on. */
export async function createDevicesStore(): Promise<DevicesStore> {
  const [kept, search, remembered, thisComputer, typedBefore] = await Promise.all([
    followed<ReadState>(readState, onStateChange),
    followed<SearchState>(searchItem.get, searchItem.onChange),
    followed<readonly RememberedDevice[]>(devicesItem.get, devicesItem.onChange),
    followThisComputer(),
    deviceListItem.get(),
  ]);
  const state = computed(() => kept.value.state);
  const own = signal(typedBefore);
  const typed = computed(() => {
    const { devices, network } = own.value;
    const last = state.value.shown ?? remembered.value[0]?.host ?? '';
    return { devices, network: network ?? networkOf(last) };
  });
  const list = computed(() => parseAddressList(typed.value.devices, parseAddress));
  const { refusal, command } = createCommands();

  // In the click itself nothing can be waited for.
  let held: ReadonlySet<string> = new Set();
  const holdNow = async () => {
    held = new Set(await grantedHosts());
  };
  onPermissionChange(() => void holdNow().catch(() => {}));
  await holdNow();

  const edit = (part: Partial<DeviceList>) => {
    own.value = { ...own.value, ...part };
    // What cannot be kept is on the page still.
    void deviceListItem.set(own.value).catch(() => {});
  };

  keepAtWork(() => isUnderWay(state.value));

  return {
    state,
    typed,
    list,
    rows: computed(() => rowsOf(state.value, list.value.addresses)),
    search,
    seen: computed(() => thisComputer.value.found),
    remembered,
    refusal,
    edit,
    add(hosts) {
      const known = new Set(list.value.addresses.map(({ host }) => host));
      const lines = [own.value.devices.trimEnd(), ...hosts.filter((host) => !known.has(host))];
      edit({ devices: lines.filter((line) => line !== '').join('\n') });
    },
    granted: (hosts) => hosts.filter((host) => held.has(host)),
    command,
  };
}
