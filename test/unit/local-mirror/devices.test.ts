import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildImage } from '../../images/esp8266-image.ts';
import { profiles } from '../../simulator/profiles.ts';
import type { SimulatedSonoff } from '../../simulator/sonoff.ts';
import { aDevice, say } from '../simulator/desk.ts';
import { aBreakingWire, aLocalMirror, digest, image, type MirrorService } from './mirror-desk.ts';

const parts = Math.ceil(image.length / 4096);

/** Tells a device to flash, as curl would, and resolves with its `error`. */
async function flash(device: SimulatedSonoff, downloadUrl: string, sha256sum = digest): Promise<unknown> {
  const { deviceid } = device.settings;
  const { body } = await say(device, 'ota_flash', { deviceid, data: { downloadUrl, sha256sum } });
  return body === '' ? 'silence' : JSON.parse(body).error;
}

function rangesOf({ events }: MirrorService): [number, number][] {
  return events.flatMap((event) =>
    event.event === 'range' ? [[event.from, event.to] as [number, number]] : [],
  );
}

const flashable = profiles.filter(
  ({ commands, plainRequest }) => commands.includes('ota_flash') && plainRequest === 'served',
);

describe('the local mirror serves the simulated device', () => {
  it.each(flashable.map(({ name }) => name))('%s to its end, and hears its verdict', async (profile) => {
    const desk = await aLocalMirror();
    const device = await aDevice({ profile, unlocked: true });
    expect(await flash(device, desk.url)).toBe(0);
    await device.waitUntil('tasmota');
    const verdict = await desk.event('verdict');
    expect(verdict).toMatchObject({ device: '127.0.0.1', error: 0 });
    expect(verdict.download).toMatchObject({ partsFetched: parts, error: 0 });
    expect(verdict.download?.deviceId).toBe(profile.startsWith('b02') ? null : device.settings.deviceid);
    expect(rangesOf(desk)).toEqual(
      Array.from({ length: parts }, (_, n) => [n * 4096, Math.min((n + 1) * 4096, image.length) - 1]),
    );
    expect(device.callbacks).toMatchObject([{ error: 0, status: 200 }]);
    expect(device.downloads[0]?.reconnects).toBe(0);
  });

  it('fifty times at once without an error', async () => {
    const desk = await aLocalMirror();
    const small = buildImage({ size: 98_304 });
    const sum = createHash('sha256').update(small).digest('hex');
    const url = `http://127.0.0.1:${desk.port}${desk.mirror.handOver('small.bin', small, sum).path}`;
    const devices = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        aDevice({ deviceid: `10000${10_000 + n}`, unlocked: true, timeScale: 1 }),
      ),
    );
    await Promise.all(devices.map((device) => flash(device, url, sum)));
    await Promise.all(devices.map((device) => device.waitUntil('tasmota')));
    const verdicts = desk.events.flatMap((event) => (event.event === 'verdict' ? [event] : []));
    expect(verdicts.map(({ error }) => error)).toEqual(Array(50).fill(0));
    expect(verdicts.every(({ download }) => download?.partsFetched === 24)).toBe(true);
    expect(new Set(verdicts.map(({ download }) => download?.deviceId)).size).toBe(50);
    expect(devices.reduce((all, { downloads }) => all + (downloads[0]?.reconnects ?? 0), 0)).toBe(0);
  });

  it('that loses the connection three times, and goes on where it was', async () => {
    const desk = await aLocalMirror();
    const port = await aBreakingWire(desk.port, 60_000, 3);
    const device = await aDevice({ unlocked: true, timeScale: 0.01 });
    await flash(device, `http://127.0.0.1:${port}${desk.path}`);
    await device.waitUntil('tasmota');
    expect(device.downloads[0]?.reconnects).toBe(3);
    expect((await desk.event('verdict')).download?.partsFetched).toBe(parts);
  });
});

describe('the local mirror tells', () => {
  it('that a device vanished in the middle, how long ago, and that it comes again', async () => {
    const desk = await aLocalMirror({ stallMs: 300, giveUpMs: 900 });
    const device = await aDevice({ unlocked: true, faults: [{ kind: 'vanish', number: 65_536, times: 1 }] });
    await flash(device, desk.url);
    await device.waitUntil('gone');
    const stalled = await desk.event('stalled');
    expect(stalled.device).toBe('127.0.0.1');
    expect(stalled.download?.partsFetched).toBe(16);
    expect(desk.mirror.isBusy).toBe(false);
    await device.comeBack();
    await flash(device, desk.url);
    await device.waitUntil('tasmota');
    const { download } = await desk.event('verdict');
    expect(download).toMatchObject({ partsFetched: parts, error: 0 });
    expect(download).not.toBe(stalled.download);
  });

  it('of a device that was expected and does not come', async () => {
    const desk = await aLocalMirror({ stallMs: 40 });
    desk.mirror.expect('192.168.1.77');
    expect(await desk.event('stalled')).toMatchObject({ device: '192.168.1.77', download: null });
  });

  it('nothing of the sort when it comes', async () => {
    const desk = await aLocalMirror({ stallMs: 500 });
    desk.mirror.expect('127.0.0.1');
    const device = await aDevice({ unlocked: true });
    await flash(device, desk.url);
    await desk.event('verdict');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(desk.events.filter(({ event }) => event === 'stalled')).toEqual([]);
  });

  it('409 for a digest that is another one', async () => {
    const desk = await aLocalMirror();
    const device = await aDevice({ unlocked: true });
    await flash(device, desk.url, '0'.repeat(64));
    expect(await desk.event('verdict')).toMatchObject({ error: 409, download: { error: 409 } });
  });

  it('404 for a path that is not there, without a download', async () => {
    const desk = await aLocalMirror();
    const device = await aDevice({ unlocked: true, completion: 'immediate' });
    await flash(device, `http://127.0.0.1:${desk.port}/nowhere.bin`);
    expect(await desk.event('verdict')).toMatchObject({ error: 404, download: null });
    expect(rangesOf(desk)).toEqual([]);
  });

  it('410 for an image that does not fit into the flash memory of a device', async () => {
    const desk = await aLocalMirror();
    const large = new Uint8Array(1_052_672);
    const sum = createHash('sha256').update(large).digest('hex');
    const { path } = desk.mirror.handOver('large.bin', large, sum);
    const device = await aDevice({ unlocked: true, sizeLimit: large.length });
    await flash(device, `http://127.0.0.1:${desk.port}${path}`, sum);
    expect(await desk.event('verdict')).toMatchObject({ error: 410, download: { error: 410 } });
  });

  it('406 for an image that the device finds too large', async () => {
    const desk = await aLocalMirror();
    const device = await aDevice({ unlocked: true, completion: 'immediate', sizeLimit: 400_000 });
    await flash(device, desk.url);
    expect(await desk.event('verdict')).toMatchObject({ error: 406 });
  });
});
