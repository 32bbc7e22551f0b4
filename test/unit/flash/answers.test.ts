import { describe, expect, it } from 'vitest';
import { soon } from '../soon.ts';
import { preflight } from './one-run.ts';
import {
  answerInstead,
  file,
  inWords,
  isInDoubt,
  makeReady,
  outcomeIn,
  setStage,
  wholeRun,
  yes,
} from './stage.ts';

const code = (error: number) => Response.json({ seq: 3, error });

describe('what the device answers to ota_flash', () => {
  it.each([
    [403, 'not-flashed', 'as-it-was', /locked/],
    [404, 'not-flashed', 'as-it-was', /not its own/],
    [408, 'not-flashed', 'stopped-midway', /too long/],
    [413, 'not-flashed', 'as-it-was', /larger/],
    [422, 'not-flashed', 'as-it-was', /does not accept/],
    [424, 'not-flashed', 'stopped-midway', /could not download/],
    [409, 'do-not-restart', 'in-doubt', /not what was announced/],
    [471, 'do-not-restart', 'in-doubt', /not what was announced/],
  ] as const)('%i: %s, %s, and nothing is sent again', async (error, kind, leaves, words) => {
    const stage = await setStage();
    const heard = answerInstead(stage, 'ota_flash', () => code(error));
    const run = await wholeRun(stage);
    const outcome = outcomeIn(run);
    expect(outcome).toMatchObject({ kind, leaves });
    expect(outcome.sentence).toMatch(words);
    expect(isInDoubt(run)).toBe(leaves === 'in-doubt');
    expect(heard).toHaveLength(1);
    expect(stage.device.otaFlashCount).toBe(0);
    expect(outcome.mayDownload).toBe(false);
    if (leaves === 'in-doubt') expect(outcome.steps).toContain('Do not cut its power.');
    if (leaves === 'stopped-midway') expect(outcome.steps[0]).toContain('Do not cut its power until');
    if (leaves === 'as-it-was') expect(outcome.sentence).toContain('is as it was');
    // That is said only where no ota_flash has left.
    expect(outcome.sentence).not.toContain('Nothing has been changed');
  });

  it.each([
    ['an unknown code', () => code(999)],
    ['a code of another command', () => code(503)],
    ['an HTTP error', () => new Response('', { status: 500 })],
    ['a web page', () => new Response('<html></html>', { headers: { 'content-type': 'text/html' } })],
    ['half a reply', () => new Response('{"seq":3,')],
    ['a broken connection', () => Promise.reject(new TypeError('failed'))],
    ['a refused connection', () => Promise.reject(new TypeError('x', { cause: { code: 'ECONNREFUSED' } }))],
  ])(
    '%s proves nothing: it is watched, asked no more, and the outcome says what is not known',
    async (_, answer) => {
      const stage = await setStage();
      const heard = answerInstead(stage, 'ota_flash', answer);
      const run = await wholeRun(stage);
      expect(heard).toHaveLength(1);
      expect(outcomeIn(run)).toMatchObject({ kind: 'not-flashed', leaves: 'in-doubt', title: 'Not flashed' });
      expect(outcomeIn(run).sentence).toContain('Perhaps');
      expect(outcomeIn(run).steps[0]).toBe('Do not cut its power.');
    },
  );

  it('an empty reply of a device that takes the image: it is not called a failure', async () => {
    const stage = await setStage({ faults: [{ kind: 'drop-reply', on: 'ota_flash' }] });
    const run = await wholeRun(stage);
    expect(outcomeIn(run)).toMatchObject({
      kind: 'unknown',
      title: 'Perhaps flashed',
      leaves: 'new-firmware',
    });
    expect(stage.device.became.state).toBe('tasmota');
    expect(stage.device.otaFlashCount).toBe(1);
  });

  it('nothing at all: it waits a minute, then watches', async () => {
    const stage = await setStage({ faults: [{ kind: 'hang', on: 'ota_flash' }] });
    const engine = stage.engine();
    await makeReady(stage, engine);
    engine.flash(yes(stage.run()));
    await stage.device.waitUntil('tasmota');
    expect(stage.run().flash.stage).toBe('requested');
    expect(inWords(engine.stop('watch'))).toContain('has the request already');
    await soon(() => expect(stage.clock.slept.at(-1)).toBe(60_000));
    stage.clock.expire();
    await engine.settled();
    expect(outcomeIn(stage.run()).title).toBe('Perhaps flashed');
    expect(stage.device.otaFlashCount).toBe(1);
  });

  it('accepted, but the file was swapped behind our back: it stays a Sonoff, in doubt', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await makeReady(stage, engine);
    stage.mirror.breakPath(file, { kind: 'changes', number: 4 });
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(stage.device.became).toEqual({ state: 'sonoff', reason: 'digest mismatch' });
    const outcome = outcomeIn(stage.run());
    expect(outcome).toMatchObject({ kind: 'not-flashed', leaves: 'in-doubt' });
    expect(outcome.sentence).toContain('a restart would brick it');

    // The next try fails before anything is sent; the warning must survive that, and Info as well.
    engine.info(stage.device.address, '');
    await engine.settled();
    expect(outcomeIn(stage.run())).toEqual(outcome);
    engine.flash(yes(stage.run()));
    await engine.settled();
    const second = outcomeIn(stage.run());
    expect(second).toMatchObject({ kind: 'do-not-restart', leaves: 'in-doubt' });
    expect(second.steps[0]).toBe('Do not cut its power.');
    expect(stage.device.otaFlashCount).toBe(1);

    // And a good download saves it.
    stage.mirror.mend();
    engine.image(stage.url);
    await engine.settled();
    expect(isInDoubt(stage.run())).toBe(true);
    expect(preflight(stage.run()).missing.map(({ id }) => id)).toEqual(['device']);
    engine.info(stage.device.address, '');
    await engine.settled();
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(stage.device.became.state).toBe('tasmota');
    expect(outcomeIn(stage.run()).kind).toBe('probably-flashed');
    expect(isInDoubt(stage.run())).toBe(false);
  });
});
