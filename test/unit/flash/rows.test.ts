import { describe, expect, it } from 'vitest';
import { confirmationsOf, isTicked, linesOf, tickOf } from '../../../popup/devices/asked-lines.ts';
import { networkOf } from '../../../popup/devices/network.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { text } from '../../../src/core/text.ts';
import { outcomeOf } from '../../../src/flash/run/outcome.ts';
import { type Row, rowsOf } from '../../../src/flash/several/rows.ts';
import { jsonSummary, markdownSummary } from '../../../src/flash/several/summary.ts';
import type { FlashState } from '../../../src/flash/state.ts';
import { type Address, parseAddress } from '../../../src/zeroconf/device/address.ts';
import { ids, makeReady, setHouse, yesForAll } from './house.ts';

const addressOf = (host: string): Address => {
  const parsed = parseAddress(host);
  return parsed.ok ? parsed.value : expect.fail();
};

const shown = (state: FlashState, hosts: readonly string[]) =>
  rowsOf(state, hosts.map(addressOf)).map(({ mood, state }) => `${mood}: ${inEnglish(state)}`);

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
