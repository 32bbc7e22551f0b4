import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../../images/esp8266-image.ts';
import { aDevice, say } from '../simulator/desk.ts';
import { type RunningProgram, runCommand } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'mirror-clone-'));
const good = join(folder, 'tasmota-lite.bin');
beforeAll(() => writeFileSync(good, buildImage()));
afterAll(() => rmSync(folder, { recursive: true }));

/** What docs/local-mirror.md tells to type in a clone. */
function npmRunMirror(...args: string[]): RunningProgram {
  const here = ['--json', '--bind', '127.0.0.1', '--port', '0'];
  // A group of its own: a terminal sends Ctrl-C to everybody in it.
  return runCommand('npm', ['run', '-s', 'mirror', '--', good, ...here, ...args], { detached: true });
}

const installed = process.platform !== 'win32';

describe.skipIf(!installed)('npm run mirror -- FILE --json', () => {
  it('serves the simulated device of npm run simulator, which a plain curl told to flash', async () => {
    const mirror = npmRunMirror('--once');
    const simulator = runCommand(
      'npm',
      ['run', '-s', 'simulator', '--', '--unlocked', '--port', '0', '--speed', '0', '--time-scale', '0.05'],
      { detached: true },
    );
    await Promise.all([mirror.until(/Waiting on port/), simulator.until(/:\d+/)]);
    const [, command = ''] = /^ {2}(curl .+)$/m.exec(mirror.err()) ?? [];
    const port = /127\.0\.0\.1:(\d+)/.exec(simulator.out())?.[1];
    const curl = runCommand('sh', ['-c', command.replace('DEVICE:8081', `127.0.0.1:${port}`)]);
    expect(await curl.ended).toBe(0);
    expect(JSON.parse(curl.out())).toMatchObject({ error: 0 });
    expect([await mirror.ended, await simulator.ended]).toEqual([0, 0]);
    expect(mirror.events().at(-1)).toEqual({ event: 'verdict', device: '127.0.0.1', error: 0 });
    expect(mirror.events()).toHaveLength(12);
  });

  it('Ctrl-C in the middle of a download lets the device come to its end', async () => {
    const mirror = npmRunMirror();
    await mirror.until(/Waiting on port/);
    const [{ url, sha256 } = {}] = mirror.events();
    const device = await aDevice({ unlocked: true, speed: 30_000, timeScale: 1 });
    await say(device, 'ota_flash', { data: { downloadUrl: url, sha256sum: sha256 } });
    await mirror.until(/"from":4096/);
    process.kill(-(mirror.child.pid ?? 0), 'SIGINT');
    await mirror.until(/in the middle of its download/);
    // npm dies of the signal once the program has ended; to a shell both are 130.
    expect([130, 'SIGINT']).toContain(await mirror.ended);
    expect(mirror.events().at(-1)).toMatchObject({ event: 'verdict', error: 0 });
    await device.waitUntil('tasmota');
  });
});
