import browser, { type DeclarativeNetRequest } from 'webextension-polyfill';
import { mayOverrideHost, mayReachMirror } from './permissions.ts';
import { createSentHosts } from './sent-hosts.ts';

/** The name that devices ask every server for (3.5.0, 3.6.0: tasmota/docs#1388). */
const deviceHost = 'dl.itead.cn';

/** What a device sends and what it does not (captures: device-download-request-shape). */
const asTheDevice: DeclarativeNetRequest.RuleActionRequestHeadersItemType[] = [
  { header: 'host', operation: 'set', value: deviceHost },
  { header: 'user-agent', operation: 'set', value: 'itead-device' },
  ...[
    'accept',
    'accept-encoding',
    'accept-language',
    'dnt',
    'origin',
    'priority',
    'referer',
    'sec-fetch-dest',
    'sec-fetch-mode',
    'sec-fetch-site',
    'sec-gpc',
  ].map((header) => ({ header, operation: 'remove' as const })),
];

/** Whether what was asked went out by the device's name. */
type Override = 'active' | 'unavailable';

/** Requests as the device makes them. */
export interface HostOverride {
  /** The `fetch` to make them with. */
  readonly fetch: typeof fetch;
  /**
   * Runs `work` while requests to the origin of `url` go out with the headers of a device, `Host: dl.itead.cn`
   * among them. Only requests with a query are touched, which the mirror checks alone make: a download from the
   * same mirror meanwhile stays as it is.
   *
   * Firefox sends a request unchanged, without an error, when it lacks `https://dl.itead.cn/*`. So the browser is
   * asked which name really went out; when it was another one even once, `work` is done again as `unavailable`.
   */
  withDeviceHost<Value>(url: string, work: (override: Override) => Promise<Value>): Promise<Value>;
}

/** The override for requests that are made with the `fetch` it gives out, which is `send` otherwise. */
export function createHostOverride(send: typeof fetch): HostOverride {
  let lastRuleId = 0;
  const { fetch, watch } = createSentHosts(send);

  async function addRule(origin: string): Promise<number | null> {
    lastRuleId += 1;
    const id = lastRuleId;
    const condition = {
      initiatorDomains: [location.hostname],
      urlFilter: `|${origin}/*?`,
      resourceTypes: ['xmlhttprequest' as const],
    };
    const rule = { id, action: { type: 'modifyHeaders' as const, requestHeaders: asTheDevice }, condition };
    return browser.declarativeNetRequest.updateSessionRules({ addRules: [rule] }).then(
      () => id,
      () => null,
    );
  }

  return {
    fetch,
    async withDeviceHost(url, work) {
      const { origin } = new URL(url);
      const isAllowed = (await mayReachMirror(url)) && (await mayOverrideHost());
      // Each piece of work has a rule of its own, so that one that ends does not end the override of another.
      const ruleId = isAllowed ? await addRule(origin) : null;
      if (ruleId === null) return work('unavailable');
      const watched = watch(origin);
      try {
        const value = await work('active');
        if (await watched.wentOutAs(deviceHost)) return value;
      } finally {
        watched.stop();
        // One that cannot be removed is removed with the next start, and touches no other requests until then.
        await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [ruleId] }).catch(() => {});
      }
      return work('unavailable');
    },
  };
}

/** Removes what a background left behind when it was stopped in the middle of a check. Must come first. */
export async function removeHostOverrides(): Promise<void> {
  const left = await browser.declarativeNetRequest.getSessionRules();
  await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: left.map(({ id }) => id) });
}
