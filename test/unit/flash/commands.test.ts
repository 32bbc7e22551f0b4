import { describe, expect, it } from 'vitest';
import { nothingSent } from '../../../src/flash/run/outcome.ts';
import { emptySource } from '../../../src/flash/source/firmware-source.ts';
import { emptyState } from '../../../src/flash/state.ts';
import { textOf } from '../saying.ts';
import { soon } from '../soon.ts';
import { asked, bytes, doubtOf, endedWith, planAt, setStill, source } from './drawn.ts';
import { yesFor } from './house.ts';
import { inWords } from './stage.ts';

const host = '192.168.1.4';
const elsewhere = '192.168.1.5';
const locked = asked(host, { otaUnlock: false });
const ready = { runs: [asked(host)], shown: host, source };
const ended = { ...asked(host), flash: endedWith(planAt(host)) };

const seen = { kind: 'nothing', says: textOf('Nothing.'), remark: null, proves: false } as const;
const proof = { address: ended.address, look: { state: 'done', at: 0, value: seen } } as const;
const url = source.firmware?.href ?? expect.fail();

const tasmota = (version: string) =>
  new Response(`{"Status":{"Module":1},"StatusFWR":{"Version":"${version}(release-lite)"}}`, {
    headers: { server: `Tasmota/${version} (ESP8285N08)` },
  });

/** Everything that can happen by itself has happened. */
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('Info', () => {
  it('asks nobody at what is no address', async () => {
    const { engine, heard, state } = setStill({});
    expect(inWords(engine.info('no address', ''))).toContain('address');
    await engine.settled();
    expect(heard).toEqual([]);
    expect(state().runs).toEqual([]);
  });

  it('waits for an unlocking', async () => {
    const { engine, heard } = setStill({ runs: [locked], shown: host });
    expect(engine.unlock(host)).toBeNull();
    expect(inWords(engine.info(host, ''))).toContain('being unlocked');
    await soon(() => expect(heard).toEqual([`http://${host}:8081/zeroconf/ota_unlock`]));
  });

  it('asks once where two pages want to know the same', async () => {
    const { engine, heard, state } = setStill({});
    expect(engine.info(host, '')).toBeNull();
    expect(engine.info(elsewhere, '')).toBeNull();
    await soon(() => expect(heard).toHaveLength(2));
    expect(engine.info(host, '')).toBeNull();
    await breath();
    expect(heard).toHaveLength(2);
    // It is what is on the page all the same.
    expect(state().shown).toBe(host);
    expect(engine.info(host, '1000a1b2c3')).toBeNull();
    await soon(() => expect(heard).toHaveLength(3));
  });
});

describe('Unlock', () => {
  it('asks once, however often it is pressed', async () => {
    const { engine, heard } = setStill({ runs: [locked] });
    expect(engine.unlock(host)).toBeNull();
    await soon(() => expect(heard).not.toEqual([]));
    expect(engine.unlock(host)).toBeNull();
    await breath();
    expect(heard).toHaveLength(1);
  });

  it('leaves a device alone that is not to be flashed', async () => {
    const { engine, heard } = setStill({ runs: [asked(host, { otaUnlock: false, switches: [] })] });
    expect(engine.unlock(host)).not.toBeNull();
    await engine.settled();
    expect(heard).toEqual([]);
  });
});

describe('Fetch firmware', () => {
  it('fetches nothing from what no device can be told', async () => {
    const { engine, heard, state } = setStill({});
    expect(inWords(engine.image('ftp://192.168.1.2/tasmota.bin'))).toContain('http');
    await engine.settled();
    expect(heard).toEqual([]);
    expect(state().source).toEqual(emptySource);
  });

  it('that is stopped while the mirror is asked keeps the file, and is no question any more', async () => {
    // What cannot be stopped must not look as if it went on.
    const { engine, heard, state, answer } = setStill({}, { hostKnownFrom: () => new Promise(() => {}) });
    expect(engine.image(url)).toBeNull();
    await soon(() => expect(heard).toContain(url));
    answer((what) =>
      what === url ? new Response(new Uint8Array(bytes)) : new Response(null, { status: 404 }),
    );
    await soon(() =>
      expect(state().source).toMatchObject({ image: { state: 'done' }, mirror: { state: 'working' } }),
    );
    expect(engine.stopImage()).toBeNull();
    await soon(() => expect(state().source.mirror).toEqual({ state: 'idle' }));
    expect(state().source.image.state).toBe('done');
  });

  it('that has ended is not taken back by a stop', async () => {
    const { engine, state } = setStill(ready);
    expect(engine.stopImage()).toBeNull();
    await engine.settled();
    expect(state().source).toEqual(source);
  });
});

describe('while a flash is out', () => {
  const out = { stage: 'requested', plan: planAt(host), at: 5 } as const;

  it('nothing else is begun, and the request is not taken back', async () => {
    const { engine, heard, state } = setStill({ ...ready, runs: [{ ...asked(host), flash: out }, locked] });
    for (const refusal of [
      engine.info(host, ''),
      engine.unlock(host),
      engine.proof(host, host),
      engine.stopImage(),
      engine.stop('device', host),
      engine.startOver(),
      engine.forget(),
    ])
      expect(inWords(refusal)).toContain('under way');
    expect(inWords(engine.stop('flash', host))).toContain('stopping would not take it back');
    await soon(() => expect(state().runs[0]?.flash.stage).toBe('downloading'));
    expect(heard.filter((url) => !url.endsWith('/info'))).toEqual([]);
  });

  it('or another line of a list comes next, no other is begun', async () => {
    const confirmation = yesFor({ ...emptyState, ...ready }, host);
    const line = { confirmation, yesAt: 1, progress: { state: 'begun', at: 1 } } as const;
    const list = { yesAt: 1, stopAtBad: true, movedAt: 1_000_000, lines: [line] };
    const { engine, heard } = setStill({ ...ready, list });
    // Nothing is flashing, but a line has begun.
    expect(inWords(engine.flash(confirmation))).toContain('under way');
    await engine.settled();
    expect(heard).toEqual([]);
  });
});

describe('a look for the new firmware', () => {
  it('is taken once at one address, and anew at another one', async () => {
    const { engine, heard, state } = setStill({ runs: [ended] });
    const command = (at: string) => `http://${at}/cm?cmnd=Status%200`;
    expect(engine.proof(host, host)).toBeNull();
    await soon(() => expect(heard).toEqual([command(host)]));
    expect(engine.proof(host, host)).toBeNull();
    await breath();
    expect(heard).toHaveLength(1);
    expect(engine.proof(elsewhere, host)).toBeNull();
    await soon(() => expect(heard).toEqual([command(host), command(elsewhere)]));
    expect(state().runs[0]?.proof?.address.host).toBe(elsewhere);
  });

  it('waits for Info', async () => {
    const { engine, heard } = setStill({ runs: [ended] });
    expect(engine.info(host, '')).toBeNull();
    expect(inWords(engine.proof(host, host))).toContain('being asked');
    await soon(() => expect(heard).toEqual([`http://${host}:8081/zeroconf/info`]));
  });

  it('that is stopped says nothing', async () => {
    const { engine, heard, state, answer } = setStill({ runs: [ended] });
    engine.proof(host, host);
    await soon(() => expect(heard).toHaveLength(1));
    expect(engine.stop('device', host)).toBeNull();
    answer(() => tasmota('14.1.0'));
    await engine.settled();
    expect(state().runs[0]).toMatchObject({ proof: null, flash: { outcome: { kind: 'probably-flashed' } } });
  });

  it('that is stopped before it has begun asks nobody', async () => {
    let allow: (is: boolean) => void = () => {};
    const asking = new Promise<boolean>((resolve) => {
      allow = resolve;
    });
    const { engine, heard, state } = setStill({ runs: [ended] }, { mayReachTasmota: () => asking });
    engine.proof(host, host);
    engine.stop('device', host);
    allow(false);
    await engine.settled();
    expect(heard).toEqual([]);
    expect(state().runs[0]?.proof).toBeNull();
  });

  it('is about nothing any more when its flash is forgotten meanwhile', async () => {
    const unsent = nothingSent(textOf('Nothing was sent.'), textOf('Try again.'), undefined);
    const run = { ...asked(host), flash: endedWith(planAt(host), unsent) };
    const { engine, heard, state, answer } = setStill({ runs: [run], shown: host });
    engine.proof(host, host);
    await soon(() => expect(heard).toHaveLength(1));
    // Fetching firmware anew takes the last flash from the page, where it has changed nothing.
    engine.image('http://192.168.1.2/other.bin');
    await soon(() => expect(heard.length).toBeGreaterThan(1));
    engine.stopImage();
    answer(() => tasmota('14.1.0'));
    await soon(() => expect(state().runs[0]?.proof).toBeNull());
    expect(state().runs[0]?.flash.stage).toBe('idle');
  });

  it('that breaks is not thought to go on', async () => {
    const { engine, state } = setStill(
      { runs: [ended] },
      { mayReachTasmota: () => Promise.reject(new Error('no browser')) },
    );
    engine.proof(host, host);
    await engine.settled();
    expect(state().runs[0]).toMatchObject({
      proof: { address: { host }, look: { state: 'failed', failure: { kind: 'fault' } } },
      flash: { outcome: { kind: 'probably-flashed' } },
    });
  });

  it('believes its eyes where nobody knows any more what was flashed', async () => {
    const { engine, heard, state, answer } = setStill({ runs: [ended], source: emptySource });
    engine.proof(host, host);
    await soon(() => expect(heard).toHaveLength(1));
    answer(() => tasmota('14.1.0'));
    await engine.settled();
    expect(state().runs[0]?.flash).toMatchObject({ outcome: { kind: 'flashed' } });
  });

  it('does not believe another version, where that is known', async () => {
    const { engine, heard, state, answer } = setStill({ runs: [ended], source });
    engine.proof(host, host);
    await soon(() => expect(heard).toHaveLength(1));
    answer(() => tasmota('1.2.3'));
    await engine.settled();
    expect(state().runs[0]?.flash).toMatchObject({ outcome: { kind: 'probably-flashed' } });
  });
});

it('Cancel takes nothing back of what has been seen, and wakes nobody', async () => {
  const { engine, heard, state } = setStill({ runs: [asked(elsewhere), { ...ended, proof }] });
  expect(engine.stop('device', host)).toBeNull();
  await engine.settled();
  expect(state().runs[1]).toEqual({ ...ended, proof });
  expect(heard).toEqual([]);
});

it('a report that nobody can have heard, without the local mirror, changes nothing', async () => {
  const { engine, state } = setStill({ runs: [ended], doubts: [doubtOf(planAt(host))] });
  const before = state();
  engine.reported();
  await engine.settled();
  expect(state()).toEqual({ ...before, doubts: [{ ...doubtOf(planAt(host)), seenAt: expect.any(Number) }] });
});

it('Start over, where nothing is on the page, forgets nobody', async () => {
  const { engine, state } = setStill({ runs: [asked(host)] });
  expect(engine.startOver()).toBeNull();
  await engine.settled();
  expect(state().runs).toHaveLength(1);
});

it('a permission that is granted is no reason to ask again what was not refused for want of it', async () => {
  const { engine, heard } = setStill({ runs: [asked(elsewhere), { ...ended, proof }], source });
  engine.permissionGranted();
  await engine.settled();
  expect(heard).toEqual([]);
});
