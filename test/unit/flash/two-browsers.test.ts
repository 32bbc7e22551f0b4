import { describe, expect, it } from 'vitest';
import { createEngine, emptyRun, type Run } from './one-run.ts';
import { makeReady, outcomeIn, type Stage, setStage, yes } from './stage.ts';

/** An engine in another browser: it shares the device and the mirror, and knows nothing of the first. */
function otherBrowser(stage: Stage) {
  let run: Run = emptyRun;
  const save = async (written: Run) => {
    run = structuredClone(written);
  };
  return { engine: createEngine({ ...stage.environment, save }, emptyRun), run: () => run };
}

async function bothReady() {
  const stage = await setStage({ unlocked: true });
  const one = stage.engine();
  await makeReady(stage, one);
  const other = otherBrowser(stage);
  other.engine.info(stage.device.address, '');
  other.engine.image(stage.url);
  await other.engine.settled();
  return { stage, one, other };
}

describe('two browsers on one device', () => {
  it('send nothing to it while it serves the other', async () => {
    const { stage, one, other } = await bothReady();
    stage.device.faults.switchOn({ kind: 'slow', on: 'ota_flash', number: 1_500 });
    one.flash(yes(stage.run()));
    await stage.device.waitUntil(({ otaFlashCount }) => otaFlashCount === 1);
    other.engine.flash(yes(other.run()));
    await other.engine.settled();
    expect(outcomeIn(other.run())).toMatchObject({ leaves: 'as-it-was' });
    expect(outcomeIn(other.run()).sentence).toContain('busy');
    await one.settled();
    expect(outcomeIn(stage.run()).leaves).toBe('new-firmware');
    expect(stage.device.otaFlashCount).toBe(1);
  });

  it('send one request for each yes, and neither says that nothing has been changed', async () => {
    const { stage, one, other } = await bothReady();
    one.flash(yes(stage.run()));
    other.engine.flash(yes(other.run()));
    await Promise.all([one.settled(), other.engine.settled()]);
    const outcomes = [outcomeIn(stage.run()), outcomeIn(other.run())];
    const said = outcomes.filter(({ leaves }) => leaves === 'as-it-was').length;
    expect(stage.device.otaFlashCount).toBe(2 - said);
  });
});
