import { describe, expect, it } from 'vitest';
import { failed, success } from '../../../src/core/result.ts';
import type { FlashPlan } from '../../../src/flash/run/device-run.ts';
import { shownRun } from '../../../src/flash/state.ts';
import type { DeviceTasks } from '../../../src/flash/tasks/device-tasks.ts';
import { createStateContext } from '../../../src/flash/tasks/run-context.ts';
import { observeDevice } from '../../../src/flash/watch/observe-device.ts';
import { deviceInfoOf } from '../../../src/zeroconf/device/device-info.ts';
import type { FaultKind } from '../../../src/zeroconf/errors/failure-kind.ts';
import { zeroconfFailure } from '../../../src/zeroconf/errors/zeroconf-failure.ts';
import { preflight, stateOf } from './one-run.ts';
import { deviceid, makeReady, type Stage, setStage } from './stage.ts';

type Info = DeviceTasks['infoOnce'];

const silentBy =
  (kind: FaultKind): Info =>
  async ({ address: { host } }) =>
    failed(zeroconfFailure(kind, { command: 'info', host, sent: true }));
const silence = silentBy('refused');
const answering =
  (id: string | null): Info =>
  async () =>
    success(deviceInfoOf(id === null ? {} : { deviceid: id }, false));

/** A device that was flashed, and one look at it. */
async function looked(
  prepare: (stage: Stage, stop: AbortController) => { info: Info; plan?: Partial<FlashPlan> },
) {
  const stage = await setStage({ unlocked: true });
  await makeReady(stage, stage.engine());
  const { plan } = preflight(stage.run());
  const stop = new AbortController();
  const { info, plan: more } = prepare(stage, stop);
  const states = createStateContext({ ...stage.environment, save: async () => {} }, stateOf(stage.run()));
  const run = shownRun(states.state());
  if (plan === null || run.address === null) throw new Error('not ready');
  const context = states.runContext(run);
  const before = run.journal.length;
  const observation = observeDevice(context, { infoOnce: info }, { ...plan, ...more }, stop.signal);
  return { observation, noted: () => context.run().journal.slice(before) };
}

/** A stage whose port 80 answers like this, and may be asked. */
function web(stage: Stage, answer: typeof fetch) {
  stage.environment.mayReachTasmota = async () => true;
  stage.fetch = answer;
}

describe('a look at the address of a flashed device', () => {
  it.each([
    ['the same id', deviceid, deviceid, 'sonoff'],
    ['another id', deviceid, '1000ffffff', 'nothing'],
    ['an id where none was known', null, '1000ffffff', 'sonoff'],
    ['no id where one was known', deviceid, null, 'sonoff'],
  ])('hears %s', async (_, planned, told, expected) => {
    const { observation } = await looked(() => ({ info: answering(told), plan: { deviceid: planned } }));
    expect(await observation).toBe(expected);
  });

  it('knows Tasmota by its web server, and notes the answer', async () => {
    const { observation, noted } = await looked((stage) => {
      web(stage, async () => new Response('x', { headers: { server: 'Tasmota/14.1.0 (ESP8266EX)' } }));
      return { info: silence };
    });
    expect(await observation).toBe('tasmota');
    expect(JSON.stringify(noted())).toContain('Tasmota/14.1.0');
  });

  it.each<[string, typeof fetch]>([
    ['another server', async () => new Response('x', { headers: { server: 'nginx' } })],
    ['a server without a name', async () => new Response('x')],
    ['nobody', () => Promise.reject(new TypeError('refused'))],
    ['whoever never answers', () => new Promise(() => {})],
  ])('takes %s at port 80 for no Tasmota', async (_, answer) => {
    const { observation } = await looked((stage) => {
      web(stage, answer);
      const { sleep } = stage.environment.clock;
      stage.environment.clock = {
        ...stage.environment.clock,
        sleep: (ms, signal) => (ms === 3_000 ? Promise.resolve() : sleep(ms, signal)),
      };
      return { info: silence };
    });
    expect(await observation).toBe('nothing');
  });

  it('has seen nothing of the device when it was this computer that lost the network', async () => {
    const { observation } = await looked((stage) => {
      stage.environment.mayReachTasmota = async () => false;
      return { info: silentBy('network-changed') };
    });
    expect(await observation).toBe('unseen');
  });

  it('asks port 80 only where it may', async () => {
    const { observation } = await looked((stage) => {
      web(stage, () => expect.fail('asked'));
      stage.environment.mayReachTasmota = async () => false;
      return { info: silence };
    });
    expect(await observation).toBe('nothing');
  });

  it('ends, and sees nothing, once it is stopped', async () => {
    for (const broken of [false, true]) {
      const { observation, noted } = await looked((_, stop) => ({
        info: async (...asked) => {
          stop.abort(new Error('stopped'));
          if (broken) throw new Error('fault');
          return answering(deviceid)(...asked);
        },
      }));
      await expect(observation).rejects.toThrow('stopped');
      expect(noted()).toEqual([]);
    }
  });

  it('has seen nothing after a fault of ours', async () => {
    const { observation, noted } = await looked(() => ({ info: () => Promise.reject(new Error('fault')) }));
    expect(await observation).toBe('unseen');
    expect(JSON.stringify(noted())).toContain('fault');
  });
});
