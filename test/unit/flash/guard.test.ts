import { describe, expect, it } from 'vitest';
import type { Text } from '../../../src/core/text.ts';
import { type DeviceRun, noRun } from '../../../src/flash/run/device-run.ts';
import { againstHand, againstTool, type ToolDevice } from '../../../src/flash/tools/guard.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';
import { deviceInfoOf } from '../../../src/zeroconf/device/device-info.ts';
import { textOf } from '../saying.ts';

const here = '192.168.1.4';
const elsewhere = '192.168.1.9';
const [own, other] = ['1000a1b2c3', '1000ffffff'];
const working = { state: 'working', since: 1, progress: null } as const;
const idOf = (refusal: Text | null) => refusal?.id ?? null;

function runOf(host: string, part: Partial<DeviceRun> = {}): DeviceRun {
  const address = parseAddress(host);
  return { ...noRun, address: address.ok ? address.value : expect.fail(), ...part };
}

const known = (deviceid: string) =>
  ({ state: 'done', at: 1, value: deviceInfoOf({ deviceid }, false) }) as const;
const device = (host: string, deviceid: string | null, refusesId = false): ToolDevice => ({
  ...{ address: { host }, deviceid, refusesId },
});

describe('beside a flash', () => {
  const plan = {
    ...{ address: runOf(here).address, deviceid: own, fwVersion: null, digest: 'a', title: textOf('x') },
    url: { href: 'http://m/x', origin: 'http://m', host: 'm', path: '/x', file: 'x' },
  };
  const runs = [runOf(elsewhere), runOf(here, { flash: { stage: 'checking', plan } })];
  const state = { runs, doubts: [] };

  it.each([
    ['its own device', device(here, own), true],
    ['its own device at another address', device(elsewhere, own), true],
    ['whatever has its address now', device(here, other), true],
    ['a device that cannot be called by an id', device(elsewhere, null), true],
    ['a device that refuses its id', device(elsewhere, other, true), true],
    ['another device', device(elsewhere, other), false],
  ])('no tool is used on %s: %s', (_, tool, isRefused) => {
    expect(idOf(againstTool(state, tool))).toBe(isRefused ? 'flash_tools_flashing' : null);
  });

  it('nothing is sent by hand to anybody', () => {
    expect(idOf(againstHand(state, elsewhere))).toBe('flash_tools_flashing');
  });
});

describe('beside a question', () => {
  it.each([
    ['at the same address', runOf(here, { device: working }), 'flash_tools_asking'],
    ['at another address of who knows whom', runOf(elsewhere, { device: working }), null],
    [
      'that unlocks the same device at another address',
      runOf(elsewhere, { device: known(own), unlock: working }),
      'flash_tools_unlocking',
    ],
    ['that unlocks another device', runOf(elsewhere, { device: known(other), unlock: working }), null],
  ])('%s', (_, run, refusal) => {
    const state = { runs: [run], doubts: [] };
    expect(idOf(againstTool(state, device(here, own)))).toBe(refusal);
  });
});
