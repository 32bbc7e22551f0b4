import { describe, expect, it } from 'vitest';
import { type DeviceRun, noRun } from '../../../src/flash/run/device-run.ts';
import { preflight } from '../../../src/flash/run/preflight.ts';
import { isUnderWay, journalOf, withRunLast } from '../../../src/flash/state.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';
import { soon } from '../soon.ts';
import { askAll, setHouse, yesFor } from './house.ts';
import { answerInstead, freeAddress, inWords } from './stage.ts';

describe('two devices', () => {
  it('are asked side by side, and flashed one after the other from one source', async () => {
    const { stage, devices, hosts, engine, state, run } = await setHouse(['1000aaaaaa', '1000bbbbbb']);
    const [first = '', second = ''] = hosts;
    await askAll(engine, stage, hosts);
    expect(state()).toMatchObject({ shown: second, source: { mirror: { state: 'done' } } });
    expect(state().runs.map(({ device }) => device.state)).toEqual(['done', 'done']);

    const [one, other] = hosts.map((host) => yesFor(state(), host));
    if (one === undefined || other === undefined) throw new Error('no yes');
    // Nobody would see how it goes.
    expect(inWords(engine.flash(one))).toContain('no longer what would be flashed');
    expect(engine.flash(other)).toBeNull();
    expect(inWords(engine.info(first, ''))).toContain('A flash is under way');
    expect(inWords(engine.flash(one))).toContain('A flash is under way');
    await engine.settled();
    engine.info(first, '');
    await engine.settled();
    expect(engine.flash(one)).toBeNull();
    await engine.settled();

    expect(devices.map(({ became, otaFlashCount }) => [became.state, otaFlashCount])).toEqual([
      ['tasmota', 1],
      ['tasmota', 1],
    ]);
    expect(hosts.map((host) => run(host).flash)).toMatchObject([
      { outcome: { leaves: 'new-firmware' } },
      { outcome: { leaves: 'new-firmware' } },
    ]);
    expect(state().doubts.map(({ plan }) => plan.deviceid)).toEqual(['1000bbbbbb', '1000aaaaaa']);
    const log = JSON.stringify(journalOf(run(first), state().source));
    expect(log).toContain(`${first}:8081/zeroconf/ota_flash`);
    expect(log).toContain(stage.url);
    expect(log).not.toContain(second);
  });

  it('do not know of each other: Start over forgets the one that is shown', async () => {
    const { stage, hosts, engine, state } = await setHouse(['1000aaaaaa', '1000bbbbbb']);
    const [first = '', second = ''] = hosts;
    await askAll(engine, stage, hosts);
    expect(engine.startOver()).toBeNull();
    await engine.settled();
    expect(state()).toMatchObject({ shown: null, source: { image: { state: 'done' } } });
    expect(state().runs.map(({ address }) => address.host)).toEqual([first]);
    expect(inWords(engine.unlock(second))).toBe('Press Info first.');
    expect(engine.stop('device', second)).toBeNull();
    expect(isUnderWay(state())).toBe(false);
  });

  it('wait for each other as long as it is not known that they are two', async () => {
    const { stage, devices, hosts, engine, state, run } = await setHouse(['1000aaaaaa', '1000bbbbbb']);
    const [first = '', second = ''] = hosts;
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { fetch } = stage;
    stage.fetch = async (input, init) => {
      if (String(input).includes(second)) await answered;
      return fetch(input, init);
    };
    engine.image(stage.url);
    await engine.settled();
    engine.info(second, '');
    engine.info(first, '');
    await soon(() => expect(run(first).device.state).toBe('done'));
    const yes = yesFor(state(), first);
    expect(inWords(engine.flash(yes))).toContain('Another address is being asked');
    answer();
    await engine.settled();

    // It has told who it is, so what it is asked now is no reason to wait.
    const [, locked] = devices;
    if (locked !== undefined) locked.settings.otaUnlock = false;
    engine.info(second, '');
    await engine.settled();
    const unlocking = answerInstead(stage, 'ota_unlock', () => new Promise(() => {}));
    expect(engine.unlock(second)).toBeNull();
    engine.info(first, '');
    await soon(() => expect(engine.flash(yes)).toBeNull());
    await soon(() => expect(run(first).flash.stage).toBe('ended'));
    expect(unlocking).toHaveLength(1);
    engine.stop('device', second);
    await engine.settled();
    expect(run(first).flash).toMatchObject({ outcome: { leaves: 'new-firmware' } });
  });
});

describe('one device at two addresses', () => {
  /** Stands for its name: that of a loopback address would not be within reach of the mirror. */
  const name = freeAddress();

  async function setTwoNames() {
    const house = await setHouse(['1000aaaaaa']);
    const { stage, hosts } = house;
    const [number = ''] = hosts;
    const { fetch } = stage;
    stage.fetch = (input, init) =>
      fetch(typeof input === 'string' ? input.replace(`//${name}:`, `//${number}:`) : input, init);
    await askAll(house.engine, stage, [number, name]);
    return { ...house, number };
  }

  it('is ready to be flashed at one of them only, the one that was asked last', async () => {
    const { engine, number, state, run } = await setTwoNames();
    expect(run(number).device.state).toBe('idle');
    expect(preflight(run(number), state().source).plan).toBeNull();
    const yes = yesFor(state(), name);
    expect(inWords(engine.flash({ ...yes, host: number }))).toContain('no longer');
    engine.info(number, '');
    await engine.settled();
    expect(run(name).device.state).toBe('idle');
    expect(inWords(engine.flash(yes))).toContain('no longer');
    expect(yesFor(state(), number).host).toBe(number);
  });

  it('is held at the other address, too', async () => {
    const { stage, engine, number, state, run } = await setTwoNames();
    const heard = answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: 0 }));
    stage.beforeLook = async () => engine.stop('watch', name);
    expect(engine.flash(yesFor(state(), name))).toBeNull();
    await engine.settled();
    engine.info(number, '');
    await engine.settled();
    expect(run(number).flash).toMatchObject({ stage: 'ended', outcome: { leaves: 'in-doubt' } });
    expect(inWords(engine.flash(yesFor(state(), number)))).toContain('may still be downloading');
    expect(heard).toHaveLength(1);
  });

  it('is in doubt at both when it comes back at one, whatever runs where it was flashed', async () => {
    const { stage, environment, engine, number, state, run } = await setTwoNames();
    answerInstead(stage, 'ota_flash', () => Response.json({ seq: 3, error: 0 }));
    const { fetch } = stage;
    let isGone = false;
    stage.fetch = async (input, init) => {
      const url = new URL(String(input));
      if (isGone && url.hostname === name && url.port !== '') throw new TypeError('Failed to fetch');
      if (url.hostname !== name || url.port !== '') return fetch(input, init);
      return new Response('{"Status":{"Module":1}}', { headers: { server: 'Tasmota (ESP8285N08)' } });
    };
    stage.beforeLook = async () => {
      isGone = true;
    };
    expect(engine.flash(yesFor(state(), name))).toBeNull();
    await engine.settled();
    expect(run(name).flash).toMatchObject({ outcome: { leaves: 'new-firmware' } });

    engine.info(number, '');
    await engine.settled();
    expect(run(number).flash).toMatchObject({ outcome: { leaves: 'in-doubt' } });
    expect(run(name).flash).toMatchObject({ outcome: { leaves: 'in-doubt' } });

    Object.assign(environment, { mayReachTasmota: async () => true });
    engine.info(name, '');
    await engine.settled();
    expect(engine.proof(name, name)).toBeNull();
    await engine.settled();
    expect(run(name).proof?.look).toMatchObject({ state: 'done', value: { kind: 'tasmota', proves: false } });
    expect(state().doubts).toMatchObject([{ outcome: { leaves: 'in-doubt' } }]);
  });
});

describe('the runs that are kept', () => {
  const runOf = (number: number): DeviceRun => {
    const address = parseAddress(`10.0.0.${number}`);
    const journal = [{ kind: 'progress', at: number, says: { id: 'test_said' } }] as const;
    return { ...noRun, address: address.ok ? address.value : expect.fail(), journal };
  };

  it('are fifty: the oldest go, but none that is at work', () => {
    const busy: DeviceRun = { ...runOf(1), unlock: { state: 'working', since: 0, progress: null } };
    let runs: readonly DeviceRun[] = [busy];
    for (let number = 2; number <= 60; number += 1) runs = withRunLast(runs, runOf(number));
    expect(runs).toHaveLength(50);
    expect(runs[0]).toBe(busy);
    expect(runs[1]?.address.host).toBe('10.0.0.12');
    const talking = runs.filter(({ journal }) => journal.length > 0);
    expect(talking.map(({ address }) => address.host)).toEqual(
      [1, 52, 53, 54, 55, 56, 57, 58, 59, 60].map((number) => `10.0.0.${number}`),
    );
    runs = withRunLast(runs, runOf(12));
    expect(runs).toHaveLength(50);
    expect(runs.at(-1)?.address.host).toBe('10.0.0.12');
  });
});
