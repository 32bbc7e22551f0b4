import { describe, expect, it } from 'vitest';
import { textOf } from '../saying.ts';
import { emptyRun, isUnderWay, type Run } from './one-run.ts';
import { file, freeAddress, image, makeReady, outcomeIn, setStage, wholeRun, yes } from './stage.ts';

describe('stopping', () => {
  it('a download that is under way leaves nothing under way', async () => {
    const stage = await setStage();
    stage.mirror.breakPath(file, { kind: 'stall', number: 20_000 });
    const engine = stage.engine();
    engine.image(stage.url);
    await stage.mirror.waitUntil(({ requests }) => requests.some(({ path }) => path === file));
    engine.stop('image');
    await engine.settled();
    expect(stage.run().image).toEqual({ state: 'idle' });
    expect(isUnderWay(stage.run())).toBe(false);
  });

  it('a download by another: the first says nothing more, not even that it lacks a permission', async () => {
    const stage = await setStage();
    let deny: (allowed: boolean) => void = () => {};
    stage.environment.mayReachMirror = (url) =>
      url.endsWith('first.bin') ? new Promise((resolve) => (deny = resolve)) : Promise.resolve(true);
    const engine = stage.engine();
    engine.image(stage.url.replace(file, '/first.bin'));
    engine.image(stage.url);
    deny(false);
    await engine.settled();
    expect(stage.run().image.state).toBe('done');
    expect(stage.saved.some(({ image }) => image.state === 'failed')).toBe(false);
  });

  it('a flash before anything was sent ends it, whatever breaks meanwhile', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await makeReady(stage, engine);
    stage.environment.withDeviceHost = () => {
      engine.stop('flash');
      return Promise.reject(new Error('stopped'));
    };
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(outcomeIn(stage.run()).leaves).toBe('as-it-was');
    expect(stage.device.otaFlashCount).toBe(0);
    expect(isUnderWay(stage.run())).toBe(false);
  });

  it('a flash while the mirror is asked ends it, and nothing is left under way', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await makeReady(stage, engine);
    stage.mirror.breakPath(file, { kind: 'silent' });
    const asked = stage.mirror.requests.length;
    engine.flash(yes(stage.run()));
    await stage.mirror.waitUntil(({ requests }) => requests.length > asked);
    engine.stop('flash');
    await engine.settled();
    expect(outcomeIn(stage.run()).sentence).toContain('You stopped before anything was sent.');
    expect(stage.run().mirror).toEqual({ state: 'idle' });
    expect(stage.device.otaFlashCount).toBe(0);
  });

  it('a flash while the whole file is read ends it, and takes no report of a half of it', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await makeReady(stage, engine);
    const { fetch } = stage;
    let isRead = false;
    stage.fetch = (input, init) => {
      if (new Headers(init?.headers).get('range') !== `bytes=0-${image.length - 1}`)
        return fetch(input, init);
      isRead = true;
      engine.stop('flash');
      return fetch(input, init);
    };
    engine.flash(yes(stage.run()));
    await engine.settled();
    expect(isRead).toBe(true);
    expect(outcomeIn(stage.run()).sentence).toContain('You stopped before anything was sent.');
    expect(stage.run().mirror).toEqual({ state: 'idle' });
    expect(JSON.stringify(stage.run().journal)).not.toContain('mirror_whole_cancelled');
    expect(stage.device.otaFlashCount).toBe(0);
  });

  it('an unlock does not write its device onto the card of the next', async () => {
    const nobody = freeAddress();
    const stage = await setStage();
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    await engine.settled();
    stage.environment.remember = async () => {
      stage.environment.remember = async () => {};
      engine.stop('device');
      engine.info(nobody, '');
    };
    engine.unlock();
    await engine.settled();
    expect(stage.run().address?.host).toBe(nobody);
    for (const { address, device } of stage.saved) {
      if (device.state === 'done') expect(address?.host).toBe(stage.device.address);
    }
  });

  it('an unlock without the permission says so, and asks nothing', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    await engine.settled();
    stage.environment.mayReachDevice = async () => false;
    engine.unlock();
    await engine.settled();
    expect(stage.run().unlock).toMatchObject({ state: 'failed', failure: { kind: 'no-permission' } });
    expect(stage.device.heard.some(({ command }) => command === 'ota_unlock')).toBe(false);
  });

  it('Info again with an id that was typed meanwhile asks anew', async () => {
    const stage = await setStage({ profile: '3.3.0' });
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    engine.info(stage.device.address, ` ${stage.device.settings.deviceid} `);
    await engine.settled();
    expect(stage.run().device.state).toBe('done');
  });
});

describe('a new background', () => {
  const working = { state: 'working', since: 1, progress: null } as const;

  it('takes up Info, Unlock and the download', async () => {
    const stage = await setStage();
    const first = stage.engine();
    await makeReady(stage, first);
    const done = stage.run();
    const left: Run[] = [
      { ...done, device: working },
      { ...done, unlock: working },
      { ...done, image: working, mirror: { state: 'idle' } },
      { ...done, mirror: working },
    ];
    for (const run of left) {
      stage.saved.push(run);
      const engine = stage.engine(run);
      await engine.settled();
      expect(isUnderWay(stage.run())).toBe(false);
      expect(yes(stage.run()).digest).toBe(yes(done).digest);
    }
  });

  it('keeps its word about a flash that was stopped while it asked the mirror', async () => {
    const stage = await setStage();
    await makeReady(stage, stage.engine());
    const run = stage.run();
    const host = stage.device.address;
    const plan = {
      address: { host, reach: 'loopback' },
      deviceid: null,
      fwVersion: null,
      url: run.firmware ?? expect.fail(),
      digest: 'a',
      title: textOf(''),
    } as const;
    const engine = stage.engine({ ...run, mirror: working, flash: { stage: 'checking', plan } });
    await engine.settled();
    expect(outcomeIn(stage.run()).sentence).toContain('before anything was sent');
    expect(stage.run().mirror.state).toBe('done');
    expect(stage.device.otaFlashCount).toBe(0);
  });

  it('does not call a flash accepted whose answer it never heard', async () => {
    const stage = await setStage();
    await wholeRun(stage);
    const requested = stage.saved.find(({ flash }) => flash.stage === 'requested') ?? expect.fail();
    const accepted = stage.saved.find(({ flash }) => flash.stage === 'downloading') ?? expect.fail();
    await stage.engine(requested).settled();
    expect(outcomeIn(stage.run()).title).toBe('Perhaps flashed');
    await stage.engine(accepted).settled();
    expect(outcomeIn(stage.run()).title).toBe('Probably flashed');
    expect(stage.device.otaFlashCount).toBe(1);
  });

  it('begins with nothing when there is nothing', async () => {
    const stage = await setStage();
    await stage.engine(emptyRun).settled();
    expect(stage.saved).toEqual([]);
    expect(stage.device.heard).toEqual([]);
  });
});

describe('permissions', () => {
  it('that are granted later let Info and the download go on', async () => {
    const stage = await setStage({ unlocked: true });
    let allowed = false;
    stage.environment.mayReachDevice = async () => allowed;
    stage.environment.mayReachMirror = async () => allowed;
    const engine = stage.engine();
    engine.info(stage.device.address, '');
    engine.image(stage.url);
    await engine.settled();
    expect(stage.run()).toMatchObject({
      device: { state: 'failed', failure: { kind: 'no-permission' } },
      image: { state: 'failed', failure: { kind: 'no-permission' } },
    });
    expect(stage.device.heard).toEqual([]);
    allowed = true;
    engine.permissionGranted();
    await engine.settled();
    expect(yes(stage.run()).host).toBe(stage.device.address);
  });

  it('that are granted while a flash is out disturb nothing', async () => {
    const stage = await setStage();
    await wholeRun(stage);
    const out = stage.saved.find(({ flash }) => flash.stage === 'requested') ?? expect.fail();
    const failure = { kind: 'no-permission', sentence: textOf(''), action: textOf('') };
    const engine = stage.engine({ ...out, device: { state: 'failed', at: 0, failure } });
    const heard = stage.device.heard.length;
    engine.permissionGranted();
    await engine.settled();
    expect(outcomeIn(stage.run()).title).toBe('Perhaps flashed');
    expect(stage.device.heard).toHaveLength(heard);
  });
});

describe('a fault of ours', () => {
  it.each([
    ['device', 'mayReachDevice'],
    ['image', 'mayReachMirror'],
    ['mirror', 'hostKnownFrom'],
  ] as const)('is shown at the %s and does not block', async (part, broken) => {
    const stage = await setStage({ unlocked: true });
    const right = stage.environment[broken];
    Object.assign(stage.environment, { [broken]: () => Promise.reject(new Error('broken')) });
    const engine = stage.engine();
    await makeReady(stage, engine);
    expect(stage.run()[part]).toMatchObject({ state: 'failed', failure: { kind: 'fault' } });
    Object.assign(stage.environment, { [broken]: right });
    expect(outcomeIn(await wholeRun(stage, engine)).kind).toBe('probably-flashed');
  });
});
