import { createHash } from 'node:crypto';
import { SimulatedSonoff } from '../../simulator/sonoff.ts';

/** Whether the simulated 3.6.0 device ends up with exactly `image`. Its 180 seconds last four. */
export async function deviceFinishes(downloadUrl: string, image: Uint8Array): Promise<boolean> {
  const device = new SimulatedSonoff({
    profile: '3.6.0',
    port: 0,
    timeScale: 0.022,
    spacingMs: 0,
    rebootMs: 10,
    unlocked: true,
  });
  await device.start();
  const sha256sum = createHash('sha256').update(image).digest('hex');
  await fetch(`http://127.0.0.1:${device.port}/zeroconf/ota_flash`, {
    method: 'POST',
    body: JSON.stringify({ data: { downloadUrl, sha256sum } }),
  }).catch(() => null);
  const { state } = await device.waitUntil(
    ({ became }) => !['downloading', 'restarting'].includes(became.state),
  );
  await device.stop();
  return state === 'tasmota';
}
