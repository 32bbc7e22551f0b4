import { expect, it } from 'vitest';
import { noRun, whoseRun } from '../../../src/flash/run/device-run.ts';
import { outcomeOf } from '../../../src/flash/run/outcome.ts';
import { isSurelyAnother, mayBeSame } from '../../../src/flash/run/whose.ts';
import { deviceInfoOf } from '../../../src/zeroconf/device/device-info.ts';
import { emptyRun, preflight } from './one-run.ts';
import { deviceid, inWords, makeReady, setStage, yes } from './stage.ts';

const nameless = { switch: 'on', pulse: 'off', pulseWidth: 500, otaUnlock: true };

it('is nobody’s where nothing is on the page, but for an id that was told', () => {
  const info = deviceInfoOf({ deviceid: '1000a1b2c3' }, false);
  expect(whoseRun(noRun, info)).toEqual({ address: { host: '' }, deviceid: '1000a1b2c3' });
});

it('does not take a device for another one because of an id that was only typed', () => {
  const address = { host: '192.168.1.4' };
  const told = (deviceid: string) => ({ address, deviceid });
  const typed = (deviceid: string) => ({ address, deviceid, idIsTyped: true }) as const;
  expect(mayBeSame(told('1000aaaaaa'), told('1000cccccc'))).toBe(false);
  expect(mayBeSame(typed('1000aaaaaa'), typed('1000cccccc'))).toBe(true);
  expect(mayBeSame(typed('1000aaaaaa'), told('1000cccccc'))).toBe(true);
  expect(mayBeSame(told('1000aaaaaa'), typed('1000cccccc'))).toBe(true);
  const elsewhere = { ...typed('1000cccccc'), address: { host: '192.168.1.5' } };
  expect(mayBeSame(typed('1000aaaaaa'), elsewhere)).toBe(false);
  expect(mayBeSame(typed('1000cccccc'), elsewhere)).toBe(true);
  expect(isSurelyAnother(typed('1000aaaaaa'), elsewhere)).toBe(false);
  expect(isSurelyAnother(told('1000aaaaaa'), { address: elsewhere.address, deviceid: '1000cccccc' })).toBe(
    true,
  );
  expect(isSurelyAnother(told('1000aaaaaa'), told('1000aaaaaa'))).toBe(false);
});

it('does not forget half an image because another id was typed for a device that tells none', async () => {
  const stage = await setStage({ unlocked: true });
  const real = stage.fetch;
  stage.fetch = async (input, init) =>
    typeof input === 'string' && input.endsWith('/zeroconf/info')
      ? Response.json({ seq: 1, error: 0, data: nameless })
      : real(input, init);
  await makeReady(stage, stage.engine(), deviceid);
  const { plan } = preflight(stage.run());
  expect(plan).toMatchObject({ deviceid, idIsTyped: true });
  if (plan === null) throw new Error('not ready');
  const outcome = outcomeOf('interrupted', { accepted: true });
  const doubt = { plan, at: 0, outcome, holdLeft: 180_000, lasted: 0, seenAt: stage.clock.now() };

  const engine = stage.engine({ ...emptyRun, doubts: [doubt] });
  await makeReady(stage, engine, '1000cccccc');
  expect(stage.run().flash).toMatchObject({ stage: 'ended', outcome: { leaves: 'in-doubt' } });
  expect(inWords(engine.flash(yes(stage.run())))).toMatch(/may still be downloading/);
});

it('does not call a device by a typed id when it has refused every id', async () => {
  const stage = await setStage();
  const real = stage.fetch;
  const engine = stage.engine();
  await makeReady(stage, engine);
  // Another device has the address now: it tells no id, and says 404 to that of the last one.
  stage.fetch = async (input, init) => {
    if (typeof input !== 'string' || !input.endsWith('/zeroconf/info')) return real(input, init);
    const error = String(init?.body).includes('deviceid') ? 404 : 0;
    return Response.json({ seq: 1, error, ...(error === 0 && { data: nameless }) });
  };
  engine.info(stage.device.address, '1000cccccc');
  await engine.settled();
  const { plan } = preflight(stage.run());
  expect(plan).not.toBeNull();
  expect(plan?.deviceid).toBeNull();
});

it('sends nothing without an id while any other device may be downloading', async () => {
  const stage = await setStage({ unlocked: true });
  const real = stage.fetch;
  await makeReady(stage, stage.engine());
  const { plan } = preflight(stage.run());
  if (plan === null) throw new Error('not ready');
  stage.fetch = async (input, init) =>
    typeof input === 'string' && input.endsWith('/zeroconf/info')
      ? Response.json({ seq: 1, error: 0, data: nameless })
      : real(input, init);
  const elsewhere = { ...plan, address: { ...plan.address, host: '192.168.7.7' } };
  const outcome = outcomeOf('interrupted', { accepted: true });
  const seenAt = stage.clock.now();
  const doubt = { plan: elsewhere, at: 0, outcome, holdLeft: 180_000, lasted: 0, seenAt };
  const engine = stage.engine({ ...emptyRun, doubts: [doubt] });
  await makeReady(stage, engine);
  expect(inWords(engine.flash(yes(stage.run())))).toMatch(/flashed just now may still be downloading/);
  stage.clock.pass(180_000);
  expect(engine.flash(yes(stage.run()))).toBeNull();
  await engine.settled();
});
