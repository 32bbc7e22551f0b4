import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyRun, readUnfinishedFlash, runOfUnfinishedFlash, unfinishedFlashOf } from './one-run.ts';
import { answerInstead, outcomeIn, setStage, wholeRun } from './stage.ts';

describe('what outlives the browser', () => {
  it('is a flash from the request to its end, and then how it ended', async () => {
    const stage = await setStage();
    await wholeRun(stage);
    for (const run of stage.saved) {
      const isOut = ['requested', 'downloading', 'restarting'].includes(run.flash.stage);
      expect([run.flash.stage, (unfinishedFlashOf(run)?.flash ?? null) !== null]).toEqual([
        run.flash.stage,
        isOut,
      ]);
    }
  });

  it('is watched in the next session, and not flashed again', async () => {
    const stage = await setStage();
    await wholeRun(stage);
    const out = stage.saved.filter((run) => (unfinishedFlashOf(run)?.flash ?? null) !== null);
    expect(out.length).toBeGreaterThan(2);
    for (const run of out) {
      const stored: unknown = JSON.parse(JSON.stringify(unfinishedFlashOf(run)));
      const left = runOfUnfinishedFlash(stored) ?? expect.fail();
      expect(left.flash).toMatchObject({ stage: 'requested', plan: { digest: expect.any(String) } });
      await stage.engine(left).settled();
      expect(outcomeIn(stage.run()).title).toBe('Perhaps flashed');
    }
    expect(stage.device.otaFlashCount).toBe(1);
  });

  it('is the warning not to cut the power', async () => {
    const stage = await setStage();
    answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: 471 }));
    const run = await wholeRun(stage);
    const stored: unknown = JSON.parse(JSON.stringify(unfinishedFlashOf(run)));
    const left = runOfUnfinishedFlash(stored) ?? expect.fail();
    expect(left).toMatchObject({ address: { host: stage.device.address } });
    expect(outcomeIn(left)).toEqual(outcomeIn(run));
  });

  it('is nothing when it is damaged or not ours', async () => {
    const stage = await setStage();
    await wholeRun(stage);
    const requested = stage.saved.find(({ flash }) => flash.stage === 'requested') ?? emptyRun;
    const stored = unfinishedFlashOf(requested) ?? expect.fail();
    const { flash: out } = stored;
    const plan = out?.plan ?? expect.fail();
    const withDeed = (part: object) => ({ ...stored, flash: { ...out, plan: { ...plan, ...part } } });
    expect(runOfUnfinishedFlash(withDeed({}))).not.toBeNull();
    expect(runOfUnfinishedFlash(withDeed({ host: 'not an address' }))).toBeNull();
    expect(runOfUnfinishedFlash(withDeed({ url: 'https://example.com/x.bin' }))).toBeNull();
    expect(runOfUnfinishedFlash({ ...stored, version: 1 })).toBeNull();
    fc.assert(fc.property(fc.anything(), (rubbish) => runOfUnfinishedFlash(rubbish) === null));
  });

  it('is what is whole of it, and the word that there was more', async () => {
    const stage = await setStage();
    answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: 471 }));
    const stored = unfinishedFlashOf(await wholeRun(stage)) ?? expect.fail();
    const [doubt] = stored.doubts;
    expect(readUnfinishedFlash(undefined)).toEqual({ run: null, damaged: false });
    expect(readUnfinishedFlash(stored)).toMatchObject({ run: { doubts: [{}] }, damaged: false });
    for (const damaged of [
      { ...stored, flash: 7 },
      { ...stored, flash: { at: 0, plan: { ...doubt?.plan, host: 'not an address' } } },
      { ...stored, doubts: [doubt, { ...doubt, outcome: null }] },
      { ...stored, doubts: ['x', doubt] },
    ]) {
      const { run, damaged: isDamaged } = readUnfinishedFlash(JSON.parse(JSON.stringify(damaged)));
      expect(isDamaged).toBe(true);
      expect(run?.flash).toMatchObject({ stage: 'ended', outcome: { kind: 'do-not-restart' } });
      expect(run?.doubts).toHaveLength(1);
    }
    expect(readUnfinishedFlash({ ...stored, doubts: 7 })).toEqual({ run: null, damaged: true });
  });
});
