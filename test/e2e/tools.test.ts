import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds } from './harness/launch.ts';
import { type Scene, setScene } from './scene.ts';
import { flash, getInfo, stopWatching } from './steps.ts';

const folder = 'test-results/looks';
const password = 'correct horse "battery" staple';

describe.each(browserKinds)('the tools in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    scene = await setScene(kind);
  });
  afterAll(() => scene?.close());

  it('find the right device, bring it to a better place, and leave one alone that is flashed', async () => {
    const view = await scene.openPage();
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    device.settings.switch = 'on';
    const told = () =>
      device.heard
        .filter(({ command }) => command !== 'info')
        .map(({ command, body }) => `${command} ${JSON.stringify(Object(body).data)}`);
    await getInfo(view, device);

    await view.click('button', 'Tools for this device');
    await view.click('button', 'Identify');
    await view.waitFor('dialog', /^Click the relay of /);
    await view.see('with mains voltage');
    await view.click('button', 'Cancel');
    expect(told()).toEqual([]);
    await view.click('button', 'Identify');
    await view.waitFor('button', 'Click it twice', { state: 'enabled' });
    await view.click('button', 'Click it twice');
    await view.see('The relay has clicked, and is on as before.');
    expect(told()).toEqual(['switch {"switch":"off"}', 'switch {"switch":"on"}']);

    device.settings.signalStrength = -80;
    await view.click('button', 'Measure signal');
    await view.see('The signal at the device is weak (-80 dBm) now.');
    expect(await view.read('Signal')).toContain('-80 dBm');
    await view.see('The download may break off.');

    await view.click('button', 'Power-on state and inching');
    await view.choose('When power comes back', 'As it was before');
    await view.click('button', 'Store the power-on state');
    await view.see('The device has stored the setting.');
    expect(device.settings.startup).toBe('stay');

    await view.click('button', 'By hand');
    await view.type('Command', 'ota_flash');
    await view.click('button', 'Send');
    await view.see('Flashing by hand would go around every check');
    await view.type('Command', 'signal_strength');
    await view.type('Request body', '{"data": {}, "sequence": "7"}');
    await view.click('button', 'Send');
    await view.see(/HTTP 200 OK[\s\S]*content-type: application\/json[\s\S]*"signalStrength":-80/i);
    expect(device.heard.at(-1)?.raw).toContain('\r\n\r\n{"data": {}, "sequence": "7"}');
    await view.type('Request body', '{}');
    await view.click('button', 'Use again');
    expect(await view.read('Request body')).toBe('{"data": {}, "sequence": "7"}');

    await view.click('button', 'Move it to another Wi-Fi');
    await view.type('Network name', 'attic');
    await view.type('Network password', password);
    for (const scheme of ['light', 'dark'] as const) {
      await view.setColorScheme(scheme);
      expect(await view.axe(), scheme).toEqual([]);
      await view.screenshot(`${folder}/${kind}-tools-${scheme}.png`);
    }
    await view.setColorScheme('light');
    const { width, contentWidth } = await view.size();
    expect(contentWidth).toBeLessThanOrEqual(width);
    await view.click('button', 'Move the device');
    await view.see('has taken the name and the password of “attic”');
    expect(told().at(-1)).toBe(`wifi ${JSON.stringify({ ssid: 'attic', password })}`);
    expect(await view.stored()).not.toMatch(/correct horse|battery/);
    await getInfo(view, device);
    expect(await view.read('Network')).toBe('attic');

    const other = await scene.device({ profile: '3.7.6', unlocked: true, speed: 30_000 });
    await getInfo(view, other);
    const heard = other.heard.length;
    await view.click('button', 'Tools for this device');
    await view.waitFor('button', 'Identify', { state: 'enabled' });
    await flash(view);
    await view.click('button', 'Tools for this device');
    await view.click('button', 'By hand');
    await view.see('A flash is under way');
    await view.waitFor('button', 'Identify', { state: 'disabled' });
    await view.waitFor('button', 'Send', { state: 'disabled' });
    await stopWatching(view);
    await view.click('button', 'By hand');
    await view.waitFor('button', 'Send', { state: 'disabled' });
    expect(other.heard.slice(heard).filter(({ command }) => command === 'switch')).toEqual([]);
    await view.close();
  });
});
