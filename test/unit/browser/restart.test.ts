import { afterEach, describe, expect, it, vi } from 'vitest';
import { soon } from '../soon.ts';

type Stored = Record<string, unknown>;

/** Storage that lies open, tabs that are counted, and a restart that is noted. */
function desk(local: Stored = {}, session: Stored = {}) {
  const opened: string[] = [];
  const order: string[] = [];
  const area = (stored: Stored, name: string) => ({
    get: async (key: string | null) => (key === null ? { ...stored } : { [key]: stored[key] }),
    set: async (items: Stored) => {
      order.push(`set ${name}`);
      Object.assign(stored, items);
    },
    remove: async (key: string) => void delete stored[key],
  });
  vi.doMock('webextension-polyfill', () => ({
    default: {
      storage: { local: area(local, 'local'), session: area(session, 'session') },
      runtime: { reload: () => order.push('reload'), getURL: (path: string) => path },
      tabs: { create: async ({ url }: { url: string }) => void opened.push(url) },
    },
  }));
  return { local, session, opened, order };
}

async function restart() {
  vi.resetModules();
  return import('../../../src/browser/restart.ts');
}

afterEach(() => {
  vi.doUnmock('webextension-polyfill');
  vi.restoreAllMocks();
});

describe('a restart of the extension', () => {
  it('saves what it would empty before, and the next start puts that back and opens the page', async () => {
    const before = desk({}, { run: { version: 2 }, draft: 'x' });
    await (await restart()).restartExtension();
    await soon(() => expect(before.order).toEqual(['set local', 'reload']));

    const after = desk(before.local);
    await (await restart()).takeUpAfterRestart();
    expect(after.session).toEqual({ run: { version: 2 }, draft: 'x' });
    expect(after.local).toEqual({});
    expect(after.opened).toEqual(['popup/index.html']);
  });

  it('takes nothing up where there was none, or long after it', async () => {
    const none = desk({}, { run: 1 });
    await (await restart()).takeUpAfterRestart();
    expect(none).toMatchObject({ session: { run: 1 }, opened: [] });
    const old = desk({ restart: { at: Date.now() - 61_000, session: { run: 1 } } });
    await (await restart()).takeUpAfterRestart();
    expect(old).toMatchObject({ local: {}, session: {}, opened: [] });
  });

  it('never puts what was saved over what is newer', async () => {
    const there = desk({ restart: { at: Date.now(), session: { run: 'old', draft: 1 } } }, { run: 'new' });
    await (await restart()).takeUpAfterRestart();
    expect(there.session).toEqual({ run: 'new', draft: 1 });
  });
});
