import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Directory } from '../../../src/local-mirror/find/directory.ts';
import { readRecords } from '../../../src/local-mirror/find/dns-records.ts';
import { namespaceObstacle, openNetwork } from '../../e2e/harness/namespace.ts';
import { bundledIn } from './program.ts';

const service = '_ewelink._tcp.local';

/** What a device announces (mdns-txt), as the library decodes it. */
function announced(id: string, txt: readonly string[], address = '192.168.1.109', ttl = 120): unknown[] {
  const instance = `eWeLink_${id}.${service}`;
  return [
    { name: service, type: 'PTR', ttl: ttl === 0 ? 0 : 4500, data: instance },
    { name: instance, type: 'SRV', ttl, data: { target: `eWeLink_${id}.local`, port: 8081 } },
    { name: instance, type: 'TXT', ttl: 4500, data: txt.map((entry) => Buffer.from(entry)) },
    { name: `eWeLink_${id}.local`, type: 'A', ttl, data: address },
  ];
}

const diy = ['txtvers=1', 'id=1000988699', 'type=diy_plug', 'apivers=1', 'seq=1', 'data1={"switch":"off"}'];
const plug = ['txtvers=1', 'id=1000866123', 'type=plug', 'encrypt=true', 'iv=NzA4MTUwNjAwODIwNTA4MA=='];

describe('the directory of devices', () => {
  const take = (directory: Directory, records: readonly unknown[], now: number) =>
    directory.take(readRecords(records), now);

  it('tells one in DIY mode from an encrypted one', () => {
    const directory = new Directory();
    expect(
      take(directory, [...announced('1000988699', diy), ...announced('1000866123', plug, '192.168.1.7')], 0),
    ).toEqual([
      {
        event: 'found',
        device: { id: '1000988699', address: '192.168.1.109', port: 8081, type: 'diy_plug', mode: 'diy' },
      },
      {
        event: 'found',
        device: { id: '1000866123', address: '192.168.1.7', port: 8081, type: 'plug', mode: 'encrypted' },
      },
    ]);
  });

  it('puts it together from answers that come one by one, in any order, and asks for what is missing', () => {
    const directory = new Directory();
    const [ptr, srv, txt, a] = announced('1000988699', diy);
    expect(take(directory, [ptr], 0)).toEqual([]);
    expect(directory.missing(0).map(({ type }) => type)).toEqual(['TXT', 'SRV']);
    expect(take(directory, [srv], 0)).toEqual([]);
    expect(directory.missing(0).map(({ type }) => type)).toEqual(['TXT', 'A']);
    expect(take(directory, [a], 0)).toEqual([]);
    expect(take(directory, [txt], 0)).toMatchObject([{ event: 'found' }]);
    expect(directory.missing(0)).toEqual([]);
  });

  it('says it once, and again only when something has changed', () => {
    const directory = new Directory();
    take(directory, announced('1000988699', diy), 0);
    expect(take(directory, announced('1000988699', diy), 5000)).toEqual([]);
    expect(take(directory, announced('1000988699', [...diy, 'seq=2']), 6000)).toEqual([]);
    expect(take(directory, announced('1000988699', diy, '192.168.1.110'), 7000)).toEqual([]);
    expect(take(directory, announced('1000988699', diy, '192.168.1.110'), 37_000)).toMatchObject([
      { event: 'changed', device: { address: '192.168.1.110' } },
    ]);
    expect(
      take(directory, announced('1000988699', [...diy, 'encrypt=true'], '192.168.1.110'), 38_000),
    ).toMatchObject([{ event: 'changed', device: { mode: 'encrypted' } }]);
  });

  it('says when one goes, with a goodbye or without', () => {
    const directory = new Directory();
    take(directory, [...announced('1000988699', diy), ...announced('1000866123', plug, '192.168.1.7')], 0);
    take(directory, announced('1000988699', diy, '192.168.1.109', 0), 10_000);
    expect(directory.look(10_900)).toEqual([]);
    expect(directory.look(11_000)).toMatchObject([{ event: 'gone', device: { id: '1000988699' } }]);
    expect(directory.look(119_000)).toEqual([]);
    expect(directory.look(120_000)).toMatchObject([{ event: 'gone', device: { id: '1000866123' } }]);
    expect(take(directory, announced('1000988699', diy), 130_000)).toMatchObject([{ event: 'found' }]);
  });

  it('keeps to one of the addresses of a device that has several', () => {
    const directory = new Directory();
    const both = [...announced('1000988699', diy), ...announced('1000988699', diy, '10.0.0.9')];
    take(
      directory,
      [...both, { name: 'eWeLink_1000988699.local', type: 'A', ttl: 120, data: '127.0.0.1' }],
      0,
    );
    for (let now = 20_000; now < 300_000; now += 20_000) expect(take(directory, both, now)).toEqual([]);
  });

  it('keeps to Sonoff devices, and to a number of them', () => {
    const directory = new Directory();
    const printer = announced('1', ['id=1']).map((record) =>
      JSON.parse(JSON.stringify(record).replaceAll('_ewelink', '_ipp')),
    );
    expect(take(directory, printer, 0)).toEqual([]);
    const flood = Array.from({ length: 2000 }, (_, n) => announced(`${n}`, diy)).flat();
    expect(take(directory, flood, 0)).toHaveLength(512);
  });

  it('takes whatever records there are', () => {
    const record = fc.record(
      {
        name: fc.constantFrom(service, `a.${service}`, 'a.local', ''),
        type: fc.constantFrom('PTR', 'SRV', 'TXT', 'A', 'AAAA', 'OPT'),
        ttl: fc.constantFrom(0, 1, 120, -1, Number.NaN),
        data: fc.oneof(
          fc.anything(),
          fc.constantFrom(`a.${service}`, '192.168.1.1', { target: 'a.local', port: 1 }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const directory = new Directory();
        take(directory, records, 0);
        directory.missing(0);
        directory.look(1e9);
      }),
    );
  });
});

/** Avahi's service file for one device. */
function serviceFile(id: string, txt: readonly string[]): string {
  const records = txt.map((entry) => `<txt-record>${entry}</txt-record>`).join('');
  return (
    '<!DOCTYPE service-group SYSTEM "avahi-service.dtd">' +
    `<service-group><name>eWeLink_${id}</name><service><type>_ewelink._tcp</type><port>8081</port>${records}</service></service-group>`
  );
}

function obstacle(): string | null {
  const none = namespaceObstacle();
  if (none !== null) return none;
  return spawnSync('avahi-daemon', ['--version']).status === 0
    ? null
    : 'skipped: install avahi-daemon (Debian) to run it';
}

describe('mirror find', () => {
  const why = obstacle();
  it.skipIf(why !== null)(why ?? 'sees what Avahi publishes, as it comes and goes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'avahi-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const put = (id: string, txt: readonly string[]) =>
      writeFileSync(join(folder, `${id}.service`), serviceFile(id, txt));
    put('1000988699', diy);
    put('1000866123', plug);
    writeFileSync(
      join(folder, 'configuration'),
      '[server]\nhost-name=eWeLink_1000988699\nuse-ipv6=no\nenable-dbus=no\n[publish]\npublish-workstation=no\n',
    );
    const program = await bundledIn(folder);
    const network = openNetwork('find');
    onTestFinished(() => network.close());
    // Avahi reads its services from one place only; the namespace has mounts of its own.
    const shell =
      'mkdir -p /run/avahi-daemon /etc/avahi/services && mount -t tmpfs none /run/avahi-daemon && ' +
      `mount --bind '${folder}' /etc/avahi/services && ` +
      `exec avahi-daemon -f '${folder}/configuration' --no-drop-root --no-chroot --no-rlimits`;
    const publish =
      `const avahi = require('node:child_process').spawn('sh', ['-c', ${JSON.stringify(shell)}], { stdio: 'inherit' });` +
      "process.on('SIGTERM', () => avahi.kill());";
    const avahi = await network.run(['-e', publish], /Server startup complete/);
    await expect
      .poll(() => avahi.output(), { timeout: 10_000 })
      .toMatch(/(?:successfully established.*){2}/s);

    const find = await network.run([program, 'find', '--json'], /Looking for Sonoff devices/);
    const seen = () =>
      find
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
    const address = network.there;
    await expect.poll(seen, { timeout: 10_000 }).toHaveLength(2);
    expect(seen()).toEqual(
      expect.arrayContaining([
        { event: 'found', id: '1000988699', address, port: 8081, type: 'diy_plug', mode: 'diy' },
        { event: 'found', id: '1000866123', address, port: 8081, type: 'plug', mode: 'encrypted' },
      ]),
    );
    rmSync(join(folder, '1000988699.service'));
    await expect
      .poll(() => seen().at(-1), { timeout: 10_000 })
      .toMatchObject({ event: 'gone', id: '1000988699' });
    put('1000988699', diy);
    await expect
      .poll(() => seen().at(-1), { timeout: 10_000 })
      .toMatchObject({ event: 'found', id: '1000988699' });
  });
});
