import { expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { scanLimits } from '../../../src/finding/scan.ts';
import { createNetworkSearch, type SearchEnvironment } from '../../../src/flash/finding/network-search.ts';
import { noSearch, type SearchState } from '../../../src/flash/finding/search-state.ts';
import { createDeviceAccess } from '../../../src/flash/tasks/device-access.ts';
import { saying } from '../saying.ts';
import { soon } from '../soon.ts';
import { createHeldClock } from '../zeroconf/held-clock.ts';

const info = { deviceid: '1000a1b2c3', fwVersion: '3.6.0', otaUnlock: false };
const replies: Readonly<Record<string, () => Response | Promise<Response>>> = {
  'http://10.0.0.1:8081/zeroconf/info': () => Response.json({ seq: 1, error: 0, data: info }),
  'http://10.0.0.2:8081/zeroconf/info': () => Response.json({ seq: 1, error: 404 }),
  'http://10.0.0.3:8081/zeroconf/info': () => Response.json({ seq: 1, error: 401 }),
  'http://10.0.0.4/cm?cmnd=Status%200': () =>
    Response.json({ Status: { Module: 1, DeviceName: 'Lamp' }, StatusFWR: { Version: '15.1.0(tasmota)' } }),
  'http://10.0.0.5/cm?cmnd=Status%200': () => new Response('a router'),
  'http://10.0.0.6:8081/zeroconf/info': () => new Promise(() => {}),
};

function setSearch(more: Partial<SearchEnvironment> = {}, left: SearchState = noSearch) {
  const clock = createHeldClock();
  const requests: string[] = [];
  const givenBack: string[] = [];
  let state = left;
  const access = createDeviceAccess(clock);
  const search = createNetworkSearch(
    {
      fetch: async (input, init) => {
        requests.push(`${init?.method ?? 'GET'} ${input}`);
        const reply = replies[String(input)];
        if (reply === undefined) throw new TypeError('Failed to fetch');
        return reply();
      },
      clock,
      limits: scanLimits.chromium,
      access,
      isFlashUnderWay: () => false,
      mayReachDevice: async () => true,
      mayReachTasmota: async () => true,
      giveBack: async (hosts) => void givenBack.push(...hosts),
      save: async (next) => {
        state = next;
      },
      ...more,
    },
    left,
  );
  const answered = () => soon(() => expect(state.asked).toBe(5));
  return { search, clock, requests, givenBack, access, answered, state: () => state };
}

const hosts = (...numbers: number[]) => numbers.map((n) => `10.0.0.${n}`);

it('tells what is there, asks each address once, and gives back where no device is', async () => {
  const { search, clock, requests, givenBack, access, answered, state } = setSearch();
  expect(search.begin('10.0.0.1-6', hosts(1, 2, 4, 5, 6))).toBeNull();
  expect(inEnglish(search.begin('10.0.0.1', []) ?? expect.fail())).toContain('under way');
  await answered();
  expect(access.whyReserved({ address: { host: '192.168.9.9' }, deviceid: '1000ffffff' })).toEqual(
    saying('The network is being searched'),
  );
  clock.expire();
  await search.settled();
  const { deviceid, fwVersion } = info;
  const found = [...state().found].sort((one, other) => (one.host < other.host ? -1 : 1));
  expect(found).toMatchObject([
    { kind: 'device', host: '10.0.0.1', info: { deviceid, fwVersion } },
    { kind: 'device', host: '10.0.0.2', info: null },
    { kind: 'not-in-diy-mode', host: '10.0.0.3' },
    { kind: 'runs', host: '10.0.0.4' },
  ]);
  expect(state()).toMatchObject({ phase: 'done', asked: 6, of: 6, granted: [], halfOpen: 1 });
  expect(givenBack).toEqual(hosts(4, 5, 6));
  expect(requests.filter((request) => request.startsWith('POST'))).toHaveLength(6);
  expect(requests.filter((request) => request.startsWith('GET')).toSorted()).toEqual([
    'GET http://10.0.0.4/cm?cmnd=Status%200',
    'GET http://10.0.0.5/cm?cmnd=Status%200',
  ]);
  expect(access.whyReserved({ address: { host: '10.0.0.1' }, deviceid: null })).toBeNull();
});

it('gives everything back when it is cancelled, and remembers what is open', async () => {
  const { search, givenBack, answered, state } = setSearch();
  search.begin('10.0.0.1-6', hosts(4, 5, 6));
  await answered();
  search.stop();
  await search.settled();
  expect(state()).toMatchObject({ phase: 'stopped', halfOpen: 1 });
  expect(givenBack).toEqual(hosts(4, 5, 6));
  search.forgetEverything();
  await search.settled();
  expect(state()).toMatchObject({ phase: 'idle', found: [], halfOpen: 1 });
});

it('does not go on where a background was stopped, and gives back what was lent', async () => {
  const left: SearchState = { ...noSearch, phase: 'asking', granted: hosts(1, 2), halfOpen: 149 };
  const { search, givenBack, requests, state } = setSearch({}, left);
  await search.settled();
  expect(givenBack).toEqual(hosts(1, 2));
  expect(state()).toMatchObject({ phase: 'stopped', halfOpen: 149 });
  expect(requests).toEqual([]);
});

it('asks nobody beside a flash, without a permission, or where the network cannot be read', async () => {
  const flashing = setSearch({ isFlashUnderWay: () => true });
  expect(inEnglish(flashing.search.begin('10.0.0.1', []) ?? expect.fail())).toContain('flash is under way');
  const { search, requests, state } = setSearch({
    mayReachDevice: async () => false,
    mayReachTasmota: async () => false,
  });
  expect(search.begin('10.0.0.9-1', [])).not.toBeNull();
  expect(search.begin('10.0.0.1-6', [])).toBeNull();
  await search.settled();
  expect(state()).toMatchObject({ phase: 'done', found: [] });
  expect(requests).toEqual([]);
});
