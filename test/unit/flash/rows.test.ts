import { describe, expect, it } from 'vitest';
import { confirmationsOf, isTicked, linesOf, tickOf } from '../../../popup/devices/asked-lines.ts';
import { networkOf } from '../../../popup/devices/network.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { text } from '../../../src/core/text.ts';
import type { DeviceRun, Flash } from '../../../src/flash/run/device-run.ts';
import { outcomeOf } from '../../../src/flash/run/outcome.ts';
import type { FlashList, LineProgress } from '../../../src/flash/several/flash-list.ts';
import { type Row, rowsOf } from '../../../src/flash/several/rows.ts';
import { jsonSummary, markdownSummary } from '../../../src/flash/several/summary.ts';
import { emptyState, type FlashState } from '../../../src/flash/state.ts';
import { startWatch } from '../../../src/flash/watch/advance-watch.ts';
import { textOf } from '../saying.ts';
import { addressOf, asked, doubtOf, endedWith, gone, planAt, source, working } from './drawn.ts';
import { ids, makeReady, setHouse, yesForAll } from './house.ts';
import { confirmation } from './stage.ts';

const shown = (state: FlashState, hosts: readonly string[]) =>
  rowsOf(state, hosts.map(addressOf)).map(({ mood, state }) => `${mood}: ${inEnglish(state)}`);

const host = '192.168.1.4';
const known = asked(host);
const plan = planAt(host);
const watch = startWatch(0, true);

const failedWith = (kind: string) =>
  ({
    state: 'failed',
    at: 0,
    failure: { kind, sentence: textOf('It has failed.'), action: textOf('Try again.') },
  }) as const;

function listWith(progress: LineProgress): FlashList {
  const line = { confirmation: confirmation(plan), yesAt: 1, progress };
  return { yesAt: 1, stopAtBad: true, movedAt: 1, lines: [line] };
}

const flashing = (flash: Flash) => ({ runs: [{ ...known, flash }], source });
const waiting = listWith({ state: 'waiting' });
const notBegun = listWith({ state: 'not-begun', why: textOf('You stopped.') });
const ended = listWith({ state: 'ended', at: 5, outcome: gone });
const lost = outcomeOf('still-sonoff', { accepted: true });

const looks: readonly [string, string, Partial<FlashState>][] = [
  ['is looked at once more', 'busy: Looked at once more', flashing({ stage: 'checking', plan })],
  ['has been asked to flash', 'busy: Asked to flash', flashing({ stage: 'requested', plan, at: 0 })],
  ['downloads', 'busy: Downloading', flashing({ stage: 'downloading', plan, watch })],
  ['restarts', 'busy: Restarting', flashing({ stage: 'restarting', plan, watch })],
  ['waits, though it is ready', 'busy: Waits for its turn', { runs: [known], source, list: waiting }],
  ['is asked, flashed before', 'busy: Being asked', { runs: [{ ...known, device: working }], list: ended }],
  ['is unlocked', 'busy: Being unlocked', { runs: [{ ...known, unlock: working }] }],
  ['was flashed', 'good: Probably flashed', { runs: [{ ...known, flash: endedWith(plan) }] }],
  ['was flashed and forgotten', 'good: Probably flashed', { list: ended }],
  ['was flashed, which is refuted', 'bad: Not flashed', { list: ended, doubts: [doubtOf(plan, lost)] }],
  ['was flashed and has answered since', 'quiet: Known', { runs: [known], list: ended }],
  ['was not begun', 'bad: Not begun', { runs: [known], source, list: notBegun }],
  [
    'nobody has asked',
    'quiet: Not asked, or known by another address',
    { runs: [{ ...known, device: { state: 'idle' } }] },
  ],
  ['is silent', 'bad: No answer to Info', { runs: [{ ...known, device: failedWith('reset') }] }],
  [
    'cannot be unlocked',
    'bad: Not unlocked',
    { runs: [{ ...known, unlock: failedWith('refused') }], source },
  ],
  ['can be flashed', 'ready: Ready', { runs: [known], source }],
  ['is not to be flashed', 'bad: Cannot be flashed', { runs: [asked(host, { switches: [] })], source }],
  ['is locked', 'quiet: Locked', { runs: [asked(host, { otaUnlock: false })], source }],
  ['has no firmware yet', 'quiet: Known', { runs: [known] }],
];

describe('the rows of several devices', () => {
  it('tell where each of them stands, from the first address to the summary', async () => {
    const house = await setHouse(ids(4), { unlocked: false });
    const { engine, devices, hosts, state } = house;
    expect(shown(state(), hosts)).toEqual(hosts.map(() => 'quiet: Not asked, or known by another address'));
    await devices[3]?.stop();
    await makeReady(house);
    expect(shown(state(), hosts)).toEqual([...Array(3).fill('quiet: Locked'), 'bad: No answer to Info']);
    expect(rowsOf(state(), hosts.map(addressOf)).map(({ isLocked }) => isLocked)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    for (const host of hosts.slice(0, 3)) engine.unlock(host);
    await engine.settled();
    const three = { ...house, hosts: hosts.slice(0, 3) };
    expect(shown(state(), three.hosts)).toEqual(Array(3).fill('ready: Ready'));
    devices[1]?.faults.switchOn({ kind: 'error', on: 'ota_flash', number: 424 });
    engine.several.flash(yesForAll(three), true);
    await engine.settled();
    const [first = '', second = ''] = hosts;
    expect(shown(state(), three.hosts)).toEqual([
      'good: Probably flashed',
      'bad: Not flashed. Keep its power',
      'bad: Not begun',
    ]);
    // Those of the list are there also when nobody names them any more.
    expect(rowsOf(state(), []).map(({ host }) => host)).toEqual(three.hosts);

    const rows = rowsOf(state(), []);
    const table = markdownSummary(rows, inEnglish).split('\n');
    expect(table).toHaveLength(2 + 3 + 1);
    expect(table[2]).toContain(first);
    expect(table[2]).toContain('Probably flashed');
    const { devices: said } = JSON.parse(jsonSummary(rows, inEnglish));
    expect(said[1]).toMatchObject({
      address: second,
      deviceid: ids(2)[1],
      end: 'Not flashed. Keep its power',
    });
    expect(said[1].sentence).toContain('could not');

    // It came back, and somebody has started over on the page of one device.
    const outcome = outcomeOf('came-back', { accepted: true });
    const doubts = state().doubts.map((doubt) => ({ ...doubt, outcome }));
    expect(shown({ ...state(), runs: [], doubts }, [first])[0]).toBe('bad: Not flashed, it seems');
    expect(shown({ ...state(), runs: [], list: null, doubts }, [first])).toEqual([
      'bad: Not flashed, it seems',
    ]);
  });

  it.each(looks)('say of a device that %s: %s', (_, look, part) => {
    expect(shown({ ...emptyState, ...part }, [host])).toEqual([look]);
  });

  it('say what to do where something has failed, and why a line was not begun', () => {
    const rowOf = (part: Partial<FlashState>) => rowsOf({ ...emptyState, ...part }, [addressOf(host)])[0];
    const refused = rowOf({ runs: [{ ...known, unlock: failedWith('refused') }] });
    expect(refused?.sentence && inEnglish(refused.sentence)).toContain('It has failed.');
    expect(refused?.steps.map(inEnglish)).toEqual(['Try again.']);
    const notBegun = rowOf({ list: listWith({ state: 'not-begun', why: textOf('You stopped.') }) });
    expect(notBegun?.sentence).toEqual(textOf('You stopped.'));
    const unfit = rowOf({ runs: [asked(host, { switches: [] })] });
    expect(unfit?.sentence).not.toBeNull();
  });

  it('have a plan only where Flash may be pressed, and ask for an ID where the device wants one', () => {
    const rowAt = (run: DeviceRun) =>
      rowsOf({ ...emptyState, runs: [run], source }, [addressOf(host)])[0] ?? expect.fail();
    expect(rowAt(known)).toMatchObject({ plan: { digest: planAt(host).digest }, isBusy: false });
    const proof = { address: addressOf(host), look: working };
    for (const busy of [
      { ...known, unlock: working },
      { ...known, proof },
    ])
      expect(rowAt(busy)).toMatchObject({ plan: null, isBusy: true, isLocked: false });
    expect(rowAt({ ...known, device: failedWith('deviceid-needed') }).wantsId).toBe(true);
    expect(rowAt({ ...known, device: failedWith('reset') }).wantsId).toBe(false);
    expect(rowAt(known).wantsId).toBe(false);
  });

  it('let nothing that a device has told become a sign of Markdown', () => {
    const row: Row = {
      ...{ host: 'a|b', deviceid: '<b>*x*', fwVersion: null, otaUnlock: null, mood: 'good' },
      ...{
        state: text('flash_flashed', 'Flashed'),
        sentence: null,
        steps: [],
        trouble: null,
        plan: null,
        warnings: [],
      },
      ...{ isLocked: false, isBusy: false, wantsId: false, line: null },
    };
    expect(markdownSummary([row], inEnglish).split('\n')[2]).toBe(
      '| a\\|b | \\<b\\>\\*x\\* | – | – | Flashed |',
    );
    expect(markdownSummary([{ ...row, deviceid: null }], inEnglish).split('\n')[2]).toBe(
      '| a\\|b | – | – | – | Flashed |',
    );
  });
});

describe('the question about several devices', () => {
  const check = (id: string, sentence: string) =>
    ({
      id,
      title: text('flash_flashed', 'Flashed'),
      answer: 'warn',
      sentence: text('flash_stored_words', '{words}', { words: sentence }),
    }) as const;

  it('has one tick for what is the same for all, and one for each device for the rest', async () => {
    const house = await setHouse(ids(2));
    await makeReady(house);
    const [one, other] = rowsOf(house.state(), house.hosts.map(addressOf));
    if (one === undefined || other === undefined) throw new Error('no rows');
    const image = check('image', 'of the image');
    const asked = [
      { ...one, warnings: [image, check('device', 'of one')] },
      { ...other, warnings: [image, check('device', 'of the other')] },
      { ...other, plan: null },
    ];
    const { shared, lines } = linesOf(asked);
    expect(shared).toEqual([image]);
    expect(lines).toHaveLength(2);
    const ticks = [tickOf(null, image), ...house.hosts.map((host) => tickOf(host, check('device', '')))];
    expect(isTicked(shared, lines, ticks)).toBe(true);
    for (const tick of ticks)
      expect(
        isTicked(
          shared,
          lines,
          ticks.filter((one) => one !== tick),
        ),
      ).toBe(false);
    const confirmed = confirmationsOf(shared, lines, ticks);
    expect(confirmed).toEqual(yesForAll(house).map((yes) => ({ ...yes, confirmed: ['image', 'device'] })));
    expect(confirmationsOf(shared, lines, ticks.slice(0, 2))[1]?.confirmed).toEqual(['image']);
    expect(linesOf(asked.slice(0, 1)).shared).toEqual([]);
  });
});

it.each([
  ['10.1.2.3', '10.1.2.0/24'],
  ['ewelink_1000abcdef.local', '192.168.1.0/24'],
  ['', '192.168.1.0/24'],
])('the network of %s is %s', (host, network) => {
  expect(networkOf(host)).toBe(network);
});
