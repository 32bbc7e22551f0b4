import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import {
  aged,
  type Doubt,
  gravestOn,
  holdOn,
  keptSentence,
  toBeKept,
} from '../../../src/flash/run/doubts.ts';
import { mayBeSame } from '../../../src/flash/run/whose.ts';
import { longestDownload } from '../../../src/zeroconf/client/longest-download.ts';
import { readStoredRun, runOfUnfinishedFlash, unfinishedFlashOf } from './one-run.ts';
import {
  answerInstead,
  freeAddress,
  inWords,
  isInDoubt,
  makeReady,
  outcomeIn,
  type Stage,
  setStage,
  wholeRun,
  yes,
} from './stage.ts';

const hour = 3_600_000;

/** A device that accepts, stays what it is, and is no longer watched: nobody knows whether it downloads. */
async function unwatched(options: Parameters<typeof setStage>[0] = {}) {
  const stage = await setStage({ unlocked: true, ...options });
  const heard = answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: 0 }));
  const engine = stage.engine();
  await makeReady(stage, engine);
  stage.beforeLook = async () => engine.stop('watch');
  engine.flash(yes(stage.run()));
  await engine.settled();
  return { stage, engine, heard };
}

/** Everything a person does up to the answer to the question; tells the refusal. */
async function pressFlash(stage: Stage, engine = stage.engine(stage.run())) {
  engine.info(stage.device.address, '');
  engine.image(stage.url);
  await engine.settled();
  return inWords(engine.flash(yes(stage.run())));
}

describe('the hold after a flash whose end nobody has seen', () => {
  it.each<[string, (stage: Stage) => unknown]>([
    ['a clock set back', ({ clock }) => clock.set(-48 * hour)],
    ['a clock set forward', ({ clock }) => clock.set(48 * hour)],
    ['nothing', () => {}],
  ])('outlives %s', async (_, happens) => {
    const { stage, engine, heard } = await unwatched();
    happens(stage);
    expect(await pressFlash(stage, engine)).toContain('Wait 3 minutes.');
    expect(await pressFlash(stage)).toContain('may still be downloading');
    expect(heard).toHaveLength(1);
  });

  it('outlives Start over, and Info on another address', async () => {
    const { stage, engine } = await unwatched();
    engine.startOver();
    expect(await pressFlash(stage, engine)).toContain('may still be downloading');
    engine.info(freeAddress(), '');
    engine.stop('device');
    await engine.settled();
    expect(stage.run().flash.stage).toBe('idle');
    expect(await pressFlash(stage, engine)).toContain('may still be downloading');
    expect(outcomeIn(stage.run()).steps[0]).toBe('Do not cut its power.');
  });

  it('goes with the device to another address, and does not stay for another device at this one', async () => {
    const { stage, engine } = await unwatched();
    const [doubt] = stage.run().doubts;
    if (doubt === undefined) throw new Error('no doubt');
    const elsewhere = { address: { host: '192.168.1.77' }, deviceid: doubt.plan.deviceid };
    expect(holdOn(stage.run().doubts, elsewhere)).toBeGreaterThan(0);
    expect(mayBeSame(doubt.plan, { ...elsewhere, deviceid: null })).toBe(false);
    stage.device.settings.deviceid = '1000ffffff';
    expect(await pressFlash(stage, engine)).toBeNull();
    await engine.settled();
  });

  it('ends when three minutes have really passed, however they were counted', async () => {
    const { stage, engine } = await unwatched();
    expect(await pressFlash(stage, engine)).toContain('may still be downloading');
    stage.clock.pass(longestDownload.ms / 2);
    expect(await pressFlash(stage, engine)).toContain('may still be downloading');
    stage.clock.pass(longestDownload.ms / 2);
    expect(await pressFlash(stage, engine)).toBeNull();
    await engine.settled();
  });

  it('is not shortened by a background that slept, and is counted on by one that wakes', async () => {
    const { stage, engine } = await unwatched();
    stage.clock.pass(100_000);
    await pressFlash(stage, engine);
    await engine.settled();
    const left = stage.run();
    expect(Math.max(...left.doubts.map(({ holdLeft }) => holdLeft))).toBeLessThanOrEqual(80_000);
    // Another process: nobody knows how long nobody was awake.
    stage.clock.pass(hour);
    const next = stage.engine(left);
    expect(await pressFlash(stage, next)).toContain('may still be downloading');
    stage.clock.pass(80_000);
    expect(await pressFlash(stage, next)).toBeNull();
    await next.settled();
  });

  it('is counted by whoever waits for its end', async () => {
    const { stage, engine } = await unwatched();
    const over = engine.holdsOver();
    for (let seconds = 0; seconds < 180; seconds += 10) {
      stage.clock.pass(10_000);
      stage.clock.expire();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await over;
    expect(stage.run().doubts.map(({ holdLeft }) => holdLeft)).toEqual([0]);
    expect(isInDoubt(stage.run())).toBe(true);
  });

  it('begins anew after a restart of the browser', async () => {
    const { stage, engine } = await unwatched();
    stage.clock.pass(170_000);
    await pressFlash(stage, engine);
    await engine.settled();
    const left = runOfUnfinishedFlash(JSON.parse(JSON.stringify(unfinishedFlashOf(stage.run()))));
    expect(left?.doubts.map(({ holdLeft }) => holdLeft)).toEqual([longestDownload.ms]);
    expect(left?.flash.stage).toBe('ended');
  });

  it('holds back a device that seemed gone and was forgotten by Start over', async () => {
    const stage = await setStage({ unlocked: true });
    const { fetch } = stage;
    answerInstead(stage, 'ota_flash', () => {
      answerInstead(stage, 'info', () =>
        Promise.reject(new TypeError('x', { cause: { code: 'EHOSTUNREACH' } })),
      );
      return Response.json({ seq: 3, error: 0 });
    });
    const engine = stage.engine();
    expect(outcomeIn(await wholeRun(stage, engine)).kind).toBe('probably-flashed');
    stage.fetch = fetch;
    engine.startOver();
    expect(await pressFlash(stage, engine)).toContain('may still be downloading');
    expect(outcomeIn(stage.run()).title).toBe('Not flashed, it seems');
    expect(stage.device.otaFlashCount).toBe(0);
  });
});

describe('a doubt', () => {
  it('that the device has stopped midway ends when it has answered to Info, and holds nothing back', async () => {
    const stage = await setStage({ unlocked: true });
    const { fetch } = stage;
    answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: 424 }));
    const engine = stage.engine();
    await wholeRun(stage, engine);
    expect(stage.run().doubts.map(({ outcome }) => outcome.leaves)).toEqual(['stopped-midway']);
    engine.startOver();
    answerInstead(stage, 'info', () =>
      Promise.reject(new TypeError('x', { cause: { code: 'EHOSTUNREACH' } })),
    );
    engine.info(stage.device.address, '');
    await engine.settled();
    expect(outcomeIn(stage.run()).title).toContain('Keep its power');
    const { device } = stage.run();
    expect(device).toMatchObject({ failure: { assurance: 'nothing-more-sent' } });
    stage.fetch = fetch;
    expect(await pressFlash(stage, engine)).toBeNull();
    await engine.settled();
    expect(stage.run().doubts.every(({ outcome }) => outcome.leaves === 'new-firmware')).toBe(true);
  });

  it('is graver than a refusal that comes after it', async () => {
    const stage = await setStage({ unlocked: true });
    let code = 471;
    answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: code }));
    const engine = stage.engine();
    await wholeRun(stage, engine);
    for (code of [403, 424]) {
      expect(await pressFlash(stage, engine)).toBeNull();
      await engine.settled();
      expect(outcomeIn(stage.run())).toMatchObject({ leaves: 'in-doubt', kind: 'do-not-restart' });
      expect(outcomeIn(stage.run()).sentence).not.toContain('Nothing has been changed');
      expect(outcomeIn(stage.run()).steps[0]).toBe('Do not cut its power.');
    }
  });

  it('is kept when everything is erased, and said until when; what has ended well is not', async () => {
    const { stage, engine } = await unwatched();
    expect(engine.forget()).toBeNull();
    await engine.settled();
    const [kept] = stage.run().doubts;
    if (kept === undefined) throw new Error('forgotten');
    expect(inEnglish(keptSentence(kept))).toMatch(/needs its power.* until new firmware is on it.*3 minutes/);
    const unheld: Doubt = { ...kept, holdLeft: 0 };
    expect(inEnglish(keptSentence(unheld))).not.toMatch(/3 minutes/);
    const nameless: Doubt = { ...unheld, plan: { ...kept.plan, deviceid: null } };
    expect(inEnglish(keptSentence(unheld))).toContain(`(ID ${kept.plan.deviceid})`);
    expect(inEnglish(keptSentence(nameless))).not.toContain('ID');
    const midway: Doubt = { ...unheld, outcome: { ...kept.outcome, leaves: 'stopped-midway' } };
    expect(inEnglish(keptSentence(midway))).toMatch(/until it has answered to Info/);
    const well: Doubt = { ...kept, holdLeft: 0, outcome: { ...kept.outcome, leaves: 'new-firmware' } };
    expect(toBeKept([well])).toEqual([]);
    expect(toBeKept([{ ...well, holdLeft: 1 }])).toHaveLength(1);
  });

  it('is about its own device, and the gravest one counts', async () => {
    const { stage } = await unwatched();
    const [doubt] = stage.run().doubts;
    if (doubt === undefined) throw new Error('no doubt');
    const other = { address: { host: '192.168.1.77' }, deviceid: '1000ffffff' };
    expect(gravestOn([doubt], doubt.plan)).toBe(doubt);
    expect(gravestOn([doubt], other)).toBeNull();
    const midway: Doubt = { ...doubt, outcome: { ...doubt.outcome, leaves: 'stopped-midway' } };
    expect(gravestOn([midway, doubt], doubt.plan)).toBe(doubt);
    expect(gravestOn([midway], doubt.plan)).toBe(midway);
    const well: Doubt = { ...doubt, outcome: { ...doubt.outcome, leaves: 'new-firmware' } };
    expect(gravestOn([well], doubt.plan)).toBeNull();
  });

  it('lives for a day of use: no clock that is set ends it', async () => {
    const { stage } = await unwatched();
    let { doubts } = stage.run();
    doubts = aged(doubts, stage.clock.now() + 1000 * 24 * hour);
    expect(doubts).toHaveLength(1);
    doubts = aged(doubts, 0).map((doubt) => ({ ...doubt, holdLeft: 0 }));
    expect(doubts).toHaveLength(1);
    for (let hours = 1; hours <= 23; hours += 1) doubts = aged(doubts, hours * hour);
    expect(doubts).toHaveLength(1);
    expect(aged(doubts, 25 * hour)).toHaveLength(0);
  });
});

describe('a stored run', () => {
  it('is read as it was written, at every step', async () => {
    const { stage } = await unwatched();
    for (const run of stage.saved) expect(readStoredRun(JSON.parse(JSON.stringify(run)))).toEqual(run);
  });

  it('is nothing when any part of it is damaged', async () => {
    const { stage } = await unwatched();
    const run = stage.run();
    for (const key of Object.keys(run)) {
      for (const rubbish of [undefined, 7, 'x', [7], { state: 'done' }, { stage: 'ended' }]) {
        if (key === 'typedId' && rubbish === 'x') continue;
        const read = readStoredRun({ ...run, [key]: rubbish });
        expect([key, rubbish, read]).toEqual([key, rubbish, null]);
      }
    }
  });
});
