import { describe, expect, it } from 'vitest';
import { answerInstead, file, inWords, makeReady, outcomeIn, setStage, wholeRun, yes } from './stage.ts';

describe('the background', () => {
  it('says that an ID is too long, and asks nobody', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    expect(inWords(engine.info(stage.device.address, `ITEAD-${'9'.repeat(41)}`))).toContain(
      'too long for a device ID',
    );
    await engine.settled();
    expect(stage.device.heard).toEqual([]);
    expect(engine.info(stage.device.address, `ITEAD-${'9'.repeat(40)}`)).toBeNull();
    await engine.settled();
    expect(stage.device.heard).not.toEqual([]);
  });

  it('fetches an image once when popup and tab ask for the same', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    stage.mirror.breakPath(file, { kind: 'slow', number: 300, times: 1 });
    expect(engine.image(stage.url)).toBeNull();
    await stage.mirror.waitUntil(({ requests }) => requests.length > 0);
    expect(engine.image(stage.url)).toBeNull();
    await engine.settled();
    const whole = stage.mirror.requests.filter(({ path, headers }) => path === file && !headers.has('range'));
    expect(whole).toHaveLength(1);
  });

  it('heeds time-outs that are changed while it lives', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    const waits = async () => {
      const { length } = stage.clock.slept;
      engine.info(stage.device.address, '');
      await engine.settled();
      return stage.clock.slept.slice(length);
    };
    expect(await waits()).toContain(5_000);
    stage.environment.timeouts = async () => ({ info: 7_000, ota_unlock: 150_000 });
    expect(await waits()).toContain(7_000);
  });

  it('believes an accepted unlock where the device does not tell whether it is unlocked', async () => {
    const stage = await setStage();
    const { fetch } = stage;
    stage.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (!String(input).endsWith('/info')) return answer;
      const text = await answer.text();
      return new Response(text.replace(/"otaUnlock":(?:true|false),?/, ''), { headers: answer.headers });
    };
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    await engine.settled();
    expect(stage.run().device).toMatchObject({ value: { otaUnlock: null } });
    engine.unlock();
    await engine.settled();
    expect(stage.run().unlock.state).toBe('done');
  });

  it('believes the device, not its word that it has unlocked itself', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    await engine.settled();
    answerInstead(stage, 'ota_unlock', () => Response.json({ seq: 1, error: 0 }));
    engine.unlock();
    await engine.settled();
    expect(stage.run()).toMatchObject({
      device: { state: 'done', value: { otaUnlock: false } },
      unlock: { state: 'failed', failure: { kind: 'still-locked' } },
    });
  });

  it('believes the device, not the empty reply, whether it is unlocked', async () => {
    const stage = await setStage();
    stage.device.faults.switchOn({ kind: 'drop-reply', on: 'ota_unlock' });
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    await engine.settled();
    expect(stage.run().device).toMatchObject({ value: { otaUnlock: false } });
    engine.unlock();
    await engine.settled();
    expect(stage.run().unlock.state).toBe('done');
    expect(stage.device.heard.filter(({ command }) => command === 'ota_unlock')).toHaveLength(1);
  });

  it('asks one question a look, though the device wants no id', async () => {
    const stage = await setStage({ unlocked: true });
    let looks = 0;
    let asked = 0;
    stage.beforeLook = async () => {
      looks += 1;
    };
    const { fetch } = stage;
    stage.fetch = async (input, init) => {
      const url = String(input);
      if (url.endsWith('/ota_flash')) return Response.json({ seq: 3, error: 0 });
      if (url.endsWith('/info') && stage.run().flash.stage === 'downloading') {
        asked += 1;
        return Response.json({ seq: 1, error: 404 });
      }
      return fetch(input, init);
    };
    await wholeRun(stage);
    expect(looks).toBeGreaterThan(5);
    expect(asked).toBeLessThanOrEqual(looks);
  });

  it('wants another yes before it flashes a device without the id that this refuses', async () => {
    const stage = await setStage({ unlocked: true });
    const { fetch } = stage;
    const bodies: string[] = [];
    stage.fetch = async (input, init) => {
      const body = String(init?.body);
      if (String(input).endsWith('/ota_flash')) bodies.push(body);
      return body.includes('"deviceid"') ? Response.json({ seq: 1, error: 404 }) : fetch(input, init);
    };
    const engine = stage.engine();
    await makeReady(stage, engine);
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(outcomeIn(stage.run()).sentence).toContain('refuses its own ID');
    engine.info(stage.device.address, '');
    await engine.settled();
    expect(yes(stage.run()).confirmed).toContain('device-refuses-id');
    expect(inWords(engine.flash({ ...yes(stage.run()), confirmed: [] }))).toContain('have not confirmed');
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).not.toContain('"deviceid"');
  });

  it('leaves a device alone that breaks off in the last look: it serves somebody else', async () => {
    const stage = await setStage({ unlocked: true });
    const engine = stage.engine();
    await makeReady(stage, engine);
    stage.device.faults.switchOn({ kind: 'refuse', times: 1 });
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(outcomeIn(stage.run()).sentence).toContain('busy');
    expect(stage.device.otaFlashCount).toBe(0);
  });
});
