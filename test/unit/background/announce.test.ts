import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceRun, Flash } from '../../../src/flash/run/device-run.ts';
import { noRun } from '../../../src/flash/run/device-run.ts';
import { outcomeOf } from '../../../src/flash/run/outcome.ts';
import { emptyState, type FlashState } from '../../../src/flash/state.ts';
import { startWatch } from '../../../src/flash/watch/advance-watch.ts';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';

const browser = {
  action: { setBadgeText: vi.fn(async () => {}), setBadgeBackgroundColor: vi.fn(async () => {}) },
  i18n: { getMessage: (id: string) => (id === 'background_ended' ? '{host}: {ending}' : id) },
  notifications: { create: vi.fn(async () => '') },
  permissions: { contains: vi.fn(async () => true) },
  runtime: { getURL: (path: string) => path },
  storage: { session: { get: vi.fn(async () => ({ tell: true })), onChanged: { addListener: () => {} } } },
};
// Other tests may have loaded it with a browser of their own.
vi.resetModules();
vi.doMock('webextension-polyfill', () => ({ default: browser }));
const { badgeOf, createAnnouncer } = await import('../../../src/background/announce.ts');

const parsedAddress = parseAddress('192.168.1.9');
const parsedUrl = parseDownloadUrl('http://192.168.1.2/x.bin');
const address = parsedAddress.ok ? parsedAddress.value : expect.fail();
const url = parsedUrl.ok ? parsedUrl.value : expect.fail();
const plan = { address, deviceid: null, fwVersion: null, url, digest: '', title: { id: 'x' } };
const stateWith = (flash: Flash): FlashState => ({
  ...emptyState,
  shown: address.host,
  runs: [{ ...noRun, address, flash }],
});
const downloading = stateWith({ stage: 'downloading', plan, watch: startWatch(0, true) });
const ended = (conclusion: Parameters<typeof outcomeOf>[0]) =>
  stateWith({
    stage: 'ended',
    plan,
    at: 0,
    outcome: outcomeOf(conclusion, { accepted: true }),
    seenSince: false,
  });

beforeEach(() => {
  browser.permissions.contains.mockResolvedValue(true);
});
afterEach(() => vi.clearAllMocks());
afterAll(() => vi.doUnmock('webextension-polyfill'));

describe('the toolbar button', () => {
  it('says that a flash is under way, and how it ended', () => {
    expect(badgeOf(emptyState)).toBeNull();
    expect(badgeOf(downloading)?.text).toBe('…');
    expect(badgeOf(ended('tasmota'))?.text).toBe('✓');
    expect(badgeOf(ended('gone'))?.text).toBe('?');
    expect(badgeOf(ended('still-sonoff'))?.text).toBe('!');
  });

  it('says that something waits for a permission, wherever the popup has gone', () => {
    const failure = { kind: 'no-permission', sentence: { id: 'x' }, action: { id: 'x' } };
    const failed = { state: 'failed', at: 0, failure } as const;
    const asked = { ...noRun, address, flash: { stage: 'idle' } } as const;
    const withRun = (run: Partial<DeviceRun>) => ({
      ...emptyState,
      shown: address.host,
      runs: [{ ...asked, ...run }],
    });
    expect(badgeOf(withRun({}))).toBeNull();
    expect(badgeOf(withRun({ device: failed }))?.text).toBe('!');
    expect(badgeOf(withRun({ proof: { address, look: failed } }))?.text).toBe('!');
    expect(badgeOf({ ...emptyState, source: { ...emptyState.source, image: failed } })?.text).toBe('!');
    const other = { ...failed, failure: { ...failure, kind: 'time-out' } };
    expect(badgeOf(withRun({ device: other }))).toBeNull();
  });

  it('is changed when there is something else to say, and not at every step', () => {
    const announce = createAnnouncer(emptyState);
    for (const state of [emptyState, downloading, downloading, ended('gone')]) announce(state);
    expect(browser.action.setBadgeText.mock.calls).toEqual([
      [{ text: '' }],
      [{ text: '…' }],
      [{ text: '?' }],
    ]);
  });
});

describe('a notification', () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve));

  it('comes once, when the flash ends, and names the device', async () => {
    const announce = createAnnouncer(downloading);
    for (const state of [downloading, ended('gone'), ended('gone')]) announce(state);
    await settle();
    expect(browser.notifications.create).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ title: '192.168.1.9: flash_probably' }),
    );
  });

  it('does not come for a flash that ended before, nor without the permission', async () => {
    createAnnouncer(ended('gone'))(ended('gone'));
    browser.permissions.contains.mockResolvedValue(false);
    createAnnouncer(downloading)(ended('gone'));
    await settle();
    expect(browser.notifications.create).not.toHaveBeenCalled();
  });

  it('does not come unasked', async () => {
    browser.storage.session.get.mockResolvedValueOnce({ tell: false });
    createAnnouncer(downloading)(ended('gone'));
    await settle();
    expect(browser.notifications.create).not.toHaveBeenCalled();
  });
});
