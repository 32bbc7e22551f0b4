import type { ReadonlySignal } from '@preact/signals';
import { nativeBrowser } from '../../src/browser/local-mirror.ts';
import { thisComputerItem } from '../../src/browser/local-mirror-store.ts';
import { send } from '../../src/browser/messages.ts';
import type { ThisComputer } from '../../src/flash/this-computer/state.ts';
import { followed } from '../../src/ui/followed.ts';

/** How often the background is told that this page still shows it, in milliseconds. */
const useEvery = 25_000;

/** What is known of the local mirror. As long as the page is open and it may be started, it is there. */
export async function followThisComputer(): Promise<ReadonlySignal<ThisComputer>> {
  const state = await followed<ThisComputer>(thisComputerItem.get, thisComputerItem.onChange);
  const use = async () => {
    if (document.hidden || !(await nativeBrowser.mayConnect())) return;
    await send({ command: 'use-local-mirror', isAsked: false });
  };
  void use().catch(() => {});
  setInterval(() => void use().catch(() => {}), useEvery);
  return state;
}
