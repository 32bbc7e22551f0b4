import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftoverOf, runOfLeftover } from '../../../src/flash/leftover.ts';
import { emptyRun } from '../../../src/flash/run.ts';
import { answerInstead, outcomeIn, setStage, wholeRun } from './stage.ts';

describe('what outlives the browser', () => {
  it('is a flash from the request to its end, and then how it ended', async () => {
    const stage = await setStage();
    await wholeRun(stage);
    for (const run of stage.saved) {
      const isOut = ['requested', 'downloading', 'restarting'].includes(run.flash.stage);
      expect([run.flash.stage, (leftoverOf(run)?.flash ?? null) !== null]).toEqual([run.flash.stage, isOut]);
    }
  });

  it('is watched in the next session, and not flashed again', async () => {
    const stage = await setStage();
    await wholeRun(stage);
    const out = stage.saved.filter((run) => (leftoverOf(run)?.flash ?? null) !== null);
    expect(out.length).toBeGreaterThan(2);
    for (const run of out) {
      const stored: unknown = JSON.parse(JSON.stringify(leftoverOf(run)));
      const left = runOfLeftover(stored) ?? expect.fail();
      expect(left.flash).toMatchObject({ stage: 'requested', deed: { digest: expect.any(String) } });
      await stage.engine(left).settled();
      expect(outcomeIn(stage.run()).title).toBe('Perhaps flashed');
    }
    expect(stage.device.otaFlashCount).toBe(1);
  });

  it('is the warning not to cut the power', async () => {
    const stage = await setStage();
    answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: 471 }));
    const run = await wholeRun(stage);
    const stored: unknown = JSON.parse(JSON.stringify(leftoverOf(run)));
    const left = runOfLeftover(stored) ?? expect.fail();
    expect(left).toMatchObject({ address: { host: stage.device.address } });
    expect(outcomeIn(left)).toEqual(outcomeIn(run));
  });

  it('is nothing when it is damaged or not ours', async () => {
    const stage = await setStage();
    await wholeRun(stage);
    const requested = stage.saved.find(({ flash }) => flash.stage === 'requested') ?? emptyRun;
    const stored = leftoverOf(requested) ?? expect.fail();
    const { flash: out } = stored;
    const deed = out?.deed ?? expect.fail();
    const withDeed = (part: object) => ({ ...stored, flash: { ...out, deed: { ...deed, ...part } } });
    expect(runOfLeftover(withDeed({}))).not.toBeNull();
    expect(runOfLeftover(withDeed({ host: 'not an address' }))).toBeNull();
    expect(runOfLeftover(withDeed({ url: 'https://example.com/x.bin' }))).toBeNull();
    expect(runOfLeftover({ ...stored, version: 1 })).toBeNull();
    fc.assert(fc.property(fc.anything(), (rubbish) => runOfLeftover(rubbish) === null));
  });
});
