import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../scripts/build.ts';
import { pseudo } from '../../scripts/texts.ts';
import type { View } from './harness/launch.ts';
import { looks } from './looks-right.ts';
import { type Scene, setScene } from './scene.ts';

/** What is no word of ours: addresses, names of files and of what runs on them, versions, ids. */
const names =
  /https?:\S+|\S+\.(?:bin|com|local|cn)\b\S*|\d[\d.,:·×%()]*|Tasmota \S+ lite|Community mirror|simulated|SHA-256|sonoff\S*|eWeLink\S*|ITEAD\S*|Sonoff DIY Flasher|\bdBm\b|\b[\da-f]{40,}\b|1000\w+/g;

/** What stands on the page in plain English, though every word of ours is told from it by its strange letters. */
async function english(view: View): Promise<string[]> {
  let text = await view.text();
  // From the inside out: what goes into a sentence may be one.
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\[!!(?:(?!\[!!|!!\])[\s\S])*!!\]/g, ' ');
  }
  return [...new Set(text.replace(names, ' ').match(/[A-Za-z]{3,}/g) ?? [])];
}

// Words are the same in both browsers; so is what is cut off by the width.
describe('in a language that nobody speaks', () => {
  const extensionDir = mkdtempSync(join(tmpdir(), 'pseudo-'));
  let scene: Scene;
  beforeAll(async () => {
    await build('chromium', extensionDir, 'pseudo');
    scene = await setScene('chromium', { extensionDir });
  });
  afterAll(async () => {
    await scene?.close();
    rmSync(extensionDir, { recursive: true, force: true });
  });

  it('says nothing in English from the empty page to the download, and is not cut off', async () => {
    const view = await scene.openPage();
    const isFit = async (name: string) => {
      await view.screenshot(`${looks}/pseudo-${name}.png`);
      expect((await view.size()).contentWidth, name).toBeLessThanOrEqual(360);
      expect(await english(view), name).toEqual([]);
    };
    await isFit('0-empty');
    const device = await scene.device({ profile: '3.6.0', unlocked: false, speed: 50_000 });
    await view.type(pseudo('Device address'), device.address);
    await view.click('button', pseudo('Info'));
    await view.waitFor('button', pseudo('Unlock'), { state: 'enabled' });
    await isFit('1-locked');
    await view.click('button', pseudo('Unlock'));
    await view.waitFor('button', pseudo('Flash'), { state: 'enabled' });
    await isFit('2-ready');
    await view.click('button', pseudo('Flash'));
    await view.waitFor('button', pseudo('Cancel'), { state: 'enabled' });
    await isFit('3-question');
    const yes = pseudo('Flash {file}').replace('{file}', 'tasmota-latest-lite.bin');
    await view.click('button', yes);
    await view.waitFor('button', pseudo('Stop watching'), { state: 'enabled' });
    await isFit('4-downloading');
    await view.click('button', pseudo('Stop watching'));
    await view.waitFor('button', pseudo('Start over'), { state: 'enabled' });
    await isFit('5-stopped');
    await view.close();
  });
});
