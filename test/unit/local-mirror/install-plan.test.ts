import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Environment } from '../../../src/local-mirror/install/environment.ts';
import { confinedText } from '../../../src/local-mirror/install/install-command.ts';
import { planInstall, planRemoval } from '../../../src/local-mirror/install/plan.ts';
import { batchWrapper, shellWrapper } from '../../../src/local-mirror/install/wrapper.ts';

const name = 'sonoff_diy_flasher.local_mirror';
const development = 'chrome-extension://lfbepbhhlhfoldljaojlefadnchcfnio/';

function environment(
  platform: Environment['platform'],
  home: string,
  there: readonly string[],
  variables: Environment['variables'] = {},
): Environment {
  const node = platform === 'win32' ? 'C:\\Program Files\\nodejs\\node.exe' : '/opt/node 20/bin/node';
  return { platform, home, variables, node, exists: (path) => there.includes(path) };
}

const manifestOf = (text: string | undefined) => JSON.parse(text ?? 'null');

describe('on Linux', () => {
  const home = "/home/o'neil x";
  const found = [
    `${home}/.config/chromium`,
    `${home}/.config/BraveSoftware/Brave-Browser`,
    `${home}/.mozilla`,
  ];
  const plan = planInstall(environment('linux', home, found), ['/srv/a profile']);
  const own = `${home}/.local/share/sonoff-diy-mirror`;

  it('registers with what has run there, and with nothing else', () => {
    expect(plan.program).toBe(`${own}/sonoff-diy-mirror.cjs`);
    expect(plan.files.map(({ path, isExecutable }) => [path, isExecutable])).toEqual([
      [`${own}/native-host`, true],
      [`${home}/.config/chromium/NativeMessagingHosts/${name}.json`, false],
      [`${home}/.config/BraveSoftware/Brave-Browser/NativeMessagingHosts/${name}.json`, false],
      [`${home}/.mozilla/native-messaging-hosts/${name}.json`, false],
      [`/srv/a profile/NativeMessagingHosts/${name}.json`, false],
    ]);
    expect(plan.browsers).toEqual(['Chromium', 'Brave', 'Firefox', 'Chromium with /srv/a profile']);
    expect(plan.keys).toEqual([]);
  });

  it('gives each family its own manifest, with exactly one of the two keys', () => {
    const shared = { name, description: expect.any(String), path: `${own}/native-host`, type: 'stdio' };
    expect(manifestOf(plan.files[1]?.text)).toEqual({ ...shared, allowed_origins: [development] });
    expect(manifestOf(plan.files[3]?.text)).toEqual({
      ...shared,
      allowed_extensions: ['sonoff-diy-flasher@sonoff-diy-flasher.example'],
    });
  });

  it('starts the program by absolute paths in quotes', () => {
    expect(plan.files[0]?.text).toMatch(/^#!\/bin\/sh\nnode='\/opt\/node 20\/bin\/node'\n/);
    expect(plan.files[0]?.text).toContain(
      `exec "$node" '/home/o'\\''neil x/.local/share/sonoff-diy-mirror/sonoff-diy-mirror.cjs' native-host "$@"\n`,
    );
  });

  it('goes by XDG_CONFIG_HOME and XDG_DATA_HOME where they are absolute', () => {
    const variables = { XDG_CONFIG_HOME: '/x/config', XDG_DATA_HOME: 'not/absolute' };
    const other = planInstall(
      environment('linux', home, ['/x/config/vivaldi', '/x/config/mozilla'], variables),
      [],
    );
    expect(other.folder).toBe(own);
    expect(other.files.slice(1).map(({ path }) => path)).toEqual([
      `/x/config/vivaldi/NativeMessagingHosts/${name}.json`,
      `${home}/.mozilla/native-messaging-hosts/${name}.json`,
      `/x/config/mozilla/native-messaging-hosts/${name}.json`,
    ]);
  });

  it('finds no browser where none has run', () => {
    expect(planInstall(environment('linux', home, []), []).browsers).toEqual([]);
  });

  it('tells of browsers in a snap or a flatpak, and what to do instead', () => {
    const packed = [`${home}/snap/firefox`, `${home}/snap/chromium`, `${home}/.var/app/com.brave.Browser`];
    const { confined, browsers } = planInstall(environment('linux', home, packed), []);
    expect(browsers).toEqual(['Firefox']);
    expect(confined.map((one) => confinedText(one).join(' '))).toEqual([
      expect.stringMatching(/^Firefox from a snap asks you once/),
      expect.stringMatching(/^Chromium from a snap cannot start programs.*mirror FILE\.bin/),
      expect.stringMatching(/^Brave from a flatpak cannot start programs.*mirror FILE\.bin/),
    ]);
  });

  it('takes away every manifest that there could be', () => {
    const { folder, files, keys } = planRemoval(environment('linux', home, []), ['/srv/a profile']);
    expect(folder).toBe(own);
    for (const { path } of plan.files.slice(1)) expect(files).toContain(path);
    expect(keys).toEqual([]);
  });
});

describe('on macOS', () => {
  const library = '/Users/Jo Doe/Library/Application Support';
  const found = [`${library}/Google/Chrome`, `${library}/Microsoft Edge`, `${library}/Firefox`];
  const plan = planInstall(environment('darwin', '/Users/Jo Doe', found), []);

  it('writes into Application Support', () => {
    expect(plan.files.map(({ path }) => path)).toEqual([
      `${library}/sonoff-diy-mirror/native-host`,
      `${library}/Google/Chrome/NativeMessagingHosts/${name}.json`,
      `${library}/Microsoft Edge/NativeMessagingHosts/${name}.json`,
      `${library}/Mozilla/NativeMessagingHosts/${name}.json`,
    ]);
    expect(manifestOf(plan.files[1]?.text).path).toBe(`${library}/sonoff-diy-mirror/native-host`);
    expect(plan.confined).toEqual([]);
  });
});

describe('on Windows', () => {
  const home = "C:\\Users\\O'Neil X";
  const local = `${home}\\AppData\\Local`;
  const found = [
    `${local}\\Google\\Chrome\\User Data`,
    `${local}\\BraveSoftware\\Brave-Browser\\User Data`,
    `${local}\\Microsoft\\Edge\\User Data`,
    `${home}\\AppData\\Roaming\\Mozilla\\Firefox`,
  ];
  const windows = environment('win32', home, found, {
    LOCALAPPDATA: local,
    APPDATA: `${home}\\AppData\\Roaming`,
  });
  const plan = planInstall(windows, ['D:\\profile']);
  const own = `${local}\\sonoff-diy-mirror`;

  it('keeps all files together, one manifest for each family', () => {
    expect(plan.files.map(({ path }) => path)).toEqual([
      `${own}\\native-host.bat`,
      `${own}\\chromium.json`,
      `${own}\\firefox.json`,
    ]);
    expect(manifestOf(plan.files[1]?.text)).toMatchObject({
      path: `${own}\\native-host.bat`,
      allowed_origins: [development],
    });
    expect(plan.files[1]?.text.charCodeAt(0)).toBe('{'.charCodeAt(0));
  });

  it('names them in the registry, Brave by the key of Chrome', () => {
    expect(plan.keys).toEqual([
      {
        key: `HKCU\\Software\\Google\\Chrome\\NativeMessagingHosts\\${name}`,
        value: `${own}\\chromium.json`,
      },
      {
        key: `HKCU\\Software\\Microsoft\\Edge\\NativeMessagingHosts\\${name}`,
        value: `${own}\\chromium.json`,
      },
      { key: `HKCU\\Software\\Mozilla\\NativeMessagingHosts\\${name}`, value: `${own}\\firefox.json` },
    ]);
    const removal = planRemoval(windows, []);
    for (const { key } of plan.keys) expect(removal.keys).toContain(key);
    expect(removal.keys).toContain(`HKCU\\Software\\Chromium\\NativeMessagingHosts\\${name}`);
  });

  it('starts the program by a batch file', () => {
    expect(plan.files[0]?.text).toBe(
      '@echo off\r\nsetlocal DisableDelayedExpansion\r\nset "node=C:\\Program Files\\nodejs\\node.exe"\r\n' +
        'if not exist "%node%" set "node=node"\r\n"%node%" "%~dp0sonoff-diy-mirror.cjs" native-host %*\r\n',
    );
    expect(batchWrapper('C:\\100%\\Jörg\\node.exe', 'x.cjs')).toContain(
      'chcp 65001 >nul\r\nset "node=C:\\100%%\\Jörg\\node.exe"\r\n',
    );
  });
});

describe.runIf(process.platform !== 'win32')('the wrapper', () => {
  const folder = mkdtempSync(join(tmpdir(), "o'neil's $HOME `x` "));
  afterAll(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'echo it.cjs');
  writeFileSync(program, 'console.log(JSON.stringify(process.argv.slice(2)))');
  const wrapperFor = (node: string) => {
    const file = join(folder, 'native-host');
    writeFileSync(file, shellWrapper(node, program));
    chmodSync(file, 0o755);
    return file;
  };

  it('passes on what the browser says, whatever is in the path', () => {
    const out = execFileSync(wrapperFor(process.execPath), ['chrome-extension://a/', 'b c'], {
      encoding: 'utf8',
    });
    expect(JSON.parse(out)).toEqual(['native-host', 'chrome-extension://a/', 'b c']);
  });

  it('looks for another Node when its own has gone', () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'node'), `#!/bin/sh\nexec '${process.execPath}' "$@"\n`, { mode: 0o755 });
    const wrapper = wrapperFor('/nowhere/node');
    const out = execFileSync(wrapper, [], { encoding: 'utf8', env: { PATH: `${bin}:/usr/bin:/bin` } });
    expect(JSON.parse(out)).toEqual(['native-host']);
    expect(readdirSync(folder)).toContain('native-host');
  });
});
