import browser, { type WebRequest } from 'webextension-polyfill';

/** How long the last event may take after the answer: 210 ms was the latest of 240 (Firefox 153). */
const patience = 1_000;

/** What went out to one origin since the watch began. */
export interface SentHosts {
  /** True when every request with a query that was made meanwhile went out with this `Host`. */
  wentOutAs(host: string): Promise<boolean>;
  stop(): void;
}

interface Watched {
  readonly origin: string;
  made: number;
  readonly hosts: string[];
  changed: () => void;
}

/**
 * A `fetch` like `send`, and a watch over the `Host` that the browser puts into its requests. `onSendHeaders` tells
 * what is really sent, after all rules (measured on Chromium 156, where a `Host` is told only if a rule set it, and
 * on Firefox 153).
 */
export function createSentHosts(send: typeof fetch): {
  readonly fetch: typeof fetch;
  watch(origin: string): SentHosts;
} {
  const watches = new Set<Watched>();
  const watchesOf = (address: string) => {
    const { origin, search } = new URL(address);
    return search === '' ? [] : [...watches].filter((watched) => watched.origin === origin);
  };

  const told = ({ url, requestHeaders = [] }: WebRequest.OnSendHeadersDetailsType) => {
    for (const watched of watchesOf(url)) {
      watched.hosts.push(requestHeaders.find(({ name }) => name.toLowerCase() === 'host')?.value ?? '');
      watched.changed();
    }
  };
  // Firefox refuses the name of an option that only Chromium has, and needs.
  const options: WebRequest.OnSendHeadersOptions[] =
    location.protocol === 'moz-extension:' ? ['requestHeaders'] : ['requestHeaders', 'extraHeaders'];
  browser.webRequest.onSendHeaders.addListener(
    told,
    { urls: ['http://*/*'], types: ['xmlhttprequest'], tabId: -1 },
    options,
  );

  return {
    fetch: (input, init) => {
      for (const watched of watchesOf(new Request(input).url)) watched.made += 1;
      return send(input, init);
    },
    watch(origin) {
      const watched: Watched = { origin, made: 0, hosts: [], changed: () => {} };
      watches.add(watched);
      return {
        async wentOutAs(host) {
          const all = () => watched.hosts.length >= watched.made;
          if (!all()) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, patience);
              watched.changed = () => {
                if (!all()) return;
                clearTimeout(timer);
                resolve();
              };
            });
          }
          return all() && watched.hosts.every((sent) => sent === host);
        },
        stop: () => watches.delete(watched),
      };
    },
  };
}
