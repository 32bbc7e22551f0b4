import { send } from '../src/browser/messages.ts';
import { mayReachMirror, requestMirror } from '../src/browser/permissions.ts';
import type { Listing } from '../src/flash/tasks/mirror-service.ts';
import type { ListedImage } from '../src/mirror/fetch/index-page.ts';
import { said } from '../src/ui/said.tsx';

/** What this page has asked for: several key presses may come before the first answer is seen here. */
const asked = new Set<string>();

/** Has the list of the mirror at `base` read, once, and only where that needs no question. */
export async function listOnce(base: string, known: Listing | undefined): Promise<void> {
  if (known !== undefined || !(await mayReachMirror(base)) || asked.has(base)) return;
  asked.add(base);
  await send({ command: 'list-mirror', base }).catch(() => {});
}

/** Has the list read again. Must be called in the click: the browser may have to ask the person. */
export function refreshList(base: string): void {
  void send({ command: 'list-mirror', base }).catch(() => {});
  // Last: Chromium closes the popup to ask. Without the permission the background waits for it.
  void requestMirror(base).catch(() => {});
}

/** What a listing offers, and what it must not offer, by the reason why. */
export interface Offer {
  readonly offered: readonly string[];
  readonly refused: readonly (readonly [reason: string, files: readonly string[]])[];
}

/** Sorts the names of `images` into those to choose from and those to explain. */
export function offerOf(images: readonly ListedImage[]): Offer {
  const offered: string[] = [];
  const refused = new Map<string, string[]>();
  for (const { file, refused: reason } of images) {
    if (reason === null) offered.push(file);
    else {
      const why = said(reason);
      refused.set(why, [...(refused.get(why) ?? []), file]);
    }
  }
  return { offered, refused: [...refused] };
}
