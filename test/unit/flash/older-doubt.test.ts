import { expect, it } from 'vitest';
import { wholeSentence } from '../../../src/core/assurance.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import type { Doubts } from '../../../src/flash/run/doubts.ts';
import { outcomeOf } from '../../../src/flash/run/outcome.ts';
import { emptyRun, preflight, unfinishedFlashOf } from './one-run.ts';
import { file, makeReady, outcomeIn, setStage, yes } from './stage.ts';

it('finds the doubt about a device without an id behind that about another one at its address', async () => {
  const stage = await setStage({ unlocked: true });
  const real = stage.fetch;
  await makeReady(stage, stage.engine());
  const { plan } = preflight(stage.run());
  if (plan === null) throw new Error('not ready');
  const counted = { at: 0, holdLeft: 0, lasted: 0, seenAt: stage.clock.now() };
  const nameless = { ...plan, deviceid: null, fwVersion: null };
  const doubts = [
    { ...counted, plan: nameless, outcome: outcomeOf('still-sonoff', { accepted: true }) },
    { ...counted, plan, outcome: outcomeOf('gone', { accepted: true }) },
  ];
  const data = { switch: 'on', pulse: 'off', pulseWidth: 500, otaUnlock: true };
  stage.fetch = async (input, init) =>
    typeof input === 'string' && input.endsWith('/zeroconf/info')
      ? Response.json({ seq: 1, error: 0, data })
      : real(input, init);
  const engine = stage.engine({ ...emptyRun, doubts });
  engine.info(stage.device.address, '');
  await engine.settled();
  expect(outcomeIn(stage.run())).toMatchObject({ title: 'Not flashed', leaves: 'in-doubt' });
});

it('is not covered by that about an address, where the device has come to it since', async () => {
  const stage = await setStage({ unlocked: true });
  await makeReady(stage, stage.engine());
  const { plan } = preflight(stage.run());
  if (plan === null) throw new Error('not ready');
  const counted = { at: 0, holdLeft: 0, lasted: 0, seenAt: stage.clock.now() };
  const inDoubt = outcomeOf('still-sonoff', { accepted: true });
  const doubts: Doubts = [
    { ...counted, plan, outcome: inDoubt },
    {
      ...counted,
      plan: { ...plan, deviceid: null, fwVersion: null },
      outcome: { ...inDoubt, leaves: 'stopped-midway' },
    },
  ];
  const engine = stage.engine({ ...emptyRun, doubts });
  engine.info(stage.device.address, '');
  await engine.settled();
  expect(outcomeIn(stage.run())).toMatchObject({ leaves: 'in-doubt' });
});

it('keeps what is known of a device without an id when another one answers at its address', async () => {
  const stage = await setStage({ unlocked: true });
  await makeReady(stage, stage.engine());
  const { plan } = preflight(stage.run());
  if (plan === null) throw new Error('not ready');
  const nameless = { ...plan, deviceid: null, fwVersion: null };
  const counted = { at: 0, holdLeft: 0, lasted: 0, seenAt: stage.clock.now() };
  const doubt = { ...counted, plan: nameless, outcome: outcomeOf('gone', { accepted: true }) };
  const engine = stage.engine({ ...emptyRun, doubts: [doubt] });
  engine.info(stage.device.address, '');
  await engine.settled();
  expect(stage.run().flash.stage).toBe('idle');
  expect(stage.run().doubts).toHaveLength(1);
});

it('stays at the address of the flash that has caused it when a later one is not sent', async () => {
  const stage = await setStage({ unlocked: true });
  await makeReady(stage, stage.engine());
  const { plan } = preflight(stage.run());
  if (plan === null) throw new Error('not ready');
  const elsewhere = { ...plan, address: { ...plan.address, host: '192.168.7.7' } };
  const counted = { at: 0, holdLeft: 0, lasted: 0, seenAt: stage.clock.now() };
  const doubt = { ...counted, plan: elsewhere, outcome: outcomeOf('still-sonoff', { accepted: true }) };
  const engine = stage.engine({ ...emptyRun, doubts: [doubt] });
  await makeReady(stage, engine);
  stage.mirror.breakPath(file, { kind: 'not-found' });
  engine.flash(yes(stage.run()));
  await engine.settled();
  expect(stage.device.otaFlashCount).toBe(0);
  expect(stage.run().flash).toMatchObject({ stage: 'ended', outcome: { leaves: 'in-doubt' } });
  expect(stage.run().doubts.map(({ plan: { address } }) => address.host)).toEqual(['192.168.7.7']);
});

it('is shown when the device answers at an address where another one was to be unlocked', async () => {
  const stage = await setStage();
  const real = stage.fetch;
  const other = { switch: 'on', pulse: 'off', pulseWidth: 500, otaUnlock: false, deviceid: '1000cccccc' };
  stage.fetch = async (input, init) =>
    typeof input === 'string' && input.endsWith('/zeroconf/info')
      ? Response.json({ seq: 1, error: 0, data: { ...other, fwVersion: '3.6.0' } })
      : real(input, init);
  const before = stage.engine();
  before.info(stage.device.address, '');
  await before.settled();
  stage.fetch = real;
  const aside = await setStage({ unlocked: true });
  await makeReady(aside, aside.engine());
  const { plan } = preflight(aside.run());
  if (plan === null) throw new Error('not ready');
  const counted = { at: 0, holdLeft: 0, lasted: 0, seenAt: stage.clock.now() };
  const doubt = { ...counted, plan, outcome: outcomeOf('still-sonoff', { accepted: true }) };
  const engine = stage.engine({ ...stage.run(), doubts: [doubt] });
  engine.unlock();
  await engine.settled();
  expect(stage.run().flash).toMatchObject({ stage: 'ended', outcome: { leaves: 'in-doubt' } });
});

it('is no news about the device that the firmware cannot be fetched', async () => {
  const stage = await setStage({ unlocked: true });
  await makeReady(stage, stage.engine());
  const { plan } = preflight(stage.run());
  if (plan === null) throw new Error('not ready');
  const counted = { at: 0, holdLeft: 0, lasted: 0, seenAt: stage.clock.now() };
  const doubt = { ...counted, plan, outcome: outcomeOf('still-sonoff', { accepted: true }) };
  stage.mirror.breakPath(file, { kind: 'not-found' });
  const said = async (doubts: Doubts) => {
    const engine = stage.engine({ ...emptyRun, doubts });
    engine.image(stage.url);
    await engine.settled();
    const { image } = stage.run();
    return image.state === 'failed' ? inEnglish(wholeSentence(image.failure)) : image.state;
  };
  expect(await said([])).toContain('Nothing has been changed');
  expect(await said([doubt])).not.toContain('Nothing has been changed');
  expect(await said([doubt])).toContain('Nothing more has been sent.');
});

it('that the device had given up ends with its answer, and takes no other doubt along', async () => {
  const stage = await setStage({ unlocked: true });
  await makeReady(stage, stage.engine());
  const { plan } = preflight(stage.run());
  if (plan === null) throw new Error('not ready');
  const counted = { at: 0, holdLeft: 0, lasted: 0, seenAt: stage.clock.now() };
  const midway = { ...outcomeOf('still-sonoff', { accepted: true }), leaves: 'stopped-midway' } as const;
  const ofAnother = { ...plan, deviceid: '1000ffffff' };
  const doubts: Doubts = [
    { ...counted, plan: ofAnother, outcome: midway },
    { ...counted, plan, outcome: midway },
  ];
  const engine = stage.engine({ ...emptyRun, doubts });
  engine.info(stage.device.address, '');
  await engine.settled();
  expect(stage.run().flash.stage).toBe('idle');
  expect(stage.run().doubts.map((doubt) => doubt.plan.deviceid)).toEqual(['1000ffffff']);
  expect(JSON.stringify(stage.run().journal)).toContain('flash_log_given_up');
});

it('is kept only where there is one', () => {
  expect(unfinishedFlashOf(emptyRun)).toBeNull();
});
