import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { setBench, stepOf } from './tool-bench.ts';

const off = { switch: 'off' };
const on = { switch: 'on' };

describe('identify clicks the relay twice and leaves it as it was', () => {
  it.each([
    ['3.3.0', 'off'],
    ['3.5.0', 'on'],
    ['3.6.0', 'off'],
    ['3.6.0', 'on'],
    ['3.7.6', 'off'],
    ['b02-bl-1.4.1', 'on'],
  ] as const)('%s, %s before', async (profile, before) => {
    const bench = await setBench({ profile });
    bench.device.settings.switch = before;
    expect(bench.tools.carryOut({ command: 'identify', ...bench.card })).toBeNull();
    await bench.tools.settled();
    expect(stepOf(bench)).toMatchObject({
      state: 'done',
      value: { sentence: { id: `flash_identify_done_${before}` } },
    });
    expect(bench.told()).toEqual([
      ['switch', before === 'on' ? off : on],
      ['switch', before === 'on' ? on : off],
    ]);
    expect(bench.device.settings.switch).toBe(before);
  });

  it('of a model that numbers its outlets, by the first of them', async () => {
    const bench = await setBench({ profile: 'minir3-1.4.0' });
    bench.device.settings.switch = 'on';
    bench.tools.carryOut({ command: 'identify', ...bench.card });
    await bench.tools.settled();
    expect(bench.told()).toEqual([
      ['switches', { switches: [{ switch: 'off', outlet: 0 }] }],
      ['switches', { switches: [{ switch: 'on', outlet: 0 }] }],
    ]);
    expect(stepOf(bench)).toMatchObject({ state: 'done' });
  });

  it('unless the device refuses the first click, as a D1 may', async () => {
    const bench = await setBench({ profile: 'd1-3.5.0' });
    bench.tools.carryOut({ command: 'identify', ...bench.card });
    await bench.tools.settled();
    expect(stepOf(bench)).toMatchObject({ state: 'failed', failure: { kind: 'command-refused' } });
    expect(bench.told()).toEqual([['switch', on]]);
  });

  it.each([
    ['the answer to the first click', [{ kind: 'drop-reply', on: 'switch', times: 1 }], 'empty-reply'],
    ['the first click', [], null],
    ['the second click', [], null],
  ] as const)('even when %s is lost', async (what, faults, kind) => {
    const bench = await setBench();
    let clicks = 0;
    const real = bench.fetch;
    const lost = what === 'the first click' ? 1 : what === 'the second click' ? 2 : 0;
    bench.environment.fetch = async (input, init) => {
      if (String(input).endsWith('/switch')) clicks += 1;
      if (clicks === lost && String(input).endsWith('/switch')) throw new TypeError('Failed to fetch');
      return real(input, init);
    };
    for (const fault of faults) bench.device.faults.switchOn(fault);
    const tools = bench.restarted();
    tools.carryOut({ command: 'identify', ...bench.card });
    await tools.settled();
    expect(bench.device.settings.switch).toBe('off');
    expect(bench.states()[bench.card.host]?.owed).toBeNull();
    if (kind !== null) expect(stepOf(bench)).toMatchObject({ state: 'failed', failure: { kind } });
    expect(stepOf(bench)).toMatchObject(
      lost === 2 ? { state: 'done' } : { failure: { sentence: { id: 'flash_identify_unheard_off' } } },
    );
  });

  it('or says that it could not, and puts it back the next time', async () => {
    const bench = await setBench();
    let clicks = 0;
    const real = bench.fetch;
    let silent = true;
    bench.environment.fetch = async (input, init) => {
      if (String(input).endsWith('/switch')) clicks += 1;
      if (silent && clicks > 1) throw new TypeError('Failed to fetch');
      return real(input, init);
    };
    const tools = bench.restarted();
    tools.carryOut({ command: 'identify', ...bench.card });
    await tools.settled();
    expect(bench.device.settings.switch).toBe('on');
    expect(stepOf(bench)).toMatchObject({ failure: { sentence: { id: 'flash_identify_left_on' } } });
    silent = false;
    tools.carryOut({ command: 'identify', ...bench.card });
    await tools.settled();
    expect(bench.device.settings.switch).toBe('off');
    expect(stepOf(bench)).toMatchObject({ state: 'done' });
  });

  it('even when the browser stops the background between the clicks', async () => {
    const bench = await setBench();
    const real = bench.fetch;
    let died = () => {};
    const dead = new Promise<void>((resolve) => {
      died = resolve;
    });
    let alive = true;
    bench.environment.fetch = async (input, init) => {
      if (!alive) return new Promise<Response>(() => {});
      const response = await real(input, init);
      if (!String(input).endsWith('/switch')) return response;
      alive = false;
      died();
      return new Promise<Response>(() => {});
    };
    const first = bench.restarted();
    first.carryOut({ command: 'identify', ...bench.card });
    await dead;
    expect(bench.device.settings.switch).toBe('on');
    bench.environment.fetch = real;
    const second = bench.restarted();
    await second.settled();
    expect(bench.device.settings.switch).toBe('off');
    expect(stepOf(bench)).toMatchObject({ state: 'done' });
    expect(bench.states()[bench.card.host]?.owed).toBeNull();
  });
});

it('clicks only when it is written down how the relay stood', async () => {
  const bench = await setBench();
  bench.beforeSave = async () => {
    for (let turns = 0; turns < 20; turns += 1) await nextTurn();
  };
  const known: unknown[] = [];
  const real = bench.fetch;
  bench.environment.fetch = async (input, init) => {
    if (String(input).endsWith('/switch')) known.push(bench.states()[bench.card.host]?.owed);
    return real(input, init);
  };
  const tools = bench.restarted();
  tools.carryOut({ command: 'identify', ...bench.card });
  await tools.settled();
  expect(known).toEqual(Array(2).fill({ outlet: null, state: 'off' }));
});

it('touches no other device that has come to the address', async () => {
  const bench = await setBench({ profile: '3.6.0' });
  Object.assign(bench.device.settings, { deviceid: '1000ffffff' });
  bench.tools.carryOut({ command: 'identify', ...bench.card });
  await bench.tools.settled();
  expect(stepOf(bench)).toMatchObject({ state: 'failed', failure: { kind: 'another-device' } });
  expect(bench.told()).toEqual([]);
});
