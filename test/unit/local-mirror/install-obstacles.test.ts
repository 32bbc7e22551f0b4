import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { carryOut, readRecord, remove } from '../../../src/local-mirror/install/carry-out.ts';
import { planInstall, planRemoval } from '../../../src/local-mirror/install/plan.ts';

const manifest = 'sonoff_diy_flasher.local_mirror.json';

/** A home in which Chromium and Firefox have run. What root may write, root runs into as well. */
function home() {
  const folder = mkdtempSync(join(tmpdir(), 'a home '));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, '.config/chromium'), { recursive: true });
  const source = join(folder, 'mirror.cjs');
  writeFileSync(source, '');
  const own = join(folder, '.local/share/sonoff-diy-mirror');
  const node = process.execPath;
  const environment = () =>
    ({ platform: 'linux', home: folder, variables: {}, node, exists: existsSync }) as const;
  return {
    at: (path: string) => join(folder, path),
    there: () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted(),
    install: async (...dirs: string[]) =>
      carryOut(planInstall(environment(), dirs), source, { ...(await readRecord(own)), userDataDirs: dirs }),
    async uninstall() {
      const record = await readRecord(own);
      return remove(planRemoval(environment(), record.userDataDirs), record);
    },
  };
}

it('registers with one browser though the other stands in the way, and takes all of that away', async () => {
  const { at, there, install, uninstall } = home();
  mkdirSync(at('.mozilla'));
  writeFileSync(at('.config/chromium/NativeMessagingHosts'), 'no folder');
  const before = there();
  const [obstacle, ...none] = await install();
  expect(obstacle?.path).toBe(at(`.config/chromium/NativeMessagingHosts/${manifest}`));
  expect(none).toEqual([]);
  expect(there()).toContain(`.mozilla/native-messaging-hosts/${manifest}`);
  expect(await uninstall()).toMatchObject({ obstacles: [] });
  expect(there()).toEqual(before);
});

it('knows every folder of a browser that was named, though it could not be written everywhere', async () => {
  const { at, there, install, uninstall } = home();
  mkdirSync(at('named'));
  writeFileSync(at('in the way'), 'no folder');
  const before = there();
  expect(await install(at('named'), at('in the way'))).toHaveLength(1);
  expect(there()).toContain(`named/NativeMessagingHosts/${manifest}`);
  await uninstall();
  expect(there()).toEqual(before);
});

it('leaves nothing half written behind, and takes away what it can', async () => {
  const { at, there, install, uninstall } = home();
  mkdirSync(at('.mozilla'));
  mkdirSync(at(`.config/chromium/NativeMessagingHosts/${manifest}`), { recursive: true });
  const before = there();
  expect(await install()).toHaveLength(1);
  expect(there().filter((name) => /\.\d+$/.test(name))).toEqual([]);
  const { gone, obstacles } = await uninstall();
  expect(gone).toEqual([at(`.mozilla/native-messaging-hosts/${manifest}`)]);
  expect(obstacles).toHaveLength(1);

  rmSync(at(`.config/chromium/NativeMessagingHosts/${manifest}`), { recursive: true });
  expect(await uninstall()).toMatchObject({ obstacles: [] });
  expect([...there(), `.config/chromium/NativeMessagingHosts/${manifest}`].toSorted()).toEqual(before);
});
