import { describe, expect, it } from 'vitest';
import { isFlashing } from '../../../src/flash/run/device-run.ts';
import { type Death, mortal, never } from './mortal.ts';
import {
  createEngine,
  type Engine,
  emptyRun,
  isUnderWay,
  preflight,
  type Run,
  type RunEnvironment,
} from './one-run.ts';
import { confirmation, type Stage, type StageOptions, setStage } from './stage.ts';

/** What a person does next, seeing this run; false when there is nothing more to do. */
function next(stage: Stage, engine: Engine): boolean {
  const run = stage.run();
  if (run.flash.stage === 'ended') return false;
  if (run.device.state !== 'done') engine.info(stage.device.address, '');
  else if (run.device.value.otaUnlock !== true) engine.unlock();
  else {
    const { plan } = preflight(run);
    if (plan === null) engine.image(stage.url);
    else engine.flash(confirmation(plan));
  }
  return true;
}

/** Goes on until there is an outcome, or the process is dead. */
async function live(stage: Stage, engine: Engine, dead: Promise<'dead'> = never): Promise<'dead' | 'ended'> {
  for (let steps = 0; steps < 20; steps += 1) {
    if ((await Promise.race([engine.settled(), dead])) === 'dead') return 'dead';
    if (!next(stage, engine)) return 'ended';
  }
  throw new Error(`It leads nowhere: ${JSON.stringify(stage.run().flash)}`);
}

/** One whole run in which the process is killed once; true when it lived long enough to be killed. */
async function survive(death: Death, options: StageOptions): Promise<boolean> {
  const stage = await setStage(options);
  const first = mortal<Run, RunEnvironment>(stage.environment, death);
  const wasKilled = (await live(stage, createEngine(first.environment, emptyRun), first.dead)) === 'dead';
  const left: Run = structuredClone(stage.run());
  const sent = stage.device.otaFlashCount;
  await live(stage, stage.engine(left));

  const run = stage.run();
  const { flash } = run;
  if (flash.stage !== 'ended') throw new Error('no outcome');
  const { device } = stage;
  const story = { death, left: left.flash.stage, sent, outcome: flash.outcome.title };
  expect({ ...story, count: device.otaFlashCount <= 1 }).toEqual({ ...story, count: true });
  expect({ ...story, stuck: isUnderWay(run) || isFlashing(flash) }).toEqual({ ...story, stuck: false });
  if (flash.outcome.leaves === 'as-it-was') {
    expect({ ...story, count: device.otaFlashCount }).toEqual({ ...story, count: 0 });
    expect(device.became.state).toBe('sonoff');
  }
  if (flash.outcome.leaves === 'new-firmware') expect(device.became.state).toBe('tasmota');
  if (device.became.state === 'tasmota') expect(flash.outcome.leaves).toBe('new-firmware');
  await Promise.all([stage.mirror.stop(), stage.device.stop()]);
  return wasKilled;
}

/** Kills at 1, 2, 3 … until a run comes to its end alive; tells how many deaths there were. */
async function survivals(at: Death['at'], done: boolean, options: StageOptions): Promise<number> {
  for (let count = 1; count < 200; count += 1) {
    if (!(await survive({ at, count, done }, options))) return count - 1;
  }
  throw new Error('There is no end of it.');
}

describe('a process that is killed anywhere in a run', { timeout: 120_000 }, () => {
  it.each<[Death['at'], boolean]>([
    ['write', false],
    ['write', true],
    ['request', false],
    ['request', true],
  ])('at any %s, done: %s: one ota_flash at most, and an honest end', async (at, done) => {
    expect(await survivals(at, done, {})).toBeGreaterThan(12);
  });

  it('the same with a device that fails its download', async () => {
    const options: StageOptions = { unlocked: true, faults: [{ kind: 'drop-reply', on: 'ota_flash' }] };
    expect(await survivals('request', true, options)).toBeGreaterThan(10);
  });
});
