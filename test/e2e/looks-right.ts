import { expect } from 'vitest';
import type { View } from './harness/launch.ts';

/** Where the pictures of all states go. */
export const looks = 'test-results/looks';

/** What a state is fit for, besides the popup's size. */
export interface Fitness {
  /** The next button, which has to be in view. */
  readonly next?: string;
  /** Whether there may be more than fits, so that it scrolls inside itself: nothing of the ordinary way. */
  readonly mayScroll?: boolean;
  /** Also in a wide tab, and in forced colours. */
  readonly wide?: boolean;
}

/** In light and dark: nothing for axe to complain about, nothing to scroll, and the next button in its place. */
export async function looksRight(
  view: View,
  name: string,
  { next, mayScroll, wide }: Fitness = {},
): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await view.setColorScheme(scheme);
    const { contentWidth, contentHeight } = await view.size();
    expect([contentWidth, contentHeight], name).toEqual([360, 600]);
    await view.screenshot(`${looks}/${name}-${scheme}.png`);
    // In the dark nothing but colours is another.
    const rules = scheme === 'light' ? undefined : ['color-contrast'];
    expect(await view.axe(rules), `${name} in ${scheme}`).toEqual([]);
  }
  await view.setColorScheme('light');
  if (mayScroll !== true)
    expect(await view.readAll('group', /^All (of this step|that is new)$/), name).toEqual([]);
  if (next !== undefined) {
    const { x, y, height } = await view.box('button', next);
    expect(x, name).toBeLessThan(20);
    expect(y, name).toBeGreaterThan(500);
    expect(y + height, name).toBeLessThanOrEqual(600);
  }
  if (wide !== true) return;
  await looksRightForced(view, name);
  await looksRightWide(view, name);
}

/** In the few colours that a person has chosen for everything. */
async function looksRightForced(view: View, name: string): Promise<void> {
  await view.setPreference('forced-colors', true);
  await view.screenshot(`${looks}/${name}-forced.png`);
  expect(await view.axe(['color-contrast']), `${name} in forced colours`).toEqual([]);
  await view.setPreference('forced-colors', false);
}

async function looksRightWide(view: View, name: string): Promise<void> {
  // At 200 % a popup has half as many pixels of its own.
  for (const [width, height] of [
    [180, 300],
    [1100, 800],
  ] as const) {
    await view.setViewport(width, height);
    expect((await view.size()).contentWidth, `${name} at ${width} px`).toBeLessThanOrEqual(width);
    await view.screenshot(`${looks}/${name}-${width}.png`);
  }
  expect(await view.axe(), `${name} in a wide tab`).toEqual([]);
  await view.setViewport(360, 600);
}
