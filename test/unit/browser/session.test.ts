import { afterEach, expect, it, vi } from 'vitest';
import { noRun } from '../../../src/flash/run/device-run.ts';
import { emptyState, type FlashState } from '../../../src/flash/state.ts';
import { aPlan as plan } from '../a-plan.ts';
import { createFakeBrowser } from '../background/fake-browser.ts';

async function sessionIn(fake = createFakeBrowser()) {
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({ default: fake.browser }));
  return { fake, session: await import('../../../src/browser/session.ts') };
}

afterEach(() => {
  vi.doUnmock('webextension-polyfill');
  vi.useRealTimers();
});

const address = { host: '192.168.1.4', reach: 'private' } as const;
const at = (flash: FlashState['runs'][number]['flash']): FlashState => ({
  ...emptyState,
  shown: address.host,
  runs: [{ ...noRun, address, flash }],
});
const requested = at({ stage: 'requested', plan, at: 1 });

it('writes an unfinished flash before the state that the device is asked by, and takes it away after', async () => {
  const { fake, session } = await sessionIn();
  await session.writeState(at({ stage: 'checking', plan }));
  expect(fake.writes).toEqual(['session state', 'local -flash']);
  await session.writeState(requested);
  await session.writeState({ ...requested, runs: [...requested.runs] });
  await session.writeState(emptyState);
  expect(fake.writes.slice(2)).toEqual([
    'local flash',
    'local sent-to',
    'session state',
    'local sent-to',
    'session state',
    'session state',
    'local -flash',
  ]);
});

it('does not write the state where the unfinished flash cannot be written, and tries again', async () => {
  const { fake, session } = await sessionIn();
  fake.fillUp(10);
  await expect(session.writeState(requested)).rejects.toThrow('full');
  expect(fake.writes).toEqual([]);
  fake.fillUp(100_000);
  await session.writeState(requested);
  expect(fake.writes).toEqual(['local flash', 'local sent-to', 'session state']);
});

it('finds the flash again after the browser was closed', async () => {
  const { fake, session } = await sessionIn();
  await session.writeState(requested);
  const next = await sessionIn(createFakeBrowser({ local: fake.local }));
  const { state, damaged } = await next.session.readState();
  expect(damaged).toBe(false);
  expect(state).toMatchObject({ shown: address.host, runs: [{ flash: { stage: 'requested', plan } }] });
});

it('writes to whom a flash is sent before the request, and knows it after the extension was loaded again', async () => {
  const { fake, session } = await sessionIn();
  await session.writeState({ ...requested, sentTo: [address.host] });
  expect(fake.writes).toEqual(['local flash', 'local sent-to', 'session state']);

  const next = await sessionIn(createFakeBrowser({ local: fake.local }));
  expect((await next.session.readState()).state.sentTo).toEqual([address.host]);
  await next.session.eraseAllButState();
  await next.session.writeState({ ...emptyState, sentTo: [address.host] });
  expect(next.fake.local).toHaveProperty('sent-to');
  expect(next.fake.writes).not.toContain('local sent-to');
});

it('knows to whom a flash was sent for a day from the last one, in a browser that runs for days', async () => {
  vi.useFakeTimers({ now: 10_000_000_000, toFake: ['Date'] });
  const { fake, session } = await sessionIn();
  await session.writeState({ ...requested, sentTo: [address.host] });

  // The next day this background, or the next one, sends another to the same device.
  vi.setSystemTime(10_000_000_000 + 86_400_001);
  const { fake: later, session: next } = await sessionIn(
    createFakeBrowser({ local: structuredClone(fake.local), session: structuredClone(fake.session) }),
  );
  for (const [area, one] of [
    [fake, session],
    [later, next],
  ] as const) {
    const { state } = await one.readState();
    expect(state.sentTo).toEqual([address.host]);
    await one.writeState({ ...requested, sentTo: state.sentTo });
    const reloaded = await sessionIn(createFakeBrowser({ local: structuredClone(area.local) }));
    expect((await reloaded.session.readState()).state.sentTo).toEqual([address.host]);
  }
});

it('forgets after a day to whom a flash was sent, and not when the clock was set back', async () => {
  vi.useFakeTimers({ now: 10_000_000_000, toFake: ['Date'] });
  const { fake, session } = await sessionIn();
  await session.writeState({ ...requested, sentTo: [address.host] });
  const disk = { 'sent-to': fake.local['sent-to'] };

  vi.setSystemTime(0);
  const early = await sessionIn(createFakeBrowser({ local: structuredClone(disk) }));
  expect((await early.session.readState()).state.sentTo).toEqual([address.host]);

  vi.setSystemTime(10_000_000_000 + 86_400_001);
  const late = await sessionIn(createFakeBrowser({ local: structuredClone(disk) }));
  expect((await late.session.readState()).state.sentTo).toEqual([]);
  await late.session.removeUselessRecords();
  expect(late.fake.local).not.toHaveProperty('sent-to');
});
