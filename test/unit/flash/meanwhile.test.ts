import { describe, expect, it, vi } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { emptySource } from '../../../src/flash/source/firmware-source.ts';
import { emptyState, shownRun } from '../../../src/flash/state.ts';
import { rawChecksOf } from '../../../src/flash/tasks/local-mirror-tasks.ts';
import { createStateContext } from '../../../src/flash/tasks/run-context.ts';
import { createRunTasks } from '../../../src/flash/tasks/run-tasks.ts';
import type { LocalMirrorWays } from '../../../src/flash/this-computer/local-mirror-ways.ts';
import { createDeviceQueue } from '../../../src/zeroconf/client/queue.ts';
import { soon } from '../soon.ts';
import { createHeldClock } from '../zeroconf/held-clock.ts';
import { setEnvironment, source } from './drawn.ts';
import { type Engine, preflight, runOf, stateOf } from './one-run.ts';
import { answerInstead, makeReady, outcomeIn, type Stage, setStage, wholeRun, yes } from './stage.ts';

const silent: LocalMirrorWays = {
  isOwn: () => true,
  expect: async () => null,
  isFetching: () => false,
  probe: async () => null,
  follow: () => {},
  verdictOn: () => null,
  changed: (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
};

/** The tasks of a stage on which everything is ready, with the state in the hands of the test. */
async function atWork(stage: Stage) {
  await makeReady(stage, stage.engine());
  const { plan } = preflight(stage.run());
  const context = createStateContext({ ...stage.environment, save: async () => {} }, stateOf(stage.run()));
  const run = shownRun(context.state());
  if (plan === null || run.address === null) throw new Error('not ready');
  const tasks = createRunTasks(context, createDeviceQueue(stage.clock));
  return { context, tasks, plan, run };
}

describe('what happens while the last look is taken', () => {
  it('is seen: firmware that is gone is not flashed, though no check speaks against it', async () => {
    const stage = await setStage();
    const { context, tasks, plan, run } = await atWork(stage);
    const { fetch } = stage;
    stage.fetch = (input, init) => {
      context.change({ source: emptySource });
      return fetch(input, init);
    };
    tasks.flash(run, plan, []);
    await tasks.settled();
    expect(outcomeIn(runOf(context.state()))).toMatchObject({
      leaves: 'as-it-was',
      sentence: expect.stringContaining('no longer what would be flashed'),
      steps: ['Look at the checks, then press Flash again.'],
    });
    expect(stage.device.otaFlashCount).toBe(0);
  });

  it('is seen: Cancel while the device is asked who it is', async () => {
    const stage = await setStage();
    await cancelAt('omit', stage, stage.engine());
    expect(stage.device.otaFlashCount).toBe(0);
  });

  it('is seen: Cancel while an old connection is taken away', async () => {
    const stage = await setStage({ keepAlive: true });
    const { device } = stage;
    device.faults.switchOn({ kind: 'error', on: 'ota_flash', number: 422, times: 1 });
    const engine = stage.engine();
    expect(outcomeIn(await wholeRun(stage, engine))).toMatchObject({ leaves: 'as-it-was' });
    await cancelAt('same-origin', stage, engine);
    expect(device.otaFlashCount).toBe(1);
  });

  /** Makes ready, says yes, and cancels when an `info` is asked with these credentials. */
  async function cancelAt(credentials: RequestCredentials, stage: Stage, engine: Engine): Promise<void> {
    await makeReady(stage, engine);
    const { fetch } = stage;
    let isAsked = false;
    stage.fetch = (input, init) => {
      if (String(input).endsWith('/zeroconf/info') && init?.credentials === credentials) {
        isAsked = true;
        engine.stop('flash');
      }
      return fetch(input, init);
    };
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(isAsked).toBe(true);
    expect(outcomeIn(stage.run())).toMatchObject({
      leaves: 'as-it-was',
      sentence: expect.stringContaining('You stopped before anything was sent.'),
    });
  }

  it('asks for no connection of the kind that ota_flash has, before the first one', async () => {
    const stage = await setStage({ keepAlive: true });
    const { fetch } = stage;
    const withFlash: string[] = [];
    stage.fetch = (input, init) => {
      if (init?.method === 'POST' && init.credentials !== 'omit') withFlash.push(String(input));
      return fetch(input, init);
    };
    const engine = stage.engine();
    await makeReady(stage, engine);
    engine.flash(yes(stage.run()));
    // Not for the end: it would never come to one that goes on to make way.
    await vi.waitFor(() => expect(withFlash).not.toEqual([]));
    expect(withFlash.map((url) => url.split('/').at(-1))).toEqual(['ota_flash']);
    await engine.settled();
    expect(withFlash).toHaveLength(1);
  });

  it('is seen: Cancel counts until the request leaves', async () => {
    const stage = await setStage();
    let isAnnounced = false;
    stage.environment.localMirror = {
      ...silent,
      expect: async () => {
        isAnnounced = true;
        return null;
      },
    };
    const engine = stage.engine();
    await makeReady(stage, engine);
    stage.environment.mayReachDevice = async () => {
      // The last question before the request.
      if (isAnnounced) expect(engine.stop('flash')).toBeNull();
      return true;
    };
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(isAnnounced).toBe(true);
    expect(outcomeIn(stage.run()).sentence).toContain('You stopped before anything was sent.');
    expect(stage.device.otaFlashCount).toBe(0);
  });
});

describe('a fault of ours', () => {
  it('in the watch is noted, and the device is watched on', async () => {
    const stage = await setStage();
    const follow = vi.fn(() => {
      if (follow.mock.calls.length === 1) throw new Error('no port');
    });
    stage.environment.localMirror = { ...silent, follow };
    const engine = stage.engine();
    await makeReady(stage, engine);
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(follow).toHaveBeenCalledTimes(2);
    expect(stage.device.otaFlashCount).toBe(1);
    expect(outcomeIn(stage.run()).kind).toBe('probably-flashed');
    expect(JSON.stringify(stage.run().journal)).toContain('no port');
  });

  it('in the unlocking does not look like a device that is still asked', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    await engine.settled();
    stage.environment.mayReachDevice = () => Promise.reject(new Error('no browser'));
    engine.unlock();
    await engine.settled();
    expect(stage.run()).toMatchObject({
      device: { state: 'done' },
      unlock: { state: 'failed', failure: { kind: 'fault' } },
    });
  });

  it('after somebody has stopped is nobody’s news', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    await engine.settled();
    stage.environment.mayReachDevice = async () => {
      engine.stop('device');
      throw new Error('too late');
    };
    engine.unlock();
    await engine.settled();
    expect(stage.run().unlock).toEqual({ state: 'idle' });
    stage.environment.mayReachMirror = async () => {
      engine.stop('image');
      throw new Error('too late');
    };
    engine.image(stage.url);
    await engine.settled();
    expect(stage.run().image).toEqual({ state: 'idle' });
    expect(JSON.stringify(stage.run().journal)).not.toContain('too late');
  });
});

describe('Stop', () => {
  it('before the request to unlock sends none', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    await engine.settled();
    const heard = answerInstead(stage, 'ota_unlock', () => Response.json({ seq: 1, error: 0 }));
    stage.environment.mayReachDevice = async () => {
      engine.stop('device');
      return true;
    };
    engine.unlock();
    await engine.settled();
    expect(stage.run().unlock).toEqual({ state: 'idle' });
    expect(heard).toEqual([]);
  });

  it('after the file has come takes nothing of it', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    const { save } = stage.environment;
    stage.environment.save = async (run) => {
      if (run.image.state === 'working' && JSON.stringify(run.journal).includes('flash_log_image'))
        engine.stop('image');
      await save(run);
    };
    engine.image(stage.url);
    await engine.settled();
    expect(stage.run()).toMatchObject({ image: { state: 'idle' }, mirror: { state: 'idle' } });
  });
});

it('a file that is only served anew leaves what is said of the last flash', async () => {
  const stage = await setStage({ unlocked: true });
  const engine = stage.engine();
  await makeReady(stage, engine);
  answerInstead(stage, 'ota_flash', () => Response.json({ seq: 1, error: 404 }));
  engine.flash(yes(stage.run()));
  await engine.settled();
  engine.image(stage.url, false);
  await engine.settled();
  expect(stage.run().flash).toMatchObject({ stage: 'ended', outcome: { leaves: 'as-it-was' } });
  engine.image(stage.url);
  await engine.settled();
  expect(stage.run().flash).toEqual({ stage: 'idle' });
});

it('an unlocking after which the device is silent tells of that silence', async () => {
  const stage = await setStage();
  const engine = stage.engine();
  engine.info(stage.device.address, '');
  await engine.settled();
  answerInstead(stage, 'ota_unlock', () => {
    answerInstead(stage, 'info', () =>
      Promise.reject(new TypeError('x', { cause: { code: 'EHOSTUNREACH' } })),
    );
    return Response.json({ seq: 1, error: 0 });
  });
  engine.unlock();
  await engine.settled();
  expect(stage.run().unlock).toMatchObject({ state: 'failed', failure: { kind: 'unreachable' } });
});

it('a flash that has ended, or never began, is not taken up', async () => {
  const stage = await setStage();
  const { context, tasks, run } = await atWork(stage);
  const before = context.state();
  tasks.resume(run);
  await tasks.settled();
  expect(context.state()).toBe(before);
  tasks.flash(run, preflight(stage.run()).plan ?? expect.fail(), ['nothing']);
  await tasks.settled();
  const ended = context.state();
  const again = shownRun(ended);
  if (again.address === null || again.flash.stage !== 'ended') throw new Error('not ended');
  tasks.resume(again);
  await tasks.settled();
  expect(context.state()).toBe(ended);
  expect(stage.device.otaFlashCount).toBe(1);
});

it('what the program cannot see of the mirror is no answer, and keeps nobody waiting for ever', async () => {
  const { signal } = new AbortController();
  const { image } = source;
  if (image.state !== 'done') throw new Error('no image');
  const lookedAt = (probe: LocalMirrorWays['probe']) => {
    const clock = createHeldClock();
    const { environment } = setEnvironment({ clock, localMirror: { ...silent, probe } });
    const { source: context } = createStateContext(environment, emptyState);
    return { clock, checks: rawChecksOf(context, image.value, signal) };
  };
  await expect(lookedAt(() => Promise.reject(new Error('no port'))).checks).resolves.toBeNull();
  let isOver = false;
  const late = lookedAt(
    (_url, over) => new Promise(() => over.addEventListener('abort', () => (isOver = true))),
  );
  await soon(() => expect(late.clock.slept).toEqual([30_000]));
  late.clock.expire();
  await expect(late.checks).resolves.toBeNull();
  expect(isOver).toBe(true);
});

it('what the program has seen of the mirror stands among the checks', async () => {
  const stage = await setStage();
  const check = {
    id: 'same-file',
    title: { id: 'test', args: {} },
    answer: 'fail',
    sentence: { id: 'test_sentence', args: {} },
  } as const;
  stage.environment.localMirror = { ...silent, probe: async () => [check] };
  const engine = stage.engine();
  await makeReady(stage, engine);
  const { mirror } = stage.run();
  if (mirror.state !== 'done') throw new Error('not asked');
  expect(mirror.value.checks).toContainEqual({ ...check, id: 'mirror-raw-same-file' });
  expect(preflight(stage.run()).plan).toBeNull();
  expect(inEnglish(mirror.value.checks[0]?.title ?? '')).not.toBe('');
});
