import { describe, expect, it } from 'vitest';
import { type DeviceRun, type Flash, noRun } from '../../../src/flash/run/device-run.ts';
import type { Doubt } from '../../../src/flash/run/doubts.ts';
import { outcomeOf } from '../../../src/flash/run/outcome.ts';
import { readStoredState } from '../../../src/flash/run/stored-state.ts';
import { readUnfinishedFlash, unfinishedFlashOf } from '../../../src/flash/run/unfinished-flash.ts';
import { emptyState, type FlashState } from '../../../src/flash/state.ts';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';
import { longestDownload } from '../../../src/zeroconf/client/longest-download.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';
import { sayingJust, textOf } from '../saying.ts';

const addressOf = (host: string) => {
  const address = parseAddress(host);
  return address.ok ? address.value : expect.fail();
};
const url = parseDownloadUrl('http://nas.test/x.bin');
const planFor = (host: string, deviceid: string) => ({
  address: addressOf(host),
  deviceid,
  fwVersion: '3.6.0',
  url: url.ok ? url.value : expect.fail(),
  digest: 'a'.repeat(64),
  title: textOf('x'),
});
const one = planFor('192.168.1.4', '1000aaaaaa');
const other = planFor('192.168.1.5', '1000bbbbbb');
const runOf = ({ address }: typeof one, flash: Flash): DeviceRun => ({ ...noRun, address, flash });
const requestedOf = (plan: typeof one) => runOf(plan, { stage: 'requested', plan, at: 5 });
const doubt: Doubt = {
  plan: one,
  at: 1,
  outcome: outcomeOf('interrupted', { accepted: true }),
  holdLeft: 9,
  lasted: 0,
  seenAt: 2,
};
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** As version 2 wrote it, when there was one run for all devices and sentences were English. */
const version2 = {
  version: 2,
  flash: {
    at: 5,
    plan: { ...other, address: undefined, host: '192.168.1.5', url: 'http://nas.test/x.bin', title: 'x' },
  },
  doubts: [
    {
      plan: { ...one, address: undefined, host: '192.168.1.4', url: 'http://nas.test/x.bin', title: 'x' },
      at: 1,
      outcome: {
        kind: 'do-not-restart',
        leaves: 'in-doubt',
        mayDownload: false,
        title: 'Do not restart the device',
        sentence: 'The file is not what was announced.',
        steps: ['Do not cut its power.'],
      },
      held: true,
      lasted: 3,
      seenAt: 4,
    },
  ],
};

describe('the record on the disk', () => {
  it('of version 2 is read: no update forgets a device in doubt, or a flash that is out', () => {
    const { state, damaged } = readUnfinishedFlash(stored(version2));
    expect(damaged).toBe(false);
    expect(state).toMatchObject({
      version: 3,
      shown: '192.168.1.5',
      runs: [
        { address: other.address, flash: { stage: 'requested', plan: { ...other, title: sayingJust('x') } } },
      ],
      doubts: [
        {
          plan: { ...one, title: sayingJust('x') },
          outcome: { leaves: 'in-doubt', title: sayingJust('Do not restart the device') },
          holdLeft: longestDownload.ms,
        },
      ],
    });
    const shown = readUnfinishedFlash(stored({ ...version2, flash: null }));
    expect(shown).toMatchObject({ damaged: false, state: { runs: [{ flash: { stage: 'ended' } }] } });
  });

  it('has every flash that may have reached its device', () => {
    const runs = [
      requestedOf(one),
      runOf(planFor('192.168.1.6', 'x'), { stage: 'idle' }),
      requestedOf(other),
    ];
    const { state, damaged } = readUnfinishedFlash(
      stored(unfinishedFlashOf({ runs, doubts: [], list: null })),
    );
    expect(damaged).toBe(false);
    expect(state?.runs).toEqual([requestedOf(one), requestedOf(other)]);
  });

  it('keeps one flash though another one is damaged', () => {
    const record = unfinishedFlashOf({
      runs: [requestedOf(one), requestedOf(other)],
      doubts: [],
      list: null,
    });
    const read = readUnfinishedFlash(stored({ ...record, flashes: [7, record?.flashes[1]] }));
    expect(read).toMatchObject({ damaged: true, state: { runs: [requestedOf(other)] } });
  });
});

describe('a state of which a part is damaged', () => {
  const state: FlashState = {
    ...emptyState,
    runs: [runOf(one, { stage: 'idle' }), requestedOf(other)],
    shown: '192.168.1.4',
    doubts: [doubt],
    sentTo: ['192.168.1.5'],
  };
  const local = stored(unfinishedFlashOf(state));

  it('is read as it is when nothing is', () => {
    expect(readStoredState(stored(state), local)).toEqual({ state, damaged: false });
  });

  it('keeps the other runs, and the flash that is out from the disk', () => {
    const [idle, out] = state.runs;
    const broken = (runs: unknown[]) => readStoredState(stored({ ...state, runs }), local);
    expect(broken([7, out])).toMatchObject({
      damaged: true,
      state: { runs: [out], shown: '192.168.1.5', doubts: [{ plan: one }] },
    });
    expect(broken([idle, { ...out, flash: { stage: 'requested' } }])).toMatchObject({
      damaged: true,
      state: { runs: [idle, out], shown: '192.168.1.4' },
    });
  });

  it('keeps a run whose log is damaged', () => {
    const [idle, out] = state.runs;
    const runs = [idle, { ...out, journal: [{ kind: 'other' }] }];
    expect(readStoredState(stored({ ...state, runs }), local)).toMatchObject({
      damaged: true,
      state: { runs: state.runs },
    });
  });

  it.each([
    ['none can be read', []],
    ['one cannot', [{ ...doubt, holdLeft: 'x' }]],
  ])('has the doubts from the disk, held anew, where %s', (_, doubts) => {
    const { state: read } = readStoredState(stored({ ...state, source: 7, doubts }), local);
    expect(read.doubts).toMatchObject([{ plan: one, holdLeft: longestDownload.ms }]);
    expect(read.source).toEqual(emptyState.source);
    expect(read.runs).toEqual(state.runs);
  });
});
