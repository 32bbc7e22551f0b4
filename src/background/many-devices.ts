import type { ManyDevicesCommand } from '../browser/many-devices-commands.ts';
import { giveBackDevices, isAskedForEachDevice } from '../browser/permissions.ts';
import { searchItem } from '../browser/search-store.ts';
import { scanLimits } from '../finding/scan.ts';
import type { Engine, Refusal } from '../flash/engine.ts';
import {
  createNetworkSearch,
  type NetworkSearch,
  type SearchEnvironment,
} from '../flash/finding/network-search.ts';

/** The search for devices in a network, as hard as this browser bears it. */
export async function startSearch(
  environment: Omit<SearchEnvironment, 'limits' | 'giveBack' | 'save'>,
): Promise<NetworkSearch> {
  const limits = scanLimits[isAskedForEachDevice() ? 'firefox' : 'chromium'];
  const browsers = { limits, giveBack: giveBackDevices, save: searchItem.set };
  return createNetworkSearch({ ...environment, ...browsers }, await searchItem.get());
}

/** What a command about many devices asks of the engine or of the search. */
export function carryOutForMany(
  { engine, search }: { readonly engine: Engine; readonly search: NetworkSearch },
  command: ManyDevicesCommand,
): Refusal {
  switch (command.command) {
    case 'info-all':
      return engine.several.info(command.addresses);
    case 'unlock-all':
      return command.hosts.map(engine.unlock).find((refusal) => refusal !== null) ?? null;
    case 'flash-all':
      return engine.several.flash(command.lines, command.stopAtBad);
    case 'stop-list':
      return engine.several.stop();
    case 'clear-list':
      return engine.several.clear();
    case 'search':
      return search.begin(command.network, command.granted);
    case 'stop-search':
      return search.stop();
  }
}
