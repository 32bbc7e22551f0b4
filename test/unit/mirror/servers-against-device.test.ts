import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/check.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import { type ServerName, serverKinds } from '../../servers/server-kinds.ts';
import { startServer, whyNotInstalled } from '../../servers/start-server.ts';
import { SimulatedMirror } from '../../simulator/mirror.ts';
import { type MirrorFaultKind, mirrorFaults } from '../../simulator/mirror-faults.ts';
import { deviceFinishes } from './device-finishes.ts';
import { checkWhole } from './whole-check.ts';

const image = buildImage({ size: 469_840 });
const file = 'tasmota-lite.bin';

/** What the extension says of a mirror before anything is flashed: the gravest answer and its grounds. */
async function preflight(origin: string): Promise<{ answer: Answer; grounds: string[] }> {
  const checked = await checkWhole(`${origin}/${file}`, 1000);
  if (checked.problem !== null) return { answer: 'fail', grounds: [checked.problem] };
  const { answer, checks } = checked.report;
  const grounds = checks
    .filter((check) => check.answer !== 'pass')
    .map((check) => `${check.id} ${check.answer}`);
  return { answer, grounds };
}

/** Passes ⇒ it finishes; fails ⇒ it does not; where the report says `unknown`, nothing is claimed. */
function expectAgreement(
  { answer, grounds }: { answer: Answer; grounds: string[] },
  finishes: boolean,
): void {
  const said = `${answer} (${grounds.join(', ')})`;
  if (answer === 'fail') expect([said, finishes]).toEqual([said, false]);
  if (answer === 'pass') expect([said, finishes]).toEqual([said, true]);
}

const serverNames = Object.keys(serverKinds).filter((name): name is ServerName => name in serverKinds);

describe('preflight and the simulated 3.6.0 device agree about', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'mirror-root-'));
    writeFileSync(join(root, file), image);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  for (const name of serverNames) {
    const missing = whyNotInstalled(name);
    it.skipIf(missing !== null)(missing ?? name, async () => {
      const server = await startServer(name, root);
      const said = await preflight(server.origin);
      const finishes = await deviceFinishes(`${server.origin}/${file}`, image);
      await server.stop();
      expectAgreement(said, finishes);
    });
  }
});

/** Faults that are only a matter of time, which the device here has less of; probe.test.ts has them. */
const ofTime: readonly string[] = ['slow', 'trickle'];
/** Faults that a browser cannot see (it drops what was not announced): the report must not say that all is well. */
const unseen: readonly string[] = ['lower-case', 'http-1.0', 'other-phrase', 'sends-more'];
const faults = Object.keys(mirrorFaults).filter((kind): kind is MirrorFaultKind => kind in mirrorFaults);

describe('preflight and the simulated 3.6.0 device agree about a mirror that', () => {
  async function compare(kind: MirrorFaultKind | null) {
    const mirror = new SimulatedMirror({ files: { [`/${file}`]: image } });
    await mirror.start();
    const breakIt = () => kind !== null && mirror.breakPath(`/${file}`, { kind });
    breakIt();
    const origin = mirror.url('');
    const said = await preflight(origin);
    breakIt();
    const finishes = await deviceFinishes(`${origin}/${file}`, image);
    await mirror.stop();
    return { said, finishes };
  }

  it('is right', async () => {
    const { said, finishes } = await compare(null);
    expect(finishes).toBe(true);
    expectAgreement(said, finishes);
    expect(said.answer).not.toBe('fail');
  });

  it.each(faults.filter((kind) => !ofTime.includes(kind)))('has the fault %s', async (kind) => {
    const { said, finishes } = await compare(kind);
    expectAgreement(said, finishes);
    if (unseen.includes(kind)) expect(said.answer).not.toBe('pass');
    else if (!finishes) expect(said.answer).toBe('fail');
  });
});
