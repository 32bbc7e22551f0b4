import { describe, expect, it } from 'vitest';
import { deviceid, image, isInDoubt, makeReady, outcomeIn, setStage, wholeRun, yes } from './stage.ts';

describe('three clicks', () => {
  it.each(['3.5.0', '3.6.0', '3.7.6', 'd1-3.5.0'])('flash a %s', async (profile) => {
    const stage = await setStage({ profile });
    const run = await wholeRun(stage);
    expect(stage.device.became).toMatchObject({ state: 'tasmota' });
    expect(Buffer.compare(stage.device.flash.image, image)).toBe(0);
    expect(stage.device.otaFlashCount).toBe(1);
    expect(outcomeIn(run)).toMatchObject({ kind: 'probably-flashed', leaves: 'new-firmware' });
    expect(isInDoubt(run)).toBe(false);
  });

  it('flash a 3.3.0, which wants its id and tells none', async () => {
    const stage = await setStage({ profile: '3.3.0' });
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    await engine.settled();
    expect(stage.run().device).toMatchObject({ state: 'failed', failure: { kind: 'deviceid-needed' } });
    await makeReady(stage, engine, deviceid);
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(stage.device.became.state).toBe('tasmota');
    expect(stage.device.otaFlashCount).toBe(1);
  });

  it('sends the lower-case digest of the bytes, and writes down that it will before it does', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await makeReady(stage, engine);
    const { fetch } = stage;
    const stages: string[] = [];
    stage.fetch = (input, init) => {
      if (String(input).endsWith('ota_flash')) stages.push(stage.run().flash.stage);
      return fetch(input, init);
    };
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(stages).toEqual(['requested']);
    const sent = stage.device.heard.find(({ command }) => command === 'ota_flash');
    expect(sent?.body).toMatchObject({
      deviceid,
      data: { downloadUrl: stage.url, sha256sum: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('says that it is flashed when Tasmota answers, and only then', async () => {
    const stage = await setStage();
    const { fetch } = stage;
    stage.environment.mayReachTasmota = async () => true;
    stage.fetch = async (input, init) =>
      String(input).startsWith(`http://${stage.device.address}/`) && stage.device.became.state === 'tasmota'
        ? new Response('', { headers: { server: 'Tasmota/8.5.0 (ESP8266EX)' } })
        : fetch(input, init);
    expect(outcomeIn(await wholeRun(stage)).kind).toBe('flashed');
  });

  it('does not take another web server for Tasmota', async () => {
    const stage = await setStage();
    const { fetch } = stage;
    stage.environment.mayReachTasmota = async () => true;
    stage.fetch = async (input, init) =>
      String(input).startsWith(`http://${stage.device.address}/`)
        ? new Response('', { headers: { server: 'nginx' } })
        : fetch(input, init);
    expect(outcomeIn(await wholeRun(stage)).kind).toBe('probably-flashed');
  });

  it('asks the mirror by the name that the device will use, before the button and before the plan', async () => {
    const stage = await setStage();
    await wholeRun(stage);
    const asked = stage.mirror.requests.filter(
      ({ target, headers }) => target.includes('?') && headers.get('user-agent') !== 'itead-device',
    );
    // Three parts each time, and the whole file in the last look.
    expect(asked).toHaveLength(7);
    expect(asked.every(({ headers }) => headers.get('host') === 'dl.itead.cn')).toBe(true);
  });
});
