import { afterEach, describe, expect, it, vi } from 'vitest';
import { noRun } from '../../../src/flash/run/device-run.ts';
import { unfinishedFlashOf } from '../../../src/flash/run/unfinished-flash.ts';
import { emptyState, type FlashState } from '../../../src/flash/state.ts';
import { longestDownload } from '../../../src/zeroconf/client/longest-download.ts';
import { aPlan as plan } from '../a-plan.ts';
import { sayingJust, textOf } from '../saying.ts';
import { soon } from '../soon.ts';
import { createFakeBrowser, type FakeBrowser } from './fake-browser.ts';

/** Starts the background in `fake`, as the browser does when somebody wants something of it. */
async function wake(fake: FakeBrowser): Promise<void> {
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: fake.browser }));
  vi.stubGlobal('location', { protocol: 'chrome-extension:', hostname: 'id' });
  await import('../../../src/background/index.ts');
}

const outcome = {
  kind: 'unknown',
  leaves: 'in-doubt',
  mayDownload: true,
  title: textOf('Nobody knows'),
  sentence: textOf('Nobody knows.'),
  steps: [textOf('Do not cut its power.')],
} as const;
const doubt = { plan, at: 1, outcome, holdLeft: 5, lasted: 0, seenAt: Date.now() };
const inDoubt: FlashState = { ...emptyState, doubts: [doubt] };

const flashing = {
  ...noRun,
  address: plan.address,
  flash: {
    stage: 'downloading',
    plan,
    watch: { since: 1, accepted: true, watched: 0, goneFor: 0, misses: 0 },
  },
} as const;

afterEach(() => {
  vi.doUnmock('webextension-polyfill');
  vi.unstubAllGlobals();
});

describe('the background', () => {
  it('tries a start that failed again when it is asked the next time', async () => {
    const fake = createFakeBrowser();
    fake.failNext(1);
    await wake(fake);
    await soon(() => expect(fake.failed()).toBe(1));
    await expect(fake.send({ command: 'wake' })).resolves.toEqual({ accepted: true });
    await expect(fake.send({ command: 'info', address: '', deviceid: '' })).resolves.toMatchObject({
      accepted: false,
    });
  });

  it.each([
    ['a word', 'rubbish'],
    ['a state without its parts', { version: emptyState.version }],
    ['a state of which one run is rubbish', { ...emptyState, runs: [{ flash: { stage: 'ended' } }] }],
    ['a state of which the doubts are rubbish', { ...emptyState, doubts: [{ ...doubt, holdLeft: 'x' }] }],
  ])(
    'starts when what is stored is %s, and knows from the disk what a device must not be robbed of',
    async (_, state) => {
      const fake = createFakeBrowser({
        local: { flash: unfinishedFlashOf(inDoubt), devices: 7, settings: 'x', releases: [] },
        session: { state, 'mirror-test': { x: { image: 1 } }, listing: 9, draft: 3 },
      });
      await wake(fake);
      await expect(fake.send({ command: 'wake' })).resolves.toEqual({ accepted: true });
      await soon(() =>
        expect(fake.session.state).toMatchObject({
          runs: [{ flash: { stage: 'ended', outcome: { title: sayingJust('Nobody knows') } } }],
          doubts: [{ holdLeft: longestDownload.ms }],
        }),
      );
    },
  );

  it('erases everything but what a device in doubt needs', async () => {
    const fake = createFakeBrowser({
      local: { flash: unfinishedFlashOf(inDoubt), devices: [], settings: {} },
      session: { state: inDoubt, draft: {} },
    });
    await wake(fake);
    await expect(fake.send({ command: 'erase-everything' })).resolves.toEqual({ accepted: true });
    expect(Object.keys(fake.local)).toEqual(['flash']);
    expect(Object.keys(fake.session)).toEqual(['state']);
    expect(fake.session.state).toMatchObject({ doubts: [{ outcome: { leaves: 'in-doubt' } }] });
  });

  it('erases everything where no device is in doubt', async () => {
    const fake = createFakeBrowser({ local: { devices: [], settings: {} }, session: { draft: {} } });
    await wake(fake);
    await fake.send({ command: 'erase-everything' });
    expect(fake.local).toEqual({});
  });

  it.each([
    ['of an earlier version', { version: 1, at: 1, host: '192.168.1.4' }],
    ['damaged', { version: 2, flash: 'x' }],
  ])('leaves a record %s on the disk until a page can have spoken of it', async (_, flash) => {
    const fake = createFakeBrowser({ local: { flash } });
    await wake(fake);
    await fake.send({ command: 'wake' });
    expect(fake.local).toEqual({ flash });
    await fake.send({ command: 'start-over' });
    await soon(() => expect(fake.local).toEqual({}));
  });

  it('takes a record that says nothing off the disk', async () => {
    const fake = createFakeBrowser({ local: { flash: { version: 2, flash: null, doubts: [] } } });
    await wake(fake);
    await fake.send({ command: 'wake' });
    expect(fake.local).toEqual({});
  });

  it('takes the record of a flash off the disk when its life is over', async () => {
    const old: FlashState = {
      ...emptyState,
      doubts: [{ ...doubt, holdLeft: 0, lasted: 24 * 3_600_000, seenAt: 0 }],
    };
    const fake = createFakeBrowser({ local: { flash: unfinishedFlashOf(old) } });
    await wake(fake);
    await fake.send({ command: 'wake' });
    await soon(() => expect(fake.local).toEqual({}));
  });

  it.each([
    { command: 'hand-over', name: 'x.bin', data: 'AAAA', device: null },
    { command: 'hand-over-from', url: plan.url.href, digest: plan.digest, device: null },
    { command: 'hand-over-release', device: null },
  ])(
    'hands nothing over while a device is being flashed, which would still be flashed as before',
    async (wish) => {
      const state = { ...emptyState, runs: [flashing], shown: flashing.address.host };
      const fake = createFakeBrowser({ session: { state } });
      await wake(fake);
      await expect(fake.send(wish)).resolves.toMatchObject({ accepted: false });
      expect(fake.session['this-computer']).toBeUndefined();
    },
  );

  it.each<[string, FlashState]>([
    ['a device may be downloading still', inDoubt],
    ['a device is being flashed', { ...emptyState, runs: [flashing], shown: flashing.address.host }],
  ])('is not restarted while %s', async (_, state) => {
    const fake = createFakeBrowser({ session: { state } });
    await wake(fake);
    await expect(fake.send({ command: 'restart-extension' })).resolves.toMatchObject({ accepted: false });
    expect(fake.local).not.toHaveProperty('restart');
    expect(fake.writes).not.toContain('reload');
    // It goes on as if nobody had asked.
    await expect(fake.send({ command: 'wake' })).resolves.toEqual({ accepted: true });
  });

  it('is restarted when nothing is under way, and takes nothing up from then on', async () => {
    const fake = createFakeBrowser({ session: { state: emptyState, draft: { address: '192.168.1.4' } } });
    await wake(fake);
    await expect(fake.send({ command: 'restart-extension' })).resolves.toEqual({ accepted: true });
    expect(fake.local.restart).toMatchObject({ session: { draft: { address: '192.168.1.4' } } });
    await expect(fake.send({ command: 'wake' })).resolves.toMatchObject({ accepted: false });
    await soon(() => expect(fake.writes).toContain('reload'));
  });

  it('is restarted by itself when the leave for the local mirror is given, and by no other', async () => {
    const fake = createFakeBrowser({ session: { state: emptyState } });
    await wake(fake);
    await fake.send({ command: 'wake' });
    fake.grant({ origins: ['http://192.168.1.4/*'] });
    await fake.send({ command: 'wake' });
    fake.grant({ permissions: ['nativeMessaging'] });
    await soon(() => expect(fake.writes).toContain('reload'));
    expect(fake.writes.filter((write) => write === 'reload')).toHaveLength(1);
  });
});
