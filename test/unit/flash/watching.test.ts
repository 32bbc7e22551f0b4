import { describe, expect, it } from 'vitest';
import {
  answerInstead,
  deviceid,
  freeAddress,
  inWords,
  isInDoubt,
  makeReady,
  outcomeIn,
  type Stage,
  setStage,
  timings,
  wholeRun,
  yes,
} from './stage.ts';

/** A device that accepts and stays what it is; each look hears what `info` says. */
async function accepting(info?: () => Response | Promise<Response>): Promise<Stage> {
  const stage = await setStage({ unlocked: true });
  answerInstead(stage, 'ota_flash', () => {
    if (info) answerInstead(stage, 'info', info);
    return Response.json({ seq: 3, error: 0 });
  });
  return stage;
}

const reset = () => Promise.reject(new TypeError('failed', { cause: { code: 'ECONNRESET' } }));
const refused = () => Promise.reject(new TypeError('failed', { cause: { code: 'ECONNREFUSED' } }));

describe('watching', () => {
  it('asks once a look, since the device has a download to do', async () => {
    const stage = await accepting();
    let asked = 0;
    answerInstead(stage, 'ota_flash', () => {
      answerInstead(stage, 'info', () => {
        asked += 1;
        return reset();
      });
      return Response.json({ seq: 3, error: 0 });
    });
    let looks = 0;
    stage.beforeLook = async () => {
      looks += 1;
    };
    await wholeRun(stage);
    expect(asked).toBeLessThanOrEqual(looks * 2); // with its id, and without
    expect(asked).toBeGreaterThan(5);
  });

  it('leaves the device alone at first, and says in the log what was sent where', async () => {
    const stage = await accepting(refused);
    const waits: number[] = [];
    const { clock } = stage.environment;
    stage.environment.clock = {
      ...clock,
      sleep: (ms, signal) => {
        waits.push(ms);
        return clock.sleep(ms, signal);
      },
    };
    const run = await wholeRun(stage);
    const rests = waits.filter((ms) => ms === timings.quiet || ms === timings.between);
    expect(rests.slice(0, 2)).toEqual([timings.quiet, timings.between]);
    const { plan } = run.flash.stage === 'ended' ? run.flash : expect.fail();
    expect(JSON.stringify(run.journal)).toContain(
      JSON.stringify({ url: plan.url.href, digest: plan.digest, host: plan.address.host }),
    );
  });

  it.each<[string, () => Response | Promise<Response>, string, string]>([
    ['breaks every connection', reset, 'unknown', 'in-doubt'],
    [
      'is a web page',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      'unknown',
      'in-doubt',
    ],
    ['wants another id', () => Response.json({ seq: 1, error: 404 }), 'unknown', 'in-doubt'],
    ['is gone', refused, 'probably-flashed', 'new-firmware'],
    [
      'is another Sonoff',
      () => Response.json({ seq: 1, error: 0, data: { deviceid: '1000ffffff' } }),
      'probably-flashed',
      'new-firmware',
    ],
  ])('ends when what is at the address %s', async (_, info, kind, leaves) => {
    const run = await wholeRun(await accepting(info));
    expect(outcomeIn(run)).toMatchObject({ kind, leaves });
  });

  it.each<[string, (stage: Stage) => void]>([
    [
      'the permission is taken back',
      ({ environment }) => {
        environment.mayReachDevice = async () => false;
      },
    ],
    [
      'the browser throws at every look',
      ({ environment }) => {
        environment.mayReachDevice = () => Promise.reject(new Error('gone'));
      },
    ],
  ])('claims nothing when %s', async (_, happens) => {
    const stage = await accepting();
    const engine = stage.engine();
    await makeReady(stage, engine);
    stage.beforeLook = async () => happens(stage);
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(outcomeIn(stage.run())).toMatchObject({
      kind: 'unknown',
      leaves: 'in-doubt',
      title: 'Nobody knows',
    });
  });

  it('does not mind a disk that is full', async () => {
    const stage = await setStage();
    stage.environment.remember = () => Promise.reject(new Error('full'));
    stage.environment.releases = () => Promise.reject(new Error('full'));
    expect(outcomeIn(await wholeRun(stage)).kind).toBe('probably-flashed');
  });

  it('is stopped by a person, and the device is not flashed again while it may be downloading', async () => {
    const stage = await accepting();
    const engine = stage.engine();
    await makeReady(stage, engine);
    stage.beforeLook = async () => engine.stop('watch');
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(outcomeIn(stage.run())).toMatchObject({ kind: 'unknown', leaves: 'in-doubt' });
    expect(outcomeIn(stage.run()).steps[0]).toBe('Do not cut its power.');
    engine.info(stage.device.address, '');
    engine.image(stage.url);
    await engine.settled();
    expect(inWords(engine.flash(yes(stage.run())))).toContain('may still be downloading');
    stage.clock.pass(170_000);
    expect(inWords(engine.flash(yes(stage.run())))).toContain('may still be downloading');
    stage.clock.pass(10_000);
    expect(engine.flash(yes(stage.run()))).toBeNull();
    await engine.settled();
  });

  it('is not ended by the button that cancels Info', async () => {
    const stage = await accepting(refused);
    const engine = stage.engine();
    await makeReady(stage, engine);
    const refusals: unknown[] = [];
    stage.beforeLook = async () =>
      refusals.push(inWords(engine.stop('device')), inWords(engine.stop('image')));
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(refusals.slice(0, 2)).toEqual(Array(2).fill('A flash is under way. Wait for it to end.'));
    expect(outcomeIn(stage.run()).kind).toBe('probably-flashed');
  });

  it('shows the device as restarting once it was missed twice', async () => {
    const stage = await accepting(refused);
    await wholeRun(stage);
    const stages = stage.saved.map(({ flash }) => flash.stage);
    expect([...new Set(stages)]).toEqual([
      'idle',
      'checking',
      'requested',
      'downloading',
      'restarting',
      'ended',
    ]);
    const restarting = stage.saved.find(({ flash }) => flash.stage === 'restarting')?.flash;
    expect(restarting).toMatchObject({ watch: { misses: timings.missesToBeGone } });
  });
});

describe('Info after a flash', () => {
  it('takes back "probably flashed" when the same device answers as a Sonoff', async () => {
    const stage = await accepting(refused);
    const { fetch } = stage;
    const engine = stage.engine();
    await wholeRun(stage, engine);
    stage.fetch = fetch;
    engine.info(stage.device.address, '');
    expect(stage.run().flash.stage).toBe('ended');
    await engine.settled();
    expect(outcomeIn(stage.run())).toMatchObject({
      kind: 'unknown',
      leaves: 'in-doubt',
      title: 'Not flashed, it seems',
    });
    expect(isInDoubt(stage.run())).toBe(true);
  });

  it.each([
    ['another device', '1000ffffff'],
    ['a device that tells no id', null],
  ])('forgets the outcome when it was for %s', async (_, other) => {
    const stage = await accepting(refused);
    const engine = stage.engine();
    await wholeRun(stage, engine);
    answerInstead(stage, 'info', () =>
      Response.json({
        seq: 1,
        error: 0,
        data: { switch: 'on', ...(other === null ? {} : { deviceid: other }) },
      }),
    );
    // As long as the one that was flashed may still be downloading, it may be this one that answers.
    if (other === null) {
      engine.info(stage.device.address, '');
      await engine.settled();
      expect(outcomeIn(stage.run()).title).toBe('Not flashed, it seems');
      stage.clock.pass(180_000);
    }
    engine.info(stage.device.address, '');
    await engine.settled();
    expect(stage.run().flash.stage).toBe(other === null ? 'ended' : 'idle');
  });

  it('takes "probably flashed" back though the id was typed only now', async () => {
    const stage = await setStage({ unlocked: true });
    const engine = stage.engine();
    const data = { switch: 'on', pulse: 'off', pulseWidth: 500, otaUnlock: true };
    const headers = { connection: 'close' };
    answerInstead(stage, 'info', () => Response.json({ seq: 1, error: 0, data }, { headers }));
    const { fetch } = stage;
    answerInstead(stage, 'ota_flash', () => {
      answerInstead(stage, 'info', refused);
      return Response.json({ seq: 3, error: 0 });
    });
    await wholeRun(stage, engine);
    expect(outcomeIn(stage.run())).toMatchObject({ title: 'Probably flashed' });
    stage.clock.pass(180_000);
    stage.fetch = fetch;
    engine.info(stage.device.address, deviceid);
    await engine.settled();
    expect(outcomeIn(stage.run()).title).toBe('Not flashed, it seems');
  });

  it('at another address begins anew; a fetch does not cover a warning', async () => {
    const stage = await setStage();
    answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: 471 }));
    const engine = stage.engine();
    await wholeRun(stage, engine);
    engine.image(stage.url);
    await engine.settled();
    expect(stage.run().flash.stage).toBe('ended');
    engine.info(freeAddress(), '');
    engine.stop('device');
    await engine.settled();
    expect(stage.run().flash.stage).toBe('idle');
    expect(isInDoubt(stage.run())).toBe(true);
  });

  it('clears an outcome that changed nothing', async () => {
    const stage = await setStage();
    answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: 424 }));
    const engine = stage.engine();
    await wholeRun(stage, engine);
    engine.image(stage.url);
    expect(engine.startOver()).toBeNull();
    await engine.settled();
    expect(stage.run().flash.stage).toBe('idle');
  });
});
