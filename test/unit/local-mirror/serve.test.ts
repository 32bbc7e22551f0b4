import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { obey } from '../../../src/local-mirror/command-line.ts';
import { serve } from '../../../src/local-mirror/serve/serve.ts';
import type { Terminal } from '../../../src/local-mirror/terminal.ts';
import { namespaceObstacle } from '../../e2e/harness/namespace.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import { bundledIn, runCommand } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'mirror-serve-'));
const good = join(folder, 'tasmota-lite.bin');
beforeAll(() => writeFileSync(good, buildImage()));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command line with the program's own serving, but less patience; it ends with the test. */
function commandLine(...args: string[]) {
  const unread = new AbortController();
  const [out, err]: [string[], string[]] = [[], []];
  const into = (lines: string[]) => (line: string) => {
    lines.push(`${line}\n`);
  };
  const terminal: Terminal = {
    out: into(out),
    err: into(err),
    raw: into(out),
    isScreen: false,
    columns: 80,
    unread: unread.signal,
  };
  const nothing = () => Promise.resolve(70);
  const status = obey(
    args,
    {
      serve: (wish) => serve(wish, terminal, { stallMs: 500, giveUpMs: 1000 }),
      find: nothing,
      probe: nothing,
      install: nothing,
      uninstall: nothing,
      nativeHost: nothing,
      nativeServe: nothing,
    },
    terminal,
  );
  onTestFinished(async () => {
    unread.abort();
    await status;
  });
  return { out: () => out.join(''), err: () => err.join('') };
}

const here = ['--bind', '127.0.0.1', '--port', '0'];
const firewalls =
  /own firewall may keep it out[\s\S]+2\. The Wi-Fi may keep its members apart[\s\S]+3\. The device may not reach 127\.0\.0\.1/;

it('a device that was named and does not come: an event, and the firewall first', async () => {
  const { out, err } = commandLine(good, '--json', '--device', '192.168.1.77', ...here);
  await expect
    .poll(out, { timeout: 5000 })
    .toContain('\n{"event":"stalled","device":"192.168.1.77","seconds":1}\n');
  expect(err()).toMatch(firewalls);
});

it('the same in words', async () => {
  const { out } = commandLine(good, '--device', '192.168.1.77', ...here);
  await expect.poll(out, { timeout: 5000 }).toContain('192.168.1.77 has not asked for anything in 1 s.');
  expect(out()).toMatch(firewalls);
});

const why = namespaceObstacle();
it.skipIf(why !== null)(
  why ?? 'an address that comes, goes away while it serves, comes back and changes',
  async () => {
    const program = await bundledIn(folder);
    // In a network of its own, which goes with the process.
    const shell = runCommand('unshare', [
      '--net',
      '--kill-child',
      'sh',
      '-c',
      addressStory,
      'sh',
      process.execPath,
      program,
      good,
    ]);
    expect(await shell.ended).toBe(0);
    const urls = shell.events().map(({ url }) => new URL(String(url)).hostname);
    expect(urls).toEqual(['127.0.0.1', '192.168.77.2', '192.168.77.3']);
    expect(shell.err()).toMatch(
      /is in no network: no device[\s\S]+no longer has the address 192\.168\.77\.2, and no other one that a device could use\.\n[\s\S]+Leave the power of the device on[\s\S]+has the address 192\.168\.77\.2 again[\s\S]+no longer has the address 192\.168\.77\.2\. It is now 192\.168\.77\.3:/,
    );
  },
);

/** Waits for each word before it changes the address again. What outlives a killed test ends by itself. */
const addressStory = `
  words="$3.words"
  said() { until grep -q "$1" "$words"; do sleep 0.1; done; }
  ip link set lo up && ip link add d0 type veth peer name d1 && ip link set d1 up && ip link set d0 up
  timeout 20 "$@" --json --port 0 2>"$words" & program=$!
  said 'in no network'; ip addr add 192.168.77.2/24 dev d0
  said 'has the address 192.168.77.2:'; ip addr del 192.168.77.2/24 dev d0
  said 'no other one'; ip addr add 192.168.77.2/24 dev d0
  said 'again. Devices'; ip addr del 192.168.77.2/24 dev d0; ip addr add 192.168.77.3/24 dev d0
  said 'It is now'; kill $program; wait; cat "$words" >&2
`;
