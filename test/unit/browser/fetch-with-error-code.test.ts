import { afterEach, expect, it, vi } from 'vitest';
import { faultOf } from '../../../src/zeroconf/errors/fault.ts';

type Told = (event: { readonly url: string; readonly error: string }) => void;

/** A browser whose fetch fails like this, and which tells its own name for that, before or after. */
async function failsAs(error: string, when: 'before' | 'after'): Promise<(url: string) => Promise<unknown>> {
  const listeners: Told[] = [];
  vi.resetModules();
  vi.doMock('webextension-polyfill', () => ({
    default: {
      webRequest: {
        onErrorOccurred: { addListener: (told: Told) => listeners.push(told) },
        onBeforeRedirect: { addListener: () => {} },
      },
    },
  }));
  vi.stubGlobal('fetch', async (url: string) => {
    const tell = () => {
      for (const told of listeners) told({ url, error });
    };
    if (when === 'before') tell();
    else setTimeout(tell);
    throw new TypeError('Failed to fetch');
  });
  const { createFetchWithErrorCode } = await import('../../../src/browser/fetch-with-error-code.ts');
  const fetch = createFetchWithErrorCode();
  return (url) =>
    fetch(url).then(
      () => expect.fail('answered'),
      (reason: unknown) => reason,
    );
}

afterEach(() => {
  vi.doUnmock('webextension-polyfill');
  vi.unstubAllGlobals();
});

it.each([
  ['net::ERR_CONNECTION_REFUSED', 'refused'],
  ['NS_ERROR_CONNECTION_REFUSED', 'refused'],
  ['net::ERR_CONNECTION_RESET', 'reset'],
  ['net::ERR_EMPTY_RESPONSE', 'empty-reply'],
  ['net::ERR_ADDRESS_UNREACHABLE', 'unreachable'],
  ['net::ERR_NETWORK_CHANGED', 'network-changed'],
  ['net::ERR_NETWORK_IO_SUSPENDED', 'network-changed'],
  ['net::ERR_WHATEVER', 'no-connection'],
])('%s is %s, told before the rejection or after it', async (error, fault) => {
  for (const when of ['before', 'after'] as const) {
    const fail = await failsAs(error, when);
    expect(faultOf(await fail('http://192.168.1.4:8081/zeroconf/info')), when).toBe(fault);
  }
});
