import browser from 'webextension-polyfill';

/** What the browsers call a connection that failed, in the codes that Node's fetch uses for the same. */
const codes: Readonly<Record<string, string>> = {
  'net::ERR_CONNECTION_REFUSED': 'ECONNREFUSED',
  NS_ERROR_CONNECTION_REFUSED: 'ECONNREFUSED',
  'net::ERR_CONNECTION_RESET': 'ECONNRESET',
  'net::ERR_SOCKET_NOT_CONNECTED': 'ECONNRESET',
  NS_ERROR_NET_RESET: 'ECONNRESET',
  NS_ERROR_NET_INTERRUPT: 'ECONNRESET',
  'net::ERR_EMPTY_RESPONSE': 'EMPTY_RESPONSE',
  'net::ERR_NAME_NOT_RESOLVED': 'ENOTFOUND',
  NS_ERROR_UNKNOWN_HOST: 'ENOTFOUND',
  'net::ERR_ADDRESS_UNREACHABLE': 'EHOSTUNREACH',
  'net::ERR_INTERNET_DISCONNECTED': 'ENETUNREACH',
  'net::ERR_NETWORK_UNREACHABLE': 'ENETUNREACH',
  NS_ERROR_OFFLINE: 'ENETUNREACH',
  // Chromium gives up a connection that is being made when this computer gets or loses an address, or sleeps; one
  // that is in use goes on (measured on Chromium 156).
  'net::ERR_NETWORK_CHANGED': 'ENETRESET',
  'net::ERR_NETWORK_IO_SUSPENDED': 'ENETRESET',
  'net::ERR_CONNECTION_TIMED_OUT': 'ETIMEDOUT',
  NS_ERROR_NET_TIMEOUT: 'ETIMEDOUT',
};

/**
 * Firefox says "refused" for a host that cannot be reached as well. A refusal takes a round trip; a host that
 * is not there takes the seconds that the system asks the network for it.
 */
const refusalTakes = 1_500;

/**
 * Our name for a request that never left, because the browser turned http into https. Firefox tells it as a
 * redirect without a status; one that a server sends is answered, with a status (measured on Firefox 153).
 */
const upgraded = 'HTTPS_ONLY';

const ours: browser.WebRequest.RequestFilter = { urls: ['http://*/*'], types: ['xmlhttprequest'] };

/** The event comes within a millisecond of the rejection; 210 ms was the latest of 240 (Firefox 153). */
const patience = 300;

/**
 * The browser's `fetch`, except that a failed connection's error says why in `cause.code`, as Node's does.
 * `fetch` keeps the reason to itself, but `webRequest` reports it for the extension's own requests. Requests
 * to one URL must not overlap, since an event names only the URL.
 */
export function createFetchWithErrorCode(): typeof fetch {
  const reasons = new Map<string, string>();
  const waiting = new Map<string, (reason: string) => void>();
  const upgrades = new Map<string, AbortController>();
  browser.webRequest.onErrorOccurred.addListener(({ url, error }) => {
    const waiter = waiting.get(url);
    if (waiter) waiter(error);
    else if (reasons.has(url)) reasons.set(url, error);
  }, ours);
  browser.webRequest.onBeforeRedirect.addListener(({ url, statusCode, redirectUrl }) => {
    if (statusCode === 0 && redirectUrl.startsWith('https:')) upgrades.get(url)?.abort();
  }, ours);

  function reasonFor(url: string): Promise<string> {
    const known = reasons.get(url);
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => {
      const give = (reason: string) => {
        clearTimeout(timer);
        waiting.delete(url);
        resolve(reason);
      };
      const timer = setTimeout(() => give(''), patience);
      waiting.set(url, give);
    });
  }

  return async (input, init) => {
    const url = new Request(input).url;
    const started = performance.now();
    const upgrade = new AbortController();
    const signal = init?.signal ? AbortSignal.any([init.signal, upgrade.signal]) : upgrade.signal;
    reasons.set(url, '');
    upgrades.set(url, upgrade);
    try {
      return await fetch(input, { ...init, signal });
    } catch (error) {
      // What waits at the other end of https may keep silent for long.
      if (upgrade.signal.aborted) throw new TypeError('turned into https', { cause: { code: upgraded } });
      if (!(error instanceof TypeError)) throw error;
      const slow = performance.now() - started > refusalTakes;
      const told = codes[await reasonFor(url)];
      if (upgrade.signal.aborted) throw new TypeError(error.message, { cause: { code: upgraded } });
      const code = told === 'ECONNREFUSED' && slow ? 'EHOSTUNREACH' : told;
      throw code === undefined ? error : new TypeError(error.message, { cause: { code } });
    } finally {
      reasons.delete(url);
      upgrades.delete(url);
    }
  };
}
