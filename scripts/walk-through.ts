import { setTimeout as wait } from 'node:timers/promises';
import type { ExtensionBrowser, View } from '../test/e2e/harness/launch.ts';
import { stepwise } from '../test/e2e/stepwise.ts';
import type { Simulation } from './simulation.ts';

export interface WalkOptions {
  readonly browser: ExtensionBrowser;
  readonly simulation: Simulation;
  /** The page with both fields filled in. */
  readonly page: string;
  readonly say: (line: string) => void;
  /** Where the pictures go: a folder, and what their names begin with. */
  readonly pictures: string;
}

/** Wide enough for two columns, and as high as a screen may be. */
const window = { width: 1120, height: 1200 };

/**
 * Goes the whole road in a headless browser as a person would: Info, Unlock, Flash, and the wait for what
 * becomes of the device. Throws at the first step that does not go as it should.
 */
export async function walkThrough({ browser, simulation, page, say, pictures }: WalkOptions): Promise<void> {
  const { device } = simulation;
  // One step is open at a time, and a person opens the one that is wanted.
  const view = stepwise(await browser.openTab(page, window));
  let taken = 0;
  const show = async (name: string) => {
    taken += 1;
    const file = `${pictures}-${taken}-${name}.png`;
    await view.screenshot(file);
    say(`        picture: ${file}`);
  };

  say('step 1  The page, with the address and the firmware filled in');
  await says(view, say, ['Device address', 'Firmware']);
  await show('page');

  say('step 2  Info');
  await view.click('button', 'Info');
  await view.see('Firmware version');
  await says(view, say, ['Firmware version', 'Device ID', 'OTA unlock', 'Network', 'Signal']);
  await show('info');

  say('step 3  Unlock');
  await view.click('button', 'Unlock');
  await view.see('The device is unlocked.');
  await says(view, say, ['OTA unlock']);
  await show('unlock');

  say('step 4  Fetch firmware: the image and its mirror are checked');
  await view.click('button', 'Fetch firmware');
  await view.waitFor('button', 'Flash', { state: 'enabled', timeout: 30_000 });
  await show('checked');

  say('step 5  Flash, and the one question');
  await view.click('button', 'Flash');
  await view.waitFor('dialog', /^Flash .+ to .+\?$/);
  await show('question');
  await view.click('button', /^Flash \S+\.bin$/);
  await view.see('The device is downloading');
  await wait(1500);
  await show('downloading');
  await device.waitUntil('tasmota', { timeoutMs: 120_000 });

  say('step 6  The page waits for what can be seen of the device; this takes a minute');
  const text = await view.see('Probably flashed', 180_000);
  say(`page    Probably flashed: ${/^The device accepted.*$/m.exec(text)?.[0] ?? ''}`);
  await show('outcome');
}

/** Prints what stands under these labels. */
async function says(view: View, say: (line: string) => void, labels: readonly string[]): Promise<void> {
  for (const label of labels) say(`page    ${label}: ${await view.read(label)}`);
}
