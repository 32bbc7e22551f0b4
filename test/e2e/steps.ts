import type { SimulatedSonoff } from '../simulator/sonoff.ts';
import type { View } from './harness/launch.ts';

/** Types the device's address and presses Info. */
export async function askInfo(view: View, address: string): Promise<void> {
  await view.type('Device address', address);
  await view.click('button', 'Info');
}

/** Info, until the card of this very device is there: that of the one before stays until the answer comes. */
export async function getInfo(view: View, device: SimulatedSonoff): Promise<void> {
  await askInfo(view, device.address);
  await view.see(new RegExp(`Address\\s+${device.address.replaceAll('.', '\\.')}\\s+Firmware version`));
}

/** Unlock, until the device card says so. */
export async function unlock(view: View): Promise<void> {
  await view.click('button', 'Unlock');
  await view.see('The device is unlocked.');
}

/** Flash, and yes to the one question. */
export async function flash(view: View): Promise<void> {
  await view.waitFor('button', 'Flash', { state: 'enabled' });
  await view.click('button', 'Flash');
  await view.waitFor('dialog', /^Flash .+ to .+\?$/);
  await view.click('button', /^Flash \S+\.bin$/);
}

/** Ends the watch over a device, so that the next test finds the extension with nothing to do. */
export async function stopWatching(view: View): Promise<void> {
  await view.click('button', 'Stop watching');
  await view.see('Watching was stopped');
}
