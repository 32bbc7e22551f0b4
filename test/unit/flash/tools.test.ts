import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import type { Leaves } from '../../../src/flash/run/outcome.ts';
import { createTools, type ToolCommand } from '../../../src/flash/tools/tools.ts';
import { signalFloor } from '../../../src/zeroconf/device/signal.ts';
import { soon } from '../soon.ts';
import { createEngine, emptyRun, preflight } from './one-run.ts';
import { makeReady, yes } from './stage.ts';
import { type Bench, setBench, stepOf } from './tool-bench.ts';

const secret = 'hunter2 "quoted" \\ hunter2';
const network = { ssid: 'attic', password: secret } as const;

/** Every command, to the device on the card. */
function commandsTo({ card }: Bench): readonly ToolCommand[] {
  return [
    { command: 'identify', ...card },
    { command: 'measure-signal', ...card },
    { command: 'move-wifi', ...card, ...network },
    { command: 'startup', ...card, state: 'on' },
    { command: 'pulse', ...card, pulse: 'on', pulseWidth: 1_000 },
    { command: 'by-hand', host: card.host, path: 'switch', body: '{"data":{"switch":"on"}}' },
  ];
}

/** Resolves when the device must have left its old network. */
async function moved({ clock, access, card: { host, deviceid } }: Bench): Promise<void> {
  clock.expire();
  while (access.whyReserved({ address: { host }, deviceid }) !== null) await nextTurn();
}

describe('what the device is told', () => {
  it.each(['3.3.0', '3.5.0', '3.6.0', '3.7.6'])('the settings of a relay, by %s', async (profile) => {
    const bench = await setBench({ profile });
    bench.tools.carryOut({ command: 'startup', ...bench.card, state: 'stay' });
    await bench.tools.settled();
    expect(stepOf(bench)).toMatchObject({ state: 'done' });
    bench.tools.carryOut({ command: 'pulse', ...bench.card, pulse: 'on', pulseWidth: 1_500 });
    await bench.tools.settled();
    expect(stepOf(bench)).toMatchObject({ state: 'done' });
    expect(bench.device.settings).toMatchObject({ startup: 'stay', pulse: 'on', pulseWidth: 1_500 });
    expect(bench.run().device).toMatchObject({ value: { startup: 'stay', pulse: 'on', pulseWidth: 1_500 } });
  });

  it.each([
    ['d1-3.5.0', 'startup', 'done'],
    ['d1-3.5.0', 'pulse', 'failed'],
    ['b02-bl-1.4.1', 'startup', 'failed'],
    ['minir3-1.4.0', 'startup', 'failed'],
  ] as const)('and what %s answers to %s', async (profile, command, state) => {
    const bench = await setBench({ profile });
    const one = commandsTo(bench).find((it) => it.command === command);
    if (one === undefined) throw new Error('no such command');
    bench.tools.carryOut(one);
    await bench.tools.settled();
    expect(stepOf(bench)).toMatchObject({ state });
  });

  it('is believed by its own word, not by the answer', async () => {
    const bench = await setBench({ faults: [{ kind: 'drop-reply', on: 'startup' }] });
    bench.tools.carryOut({ command: 'startup', ...bench.card, state: 'on' });
    await bench.tools.settled();
    expect(stepOf(bench)).toMatchObject({ state: 'done' });
  });
});

describe('the signal', () => {
  it.each(['3.3.0', '3.6.0', 'd1-3.5.0', 'minir3-1.4.0'])('of %s is measured anew', async (profile) => {
    const bench = await setBench({ profile });
    bench.device.settings.signalStrength = signalFloor;
    bench.tools.carryOut({ command: 'measure-signal', ...bench.card });
    await bench.tools.settled();
    expect(stepOf(bench)).toMatchObject({ state: 'done', value: { action: null } });
    expect(bench.run().device).toMatchObject({ value: { signalStrength: signalFloor } });
  });

  it('under the floor is a warning that has to be confirmed before Flash', async () => {
    const bench = await setBench();
    await makeReady(bench, bench.owner);
    const before = yes(bench.run());
    expect(before.confirmed).toEqual([]);
    bench.device.settings.signalStrength = signalFloor - 1;
    bench.tools.carryOut({ command: 'measure-signal', ...bench.card });
    await bench.tools.settled();
    expect(stepOf(bench)).toMatchObject({ value: { action: { id: 'flash_signal_too_weak' } } });
    expect(preflight(bench.run()).checks).toContainEqual(
      expect.objectContaining({ id: 'device-signal', answer: 'warn' }),
    );
    expect(inEnglish(bench.owner.flash(before) ?? { id: '' })).toContain(
      'a warning that you have not confirmed',
    );
  });
});

describe('the Wi-Fi', () => {
  it('is moved once, and what was known of the device counts no more', async () => {
    const bench = await setBench();
    expect(bench.tools.carryOut({ command: 'move-wifi', ...bench.card, ...network })).toBeNull();
    await bench.tools.settled();
    expect(bench.told()).toEqual([['wifi', network]]);
    expect(bench.device.settings.ssid).toBe('attic');
    expect(stepOf(bench)).toMatchObject({ state: 'done', value: { sentence: { args: { ssid: 'attic' } } } });
    expect(bench.run().device.state).toBe('idle');
  });

  it.each(['drop-reply', 'hang'] as const)('may be another when the answer is lost (%s)', async (kind) => {
    const bench = await setBench({ faults: [{ kind, on: 'wifi' }] });
    bench.tools.carryOut({ command: 'move-wifi', ...bench.card, ...network });
    if (kind === 'hang') {
      await soon(() => expect(bench.told()).toHaveLength(1));
      bench.clock.expire();
    }
    await bench.tools.settled();
    expect(bench.told()).toHaveLength(1);
    expect(stepOf(bench)).toMatchObject({ state: 'failed' });
    expect(bench.run().device.state).toBe('idle');
  });

  it.each([
    ['', secret],
    ['é'.repeat(17), secret],
    ['attic', 'short'],
    ['attic', 'with an é in it'],
  ])('has no name %j with the password %j', async (ssid, password) => {
    const bench = await setBench();
    expect(bench.tools.carryOut({ command: 'move-wifi', ...bench.card, ssid, password })).not.toBeNull();
    expect(bench.told()).toEqual([]);
  });

  it.each(['3.3.0', '3.6.0', 'b02-bl-1.4.1', 'minir3-1.4.0', 'd1-3.5.0'])(
    'has a password that nobody keeps, whatever %s answers',
    async (profile) => {
      const bench = await setBench({ profile });
      const real = bench.fetch;
      bench.environment.fetch = async (input, init) => {
        const response = await real(input, init);
        // A device that sends back what it was told.
        return String(input).endsWith('/wifi')
          ? new Response(`{"seq":1,"error":422,"data":${String(init?.body)}}`, {
              headers: { 'x-said': secret },
            })
          : response;
      };
      const tools = bench.restarted();
      const body = JSON.stringify({ data: network });
      tools.carryOut({ command: 'move-wifi', ...bench.card, ...network });
      await tools.settled();
      const anew = bench.restarted();
      expect(anew.carryOut({ command: 'by-hand', host: bench.card.host, path: 'wifi', body })).toBeNull();
      await anew.settled();
      await bench.owner.settled();
      expect(bench.told().map(([, data]) => data)).toEqual([network, network]);
      expect(Object.values(bench.requests())).toMatchObject([{ step: { state: 'done' } }]);
      expect(JSON.stringify(bench.run().journal)).toContain('wifi');
      expect(JSON.stringify(bench.run().journal)).not.toContain('attic');
      expect(bench.everythingWritten()).not.toMatch(/hunter2|quoted/);
    },
  );
});

const plan = {
  address: { host: '127.0.0.9', reach: 'loopback' },
  deviceid: null,
  fwVersion: '3.6.0',
  url: { href: 'http://x/x.bin', origin: 'http://x', host: 'x', path: '/x.bin', file: 'x.bin' },
  digest: 'a'.repeat(64),
  title: { id: 'x' },
} as const;

function outcome(leaves: Leaves) {
  return {
    kind: 'unknown',
    leaves,
    mayDownload: true,
    title: { id: 'x' },
    sentence: { id: 'x' },
    steps: [],
  } as const;
}

describe('nothing is sent', () => {
  it.each([
    ['in-doubt', 0, true],
    ['stopped-midway', 0, true],
    ['new-firmware', 5_000, true],
    ['new-firmware', 0, false],
  ] as const)('to a device that is left %s and held for %i ms: %s', async (leaves, holdLeft, refused) => {
    const bench = await setBench();
    const { host, deviceid } = bench.card;
    for (const whose of [
      { address: { host, reach: 'loopback' }, deviceid },
      // The same device, which had another address then.
      { address: plan.address, deviceid },
      // The same address, where nobody told an id.
      { address: { host, reach: 'loopback' }, deviceid: null },
    ] as const) {
      const doubt = {
        plan: { ...plan, ...whose },
        at: 1,
        outcome: outcome(leaves),
        holdLeft,
        lasted: 0,
        seenAt: bench.clock.now(),
      };
      const run = { ...bench.run(), doubts: [doubt] };
      const desk = createEngine(bench.environment, run).desk;
      const save = async () => {};
      const tools = createTools(
        { ...bench.environment, access: bench.access, desk, saveStates: save, saveRequests: save },
        { states: {}, requests: {} },
      );
      for (const command of commandsTo(bench)) {
        const refusal = tools.carryOut(command);
        expect(refusal !== null, `${command.command}: ${inEnglish(refusal ?? { id: '' })}`).toBe(refused);
        await tools.settled();
        if (command.command === 'move-wifi' && !refused) await moved(bench);
      }
    }
    if (refused) expect(bench.told()).toEqual([]);
  });

  it('by hand to any device, while another is in doubt', async () => {
    const bench = await setBench();
    const doubt = {
      plan: { ...plan, deviceid: '1000ffffff' },
      at: 1,
      outcome: outcome('in-doubt'),
      holdLeft: 0,
      lasted: 0,
      seenAt: 0,
    };
    const { desk } = createEngine(bench.environment, { ...bench.run(), doubts: [doubt] });
    const known = { address: { host: bench.card.host }, deviceid: bench.card.deviceid, refusesId: false };
    expect(desk.guardHand(bench.card.host)).not.toBeNull();
    expect(desk.guard(known)).toBeNull();
    expect(desk.guard({ ...known, refusesId: true })).not.toBeNull();
    expect(desk.guard({ ...known, deviceid: null })).not.toBeNull();
  });

  it.each(['info', 'unlock', 'flash'] as const)('while %s is under way', async (busy) => {
    const bench = await setBench({ unlocked: busy === 'flash' });
    await (busy === 'flash' ? makeReady(bench, bench.owner) : Promise.resolve());
    const told = bench.told().length;
    const real = bench.fetch;
    bench.environment.fetch = () => new Promise(() => {});
    if (busy === 'info') bench.owner.info(bench.card.host, '');
    else if (busy === 'unlock') bench.owner.unlock();
    else expect(bench.owner.flash(yes(bench.run()))).toBeNull();
    for (const command of commandsTo(bench)) {
      expect(inEnglish(bench.tools.carryOut(command) ?? { id: '' }), command.command).toContain(
        'Nothing has been sent',
      );
    }
    expect(bench.told()).toHaveLength(told);
    bench.environment.fetch = real;
  });

  it('twice at once, nor a flash beside it', async () => {
    const bench = await setBench();
    await makeReady(bench, bench.owner);
    const plan = yes(bench.run());
    for (const command of commandsTo(bench)) {
      expect(bench.tools.carryOut(command), command.command).toBeNull();
      for (const other of commandsTo(bench)) expect(bench.tools.carryOut(other)).not.toBeNull();
      expect(inEnglish(bench.owner.flash(plan) ?? { id: '' })).toContain('A tool is at work');
      await bench.tools.settled();
      if (command.command === 'move-wifi') {
        // It still answers in the old network.
        bench.owner.info(bench.card.host, '');
        await bench.owner.settled();
        expect(inEnglish(bench.owner.flash(plan) ?? { id: '' })).toContain('A tool is at work');
        await moved(bench);
      }
    }
    expect(bench.owner.flash(plan)).toBeNull();
    await bench.owner.settled();
  });

  it('nor an unlocking beside it', async () => {
    const bench = await setBench();
    expect(bench.tools.carryOut({ command: 'identify', ...bench.card })).toBeNull();
    expect(inEnglish(bench.owner.unlock() ?? { id: '' })).toContain('A tool is at work');
    await bench.tools.settled();
    expect(bench.owner.unlock()).toBeNull();
    await bench.owner.settled();
  });

  it('when it turns out that the device cannot be called by its ID, and another is in doubt', async () => {
    const bench = await setBench({ profile: 'minir3-1.4.0' });
    expect(bench.card.refusesId).toBe(false);
    const doubt = {
      plan: { ...plan, deviceid: '1000ffffff' },
      at: 1,
      outcome: outcome('in-doubt'),
      holdLeft: 0,
      lasted: 0,
      seenAt: 0,
    };
    const { desk } = createEngine(bench.environment, { ...bench.run(), doubts: [doubt] });
    const tools = bench.restarted(desk);
    expect(tools.carryOut({ command: 'identify', ...bench.card })).toBeNull();
    await tools.settled();
    expect(stepOf(bench)).toMatchObject({ failure: { kind: 'held' } });
    expect(bench.told()).toEqual([]);
  });

  it('without the permission', async () => {
    const bench = await setBench();
    bench.environment.mayReachDevice = async () => false;
    const tools = bench.restarted();
    const heard = bench.device.heard.length;
    tools.carryOut({ command: 'identify', ...bench.card });
    tools.carryOut({ command: 'by-hand', host: bench.card.host, path: 'info', body: '{}' });
    await tools.settled();
    expect(stepOf(bench)).toMatchObject({ failure: { kind: 'no-permission' } });
    expect(bench.device.heard).toHaveLength(heard);
  });
});

it('a background that was stopped says of every tool that nobody knows', async () => {
  const bench = await setBench();
  bench.environment.fetch = () => new Promise(() => {});
  const first = bench.restarted();
  first.carryOut({ command: 'startup', ...bench.card, state: 'on' });
  await soon(() => expect(stepOf(bench).state).toBe('working'));
  await bench.restarted().settled();
  expect(stepOf(bench)).toMatchObject({ state: 'failed', failure: { kind: 'stopped' } });
});

it('an empty run has nothing against a device', async () => {
  const bench = await setBench();
  const { desk } = createEngine(bench.environment, emptyRun);
  expect(desk.guardHand(bench.card.host)).toBeNull();
});
