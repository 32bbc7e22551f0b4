import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { type Outcome, outcomeOf } from '../../../src/flash/run/outcome.ts';
import { judge, type ProofCase, provedOutcome } from '../../../src/flash/run/proof.ts';
import type { Found, FoundTasmota } from '../../../src/tasmota/found.ts';
import { esphomeAt, otherAt, tasmotaAt } from '../../../src/tasmota/sentences.ts';
import { nothingAt } from '../../../src/tasmota/silences.ts';
import { unknownDetails } from '../../../src/tasmota/status.ts';
import { readStoredRun } from './one-run.ts';
import { inWords, outcomeIn, type Stage, setStage, wholeRun } from './stage.ts';

const flashedHost = '192.168.1.9';
const gone = outcomeOf('gone', { accepted: true });
const lite = { family: 'tasmota', version: '15.1.0' } as const;

const tasmota = (host: string, version: string | null, state: FoundTasmota['state'] = 'running') =>
  tasmotaAt(host, state, { ...unknownDetails, version });

const caseOf = (part: Partial<ProofCase> = {}): ProofCase => ({
  outcome: gone,
  flashedHost,
  image: lite,
  ...part,
});

function verdict(found: Found, host: string, part: Partial<ProofCase> = {}) {
  const { proves, remark } = judge(found, host, caseOf(part));
  return [proves, remark === null ? '' : inEnglish(remark)] as const;
}

describe('what a look proves', () => {
  it.each([
    ['at the old address', flashedHost, '15.1.0', 'no other device has taken over its address'],
    ['at the old address, with a later build', flashedHost, '15.1.0.2', 'taken over'],
    ['at the old address, behind a password', flashedHost, null, 'taken over'],
    ['elsewhere, with the version that was flashed', '192.168.1.50', '15.1.0', 'with the same version'],
  ])('Tasmota %s', (_, host, version, assumes) => {
    expect(verdict(tasmota(host, version), host)).toEqual([true, expect.stringContaining(assumes)]);
  });

  it('Tasmota in the network of its own, which is new and waits for a Wi-Fi', () => {
    const found = tasmota('192.168.4.1', null, 'setup');
    expect(verdict(found, '192.168.4.1')).toEqual([true, expect.stringContaining('you joined')]);
  });

  it('ESPHome at the old address', () => {
    const image = { family: 'esphome', version: '2025.9.1' } as const;
    const found = esphomeAt(flashedHost, 'running', 'plug');
    expect(verdict(found, flashedHost, { image })).toEqual([true, expect.stringContaining('taken over')]);
    // What is to be sent to Tasmota before its first upgrade is nothing for it.
    expect(provedOutcome(judge(found, flashedHost, caseOf({ image })), flashedHost).steps).toEqual([]);
    const other = judge(tasmota(flashedHost, '15.1.0'), flashedHost, caseOf());
    expect(provedOutcome(other, flashedHost).steps).toHaveLength(1);
  });

  it('firmware at the old address, when nobody knows any more what was flashed', () => {
    expect(verdict(tasmota(flashedHost, '12.0.0'), flashedHost, { image: null })[0]).toBe(true);
  });
});

describe('what a look does not prove', () => {
  it.each([
    ['another version, even at the old address', tasmota(flashedHost, '12.0.0'), flashedHost, '15.1.0 was'],
    [
      'an old Tasmota in a network of its own',
      tasmota('192.168.4.1', '12.0.0', 'setup'),
      '192.168.4.1',
      '15',
    ],
    ['another firmware', esphomeAt(flashedHost, 'running', null), flashedHost, 'not what was flashed'],
    ['Tasmota anywhere that says no version', tasmota('10.0.0.7', null), '10.0.0.7', 'cannot be told'],
    ['a Tasmota at 192.168.4.1 that has a Wi-Fi', tasmota('192.168.4.1', null), '192.168.4.1', 'cannot be'],
  ])('%s', (_, found, host, says) => {
    expect(verdict(found, host)).toEqual([false, expect.stringContaining(says)]);
  });

  it.each([
    ['another web server', otherAt('h', { shows: 'page', server: 'nginx', title: null })],
    ['nobody', nothingAt('h', 'refused')],
  ])('%s, and says what to do', (_, found) => {
    const [proves, remark] = verdict(found, flashedHost);
    expect(proves).toBe(false);
    expect(remark).not.toBe('');
  });

  it.each([
    ['still-sonoff', { accepted: true }],
    ['unclear', { accepted: true }],
    ['interrupted', { accepted: false }],
    ['came-back', { accepted: true }],
  ] as const)('that a device is out of doubt (%s)', (conclusion, watch) => {
    const outcome = outcomeOf(conclusion, watch);
    expect(verdict(tasmota(flashedHost, '15.1.0'), flashedHost, { outcome })).toEqual([
      false,
      expect.stringContaining('Do not cut its power.'),
    ]);
  });

  it('anything new, where it is proved already', () => {
    const seen = judge(tasmota(flashedHost, '15.1.0'), flashedHost, caseOf());
    const outcome: Outcome = provedOutcome(seen, flashedHost);
    expect(verdict(tasmota(flashedHost, '15.1.0'), flashedHost, { outcome })).toEqual([false, '']);
  });

  it('takes the report of a device for no proof of what it starts', () => {
    const outcome: Outcome = { ...gone, kind: 'flashed', mayDownload: true };
    expect(verdict(tasmota(flashedHost, '15.1.0'), flashedHost, { outcome })[0]).toBe(true);
  });
});

/** Lets port 80 of every host answer as Tasmota does. */
function answerAsTasmota(stage: Stage, version = '14.1.0'): string[] {
  const real = stage.fetch;
  const asked: string[] = [];
  stage.fetch = async (input, init) => {
    const url = new URL(String(input));
    if (url.port !== '') return real(input, init);
    asked.push(url.href);
    return new Response(`{"Status":{"Module":1},"StatusFWR":{"Version":"${version}(release-lite)"}}`, {
      headers: { server: `Tasmota/${version} (ESP8285N08)` },
    });
  };
  return asked;
}

describe('a look that a person asks for', () => {
  it('turns probably flashed into flashed, and keeps the hold', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    expect((await wholeRun(stage, engine)).flash).toMatchObject({ outcome: { kind: 'probably-flashed' } });
    const held = stage.run().doubts.map(({ holdLeft }) => holdLeft);
    stage.environment.mayReachTasmota = async () => true;
    const { image } = stage.run();
    const version = image.state === 'done' ? image.value.report.identity.version : null;
    const asked = answerAsTasmota(stage, version ?? expect.fail());
    expect(engine.proof(stage.device.address)).toBeNull();
    await engine.settled();
    expect(asked).toEqual([`http://${stage.device.address}/cm?cmnd=Status%200`]);
    expect(outcomeIn(stage.run())).toMatchObject({ kind: 'flashed', leaves: 'new-firmware' });
    expect(outcomeIn(stage.run()).sentence).toContain('This assumes');
    expect(stage.run().doubts.map(({ holdLeft }) => holdLeft)).toEqual(held);
  });

  it('keeps where it was proved, whatever is looked at later', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await wholeRun(stage, engine);
    const { image } = stage.run();
    const version = image.state === 'done' ? image.value.report.identity.version : null;
    stage.environment.mayReachTasmota = async () => true;
    answerAsTasmota(stage, version ?? expect.fail());
    const proofAt = async (host: string) => {
      engine.proof(host);
      await engine.settled();
    };
    await proofAt('192.168.1.50');
    expect(outcomeIn(stage.run())).toMatchObject({ kind: 'flashed' });
    for (const host of ['192.168.1.50', '192.168.1.51', stage.device.address]) await proofAt(host);
    expect(stage.run().flash).toMatchObject({ outcome: { runsAt: '192.168.1.50' } });
    expect(readStoredRun(stage.run())?.flash).toMatchObject({ outcome: { runsAt: '192.168.1.50' } });
  });

  it('waits for the permission, and goes on by itself when that is there', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await wholeRun(stage, engine);
    const asked = answerAsTasmota(stage);
    engine.proof('192.168.4.1');
    await engine.settled();
    expect(stage.run().proof?.look).toMatchObject({ state: 'failed', failure: { kind: 'no-permission' } });
    expect(asked).toEqual([]);
    stage.environment.mayReachTasmota = async ({ host }) => host === '192.168.4.1';
    engine.permissionGranted();
    await engine.settled();
    expect(asked).toHaveLength(1);
    expect(stage.run().proof?.look).toMatchObject({ state: 'done', value: { kind: 'tasmota' } });
  });

  it('is refused where there is nothing to prove, and for what is no address', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    expect(inWords(engine.proof('192.168.1.9'))).toContain('Press Info');
    await wholeRun(stage, engine);
    expect(engine.proof('no address')).not.toBeNull();
    expect(stage.run().proof).toBeNull();
  });

  it('is taken up by a background that finds it unfinished, and forgotten by Info', async () => {
    const stage = await setStage();
    const first = stage.engine();
    await wholeRun(stage, first);
    stage.environment.mayReachTasmota = async () => true;
    answerAsTasmota(stage);
    first.proof('192.168.1.50');
    const working = { ...stage.run(), proof: stage.saved.find(({ proof }) => proof !== null)?.proof ?? null };
    await first.settled();
    const unfinished = stage.saved.find(({ proof }) => proof?.look.state === 'working') ?? working;
    const second = stage.engine(unfinished);
    await second.settled();
    expect(stage.run().proof?.look.state).toBe('done');
    second.info(stage.device.address, '');
    await second.settled();
    expect(stage.run().proof).toBeNull();
  });
});
