import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deafen, writeDeafExtension } from './deaf-extension.ts';
import { browserKinds, type View } from './harness/launch.ts';
import { until } from './harness/until.ts';
import { type Scene, setScene } from './scene.ts';
import { itIn, shareOf } from './shares.ts';
import { askInfo, getInfo } from './steps.ts';

/** The button and what was said, measured while the page does not scroll. */
async function boxesAtRest(view: View, button: string) {
  return until(
    async () => {
      const before = await view.box('alert', '');
      const pressed = await view.box('button', button);
      const alert = await view.box('alert', '');
      return before.y === alert.y ? { pressed, alert } : undefined;
    },
    () => 'the page does not come to rest',
  );
}

/** What is said is said once, in full view, and next to the button. */
async function isBeside(view: View, button: string): Promise<void> {
  const { pressed, alert } = await boxesAtRest(view, button);
  expect(pressed.y - (alert.y + alert.height)).toBeGreaterThanOrEqual(0);
  const { height } = await view.size();
  expect(pressed.y).toBeGreaterThanOrEqual(0);
  expect(pressed.y + pressed.height).toBeLessThanOrEqual(height);
  expect(alert.y).toBeGreaterThanOrEqual(0);
}

describe.each(browserKinds)('a refusal in %s', (kind) => {
  const extensionDir = mkdtempSync(join(tmpdir(), 'deaf-'));
  let scene: Scene;
  beforeAll(async () => {
    writeDeafExtension(extensionDir, kind);
    scene = await setScene(kind, { extensionDir });
  });
  afterAll(async () => {
    await scene?.close();
    rmSync(extensionDir, { recursive: true, force: true });
  });

  itIn('firefox', kind, 'of Flash stands beside the button that is there by then', async () => {
    const view = await scene.openPage();
    await getInfo(view, await scene.device({ profile: '3.6.0', unlocked: true }));
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await view.click('button', 'Flash');
    await view.waitFor('button', /^Flash \S+\.bin$/, { state: 'enabled' });
    const other = await scene.openPage();
    const silent = await scene.device({ profile: '3.6.0', faults: [{ kind: 'hang' }] });
    await askInfo(other, silent.address);
    await other.see('Asking the device…');
    await view.click('button', /^Flash \S+\.bin$/);
    await view.see('nothing has been sent');
    // Another device is being asked, in the other view.
    await isBeside(view, 'Info');
    await other.close();
    await view.close();
  });

  it.each(shareOf(kind, ['Info', 'Unlock', 'Fetch firmware']))('of %s stands beside it', async (button) => {
    const view = await scene.openPage();
    await getInfo(view, await scene.device({ profile: '3.6.0', unlocked: button !== 'Unlock' }));
    await view.waitFor('button', 'Fetch firmware', { state: 'enabled' });
    await deafen(view, true);
    await view.click('button', button);
    await view.see('The extension’s background did not answer.');
    await isBeside(view, button);
    await deafen(view, false);
    await view.click('button', 'Fetch firmware');
    await view.gone('The extension’s background did not answer.');
    await view.close();
  });
});
