import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presentStep } from '../../../popup/present-step.ts';
import { stepLines } from '../../../popup/step-lines.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { outcomeOf } from '../../../src/flash/run/outcome.ts';
import { startWatch } from '../../../src/flash/watch/advance-watch.ts';
import { preflight, type Run } from '../flash/one-run.ts';
import { makeReady, setStage } from '../flash/stage.ts';

let ready: Run;
let clear = async () => {};
beforeAll(async () => {
  const stage = await setStage({}, (how) => {
    clear = how;
  });
  await makeReady(stage, stage.engine());
  ready = stage.run();
});
afterAll(() => clear());

const idle = { state: 'idle' } as const;
const working = { state: 'working', since: 0, progress: null } as const;
const failed = {
  state: 'failed',
  at: 0,
  failure: { kind: 'x', sentence: { id: 'It did not work.' }, action: { id: 'Try again.' } },
} as const;

const step = (part: Partial<Run> = {}) => {
  const run = { ...ready, ...part };
  return presentStep(run, run, preflight(run));
};
const lineOf = (name: 'device' | 'unlock' | 'firmware' | 'flash' | 'proof', part: Partial<Run> = {}) => {
  const run = { ...ready, ...part };
  const { look, says } = stepLines(run, run, preflight(run), 'tasmota-lite.bin')[name];
  return `${look}: ${says.map(inEnglish).join(' · ')}`;
};

function device(part: object): Pick<Run, 'device'> {
  if (ready.device.state !== 'done') expect.fail();
  return { device: { ...ready.device, value: { ...ready.device.value, ...part } } };
}

function flash(stage: 'checking' | 'downloading' | 'restarting'): Pick<Run, 'flash'> {
  const { plan } = preflight(ready);
  if (plan === null) expect.fail();
  return stage === 'checking'
    ? { flash: { stage, plan } }
    : { flash: { stage, plan, watch: startWatch(0, true) } };
}

function ended(conclusion: Parameters<typeof outcomeOf>[0], seenSince = false): Pick<Run, 'flash'> {
  const { plan } = preflight(ready);
  if (plan === null) expect.fail();
  return {
    flash: { stage: 'ended', plan, at: 0, outcome: outcomeOf(conclusion, { accepted: true }), seenSince },
  };
}

describe('the present step', () => {
  it.each([
    ['device', 'nothing is known', { device: idle }],
    ['device', 'the device is asked', { device: working }],
    ['device', 'the device did not answer', { device: failed }],
    ['firmware', 'there is no firmware yet', { image: idle }],
    ['firmware', 'the firmware is fetched again', { image: working }],
    ['firmware', 'the mirror is asked', { mirror: working }],
    ['firmware', 'the firmware could not be fetched', { image: failed }],
    ['flash', 'all is known', {}],
  ] as const)('is %s while %s', (name, _, part) => {
    expect(step(part)).toBe(name);
  });

  it('is unlock for a locked device, whatever is known of the firmware', () => {
    expect(step(device({ otaUnlock: false }))).toBe('unlock');
    expect(step({ ...device({ otaUnlock: false }), image: failed })).toBe('unlock');
    expect(step({ ...device({ otaUnlock: false }), unlock: failed })).toBe('unlock');
    expect(step({ ...device({ otaUnlock: true }), unlock: working })).toBe('unlock');
  });

  it('is not unlock for a device that does not tell whether it is locked', () => {
    expect(step(device({ otaUnlock: null }))).toBe('flash');
  });

  it('is device for one that must not be flashed', () => {
    expect(step(device({ hasSwitches: true }))).toBe('device');
  });

  it.each(['checking', 'downloading', 'restarting'] as const)('is flash while it is %s', (stage) => {
    expect(step({ ...flash(stage), device: failed })).toBe('flash');
  });

  it('is proof once the device has gone, and flash while it is in doubt', () => {
    expect(step(ended('gone'))).toBe('proof');
    expect(step(ended('tasmota'))).toBe('proof');
    expect(step(ended('interrupted'))).toBe('flash');
    expect(step({ ...ended('still-sonoff'), device: failed })).toBe('flash');
  });

  it('is device while the one that was flashed is asked, and then what there is to do', () => {
    expect(step({ ...ended('interrupted'), device: working })).toBe('device');
    expect(step(ended('came-back', true))).toBe('flash');
  });
});

describe('a step in one line', () => {
  it('says what came of it', () => {
    expect(lineOf('device')).toMatch(/^done: 127\.[\d.]+ · 3\.6\.0 · signal .+/);
    expect(lineOf('unlock')).toBe('done: Unlocked');
    expect(lineOf('firmware')).toMatch(/^(done|careful): .+ · /);
    expect(lineOf('flash')).toBe('later: ready');
    expect(lineOf('proof')).toBe('later: ');
  });

  it('names what is chosen while nothing is known', () => {
    expect(lineOf('firmware', { image: idle, mirror: idle })).toBe('later: tasmota-lite.bin');
    expect(lineOf('device', { device: idle })).toBe('later: ');
  });

  it('says that a new device is locked, which is no trouble', () => {
    expect(lineOf('unlock', device({ otaUnlock: false }))).toBe('later: Locked');
    expect(lineOf('unlock', { ...device({ otaUnlock: null }), unlock: idle })).toBe('later: not told');
  });

  it('does not fold what went wrong', () => {
    expect(lineOf('device', { device: failed })).toBe('trouble: It did not work.');
    expect(lineOf('unlock', { ...device({ otaUnlock: false }), unlock: failed })).toContain(
      'trouble: It did',
    );
    expect(lineOf('firmware', { image: failed })).toBe('trouble: It did not work.');
    expect(lineOf('firmware', { mirror: failed })).toContain('It did not work.');
    expect(lineOf('device', device({ hasSwitches: true }))).toContain('destroy');
    expect(lineOf('flash', ended('interrupted'))).toBe('trouble: Nobody knows');
  });

  it('says how the flash ended, and what is still to be seen', () => {
    expect(lineOf('flash', flash('downloading'))).toBe('working: under way');
    expect(lineOf('flash', ended('gone'))).toBe('done: Probably flashed');
    expect(lineOf('proof', ended('gone'))).toContain('later: ');
    expect(lineOf('proof', ended('tasmota'))).toBe('done: Flashed');
  });
});
