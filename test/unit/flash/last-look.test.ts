import { describe, expect, it } from 'vitest';
import { SimulatedSonoff } from '../../simulator/sonoff.ts';
import { soon } from '../soon.ts';
import {
  answerInstead,
  file,
  image,
  inWords,
  makeReady,
  outcomeIn,
  type Stage,
  setStage,
  yes,
} from './stage.ts';

/** Everything ready, then `meanwhile`, then the answer to the question that was asked before. */
async function flashAfter(stage: Stage, meanwhile: () => unknown) {
  const engine = stage.engine();
  await makeReady(stage, engine);
  const answer = yes(stage.run());
  await meanwhile();
  const refusal = engine.flash(answer);
  await engine.settled();
  return { refusal, engine, run: stage.run() };
}

describe('the last look before ota_flash', () => {
  it.each<[string, (stage: Stage) => unknown, RegExp]>([
    [
      'the device was locked again',
      ({ device }) => {
        device.settings.otaUnlock = false;
      },
      /locked/,
    ],
    [
      'another device has the address',
      ({ device }) => {
        device.settings.deviceid = '1000ffffff';
      },
      /Another device/,
    ],
    ['the device is off', ({ device }) => device.vanish(), /port 8081|Nothing/],
    [
      'the permission for the device was taken back',
      ({ environment }) => {
        environment.mayReachDevice = async () => false;
      },
      /not yet allowed/,
    ],
    [
      'the permission for the device is taken back while it is asked',
      (stage) =>
        void answerInstead(stage, 'info', () => {
          stage.environment.mayReachDevice = async () => false;
          return Promise.reject(new TypeError('Failed to fetch'));
        }),
      /not yet allowed/,
    ],
    [
      'somebody else has the device’s ear',
      (stage) =>
        void answerInstead(stage, 'info', () =>
          Promise.reject(new TypeError('x', { cause: { code: 'ECONNRESET' } })),
        ),
      /busy with somebody else/,
    ],
    ['the mirror is off', ({ mirror }) => mirror.stop(), /part of the file/],
    [
      'the file was replaced',
      ({ mirror }) => mirror.files.set(file, image.with(30_000, 1).with(30_001, 2)),
      /changed|not those/,
    ],
    [
      'the file was replaced by one with the same tag',
      ({ mirror }) => mirror.breakPath(file, { kind: 'off-by-one' }),
      /not those|asked for/,
    ],
    [
      'the mirror no longer sends parts',
      ({ mirror }) => mirror.breakPath(file, { kind: 'ignores-range' }),
      /whole file/,
    ],
    [
      'the mirror no longer answers to dl.itead.cn',
      ({ mirror }) => mirror.breakPath(file, { kind: 'name-based' }),
      /dl\.itead\.cn/,
    ],
    [
      'the mirror has another byte between the parts for whoever asks for dl.itead.cn',
      ({ mirror }) => mirror.breakPath(file, { kind: 'other-for-name', number: 0x3123 }),
      /has for the device another file/,
    ],
    [
      'the signal has become weak',
      ({ device }) => {
        device.settings.signalStrength = -80;
      },
      /signal/,
    ],
    [
      'the browser cannot write',
      ({ environment, saved }) => {
        const { save } = environment;
        environment.save = (run) =>
          run.flash.stage === 'requested' && saved.length > 0 ? Promise.reject(new Error('full')) : save(run);
      },
      /write down/,
    ],
    [
      'the computer slept meanwhile, on a clock that stands still then',
      ({ environment, clock }) => {
        const { withDeviceHost } = environment;
        environment.withDeviceHost = (url, work) => {
          clock.set(3_600_000);
          return withDeviceHost(url, work);
        };
      },
      /slept/,
    ],
    [
      'the computer slept meanwhile, on a clock that goes on',
      ({ environment, clock }) => {
        const { save } = environment;
        environment.save = (run) => {
          if (run.flash.stage === 'requested') clock.pass(3_600_000);
          return save(run);
        };
      },
      /slept/,
    ],
    [
      'the permission was taken back after the device was read',
      ({ environment }) => {
        environment.withDeviceHost = (_url, work) => {
          environment.mayReachDevice = async () => false;
          return work('active');
        };
      },
      /not yet allowed/,
    ],
    [
      'another device takes the address over while the mirror is asked',
      ({ environment, device }) => {
        environment.withDeviceHost = (_url, work) => {
          device.settings.deviceid = '1000ffffff';
          return work('active');
        };
      },
      /Another device/,
    ],
    [
      'the browser throws while the mirror is asked',
      ({ environment }) => {
        environment.withDeviceHost = () => Promise.reject(new Error('no rule'));
      },
      /extension itself/,
    ],
  ])('stops when %s', async (_, happens, words) => {
    const stage = await setStage();
    const { refusal, engine, run } = await flashAfter(stage, () => happens(stage));
    expect(refusal).toBeNull();
    const outcome = outcomeIn(run);
    expect(outcome).toMatchObject({ kind: 'not-flashed', leaves: 'as-it-was', title: 'Not flashed' });
    expect(outcome.sentence).toMatch(words);
    expect(outcome.sentence.split('Nothing has been changed on the device.')).toHaveLength(2);
    expect(outcome.steps).toHaveLength(1);
    expect(stage.device.otaFlashCount).toBe(0);
    expect(run.mirror.state).not.toBe('working');
    // And it is not blocked: everything can be asked again.
    expect(engine.info(stage.device.address, '')).toBeNull();
    await engine.settled();
  });

  it('stops when the browser never says that it has written', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await makeReady(stage, engine);
    const { save } = stage.environment;
    let hangs = false;
    stage.environment.save = (run) => {
      if (run.flash.stage !== 'requested') return save(run);
      hangs = true;
      return new Promise(() => {});
    };
    engine.flash(yes(stage.run()));
    await soon(() => expect(hangs).toBe(true));
    stage.clock.expire();
    await soon(() => expect(engine.startOver()).toBeNull());
    expect(stage.device.otaFlashCount).toBe(0);
  });

  it('knows another device without an id by its firmware', async () => {
    const stage = await setStage({ profile: '3.3.0' });
    const engine = stage.engine();
    await makeReady(stage, engine, stage.device.settings.deviceid);
    const answer = yes(stage.run());
    await stage.device.stop();
    const other = new SimulatedSonoff({
      profile: '3.6.0',
      host: stage.device.address,
      port: 8081,
      unlocked: true,
      spacingMs: 0,
    });
    await other.start();
    engine.flash(answer);
    await engine.settled();
    await other.stop();
    expect(outcomeIn(stage.run()).sentence).toContain('Another device');
    expect(other.otaFlashCount).toBe(0);
  });

  it('knows another device without an id by its version', async () => {
    const stage = await setStage();
    let fwVersion = '3.6.0';
    const data = { switch: 'on', pulse: 'off', pulseWidth: 500, otaUnlock: true };
    answerInstead(stage, 'info', () => Response.json({ seq: 1, error: 0, data: { ...data, fwVersion } }));
    const { run } = await flashAfter(stage, () => {
      fwVersion = '3.5.0';
    });
    expect(outcomeIn(run).sentence).toContain('Another device');
    expect(stage.device.otaFlashCount).toBe(0);
  });

  it('wants a yes to every warning, also to one that came since', async () => {
    const stage = await setStage({ profile: '3.6.0' });
    stage.device.settings.signalStrength = -80;
    const engine = stage.engine();
    await makeReady(stage, engine);
    const answer = yes(stage.run());
    expect(answer.confirmed).toContain('device-signal');
    expect(inWords(engine.flash({ ...answer, confirmed: [] }))).toContain('warning');
    expect(stage.run().flash.stage).toBe('idle');
    engine.flash(answer);
    await engine.settled();
    expect(stage.device.otaFlashCount).toBe(1);
  });

  it('wants a yes to a device of an unknown kind', async () => {
    const stage = await setStage();
    answerInstead(stage, 'info', () =>
      Response.json({ seq: 1, error: 0, data: { switch: 'on', fwVersion: '3.6.0', otaUnlock: true } }),
    );
    const engine = stage.engine();
    await makeReady(stage, engine);
    expect(inWords(engine.flash({ ...yes(stage.run()), confirmed: [] }))).toContain('warning');
    expect(yes(stage.run()).confirmed).toEqual(['device-kind', 'device-id']);
  });
});

describe('what was confirmed', () => {
  it.each([
    ['host', { host: '192.168.1.9' }],
    ['address of the file', { url: 'http://127.0.0.1/other.bin' }],
    ['device', { deviceid: '1000ffffff' }],
    ['device without an id', { deviceid: null }],
    ['firmware version', { fwVersion: '3.5.0' }],
    ['digest', { digest: 'a'.repeat(64) }],
  ])('must be what would be flashed: another %s is refused', async (_, other) => {
    const stage = await setStage({ unlocked: true });
    const engine = stage.engine();
    await makeReady(stage, engine);
    expect(inWords(engine.flash({ ...yes(stage.run()), ...other }))).toContain('no longer');
    await engine.settled();
    expect(stage.run().flash.stage).toBe('idle');
    expect(stage.device.otaFlashCount).toBe(0);
  });

  it('is nothing as long as something is missing', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    const any = { host: 'x', deviceid: null, fwVersion: null, url: 'x', digest: 'x', confirmed: [] };
    expect(inWords(engine.flash(any))).toContain('check stands');
    engine.info(stage.device.address, '');
    expect(inWords(engine.flash(any))).toContain('busy');
    await engine.settled();
    expect(inWords(engine.flash(any))).toContain('check stands');
    engine.image(stage.url);
    expect(inWords(engine.flash(any))).toContain('check stands');
    await engine.settled();
    expect(inWords(engine.flash(any))).toContain('check stands');
    expect(stage.device.otaFlashCount).toBe(0);
  });
});

describe('while a flash is under way', () => {
  it('nothing else begins, and the second click does nothing', async () => {
    const stage = await setStage();
    const engine = stage.engine();
    await makeReady(stage, engine);
    const answer = yes(stage.run());
    const others = () =>
      [
        engine.info('192.168.1.9', ''),
        engine.info(stage.device.address, ''),
        engine.unlock(),
        engine.image('http://127.0.0.1/other.bin'),
        engine.startOver(),
        engine.stop('device'),
        engine.flash({ ...answer, digest: 'a'.repeat(64) }),
      ].map(inWords);
    const looks: unknown[] = [];
    const { beforeLook } = stage;
    stage.beforeLook = (signal) => {
      looks.push(others(), engine.flash(answer));
      return beforeLook(signal);
    };
    expect(engine.flash(answer)).toBeNull();
    expect(engine.flash(answer)).toBeNull();
    const busy = others();
    engine.permissionGranted();
    await engine.settled();
    const all = Array.from({ length: 7 }, () => 'A flash is under way. Wait for it to end.');
    expect(busy).toEqual(all);
    expect(looks.slice(0, 2)).toEqual([all, null]);
    expect(stage.device.otaFlashCount).toBe(1);
    expect(stage.run().address?.host).toBe(stage.device.address);
  });
});
