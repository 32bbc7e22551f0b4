import browser from 'webextension-polyfill';
import { mayOverrideHost, mayReachMirror } from './permissions.ts';

let lastRuleId = 0;

/**
 * Runs `work` while our own requests to the origin of `url` carry `Host: dl.itead.cn`, as the device's do
 * (3.5.0, 3.6.0: tasmota/docs#1388). `work` is told whether the override is in force: Firefox sends the
 * request unchanged, without an error, when it lacks `https://dl.itead.cn/*`. Only requests with a query are
 * touched, which the probe alone makes: a download from the same mirror meanwhile stays as it is. Each piece
 * of work has a rule of its own, so that one that ends does not end the override of another.
 */
export async function withDeviceHost<Value>(
  url: string,
  work: (override: 'active' | 'unavailable') => Promise<Value>,
): Promise<Value> {
  if (!(await mayReachMirror(url)) || !(await mayOverrideHost())) return work('unavailable');
  lastRuleId += 1;
  const ruleId = lastRuleId;
  await browser.declarativeNetRequest.updateSessionRules({
    addRules: [
      {
        id: ruleId,
        action: {
          type: 'modifyHeaders',
          requestHeaders: [{ header: 'host', operation: 'set', value: 'dl.itead.cn' }],
        },
        condition: {
          initiatorDomains: [location.hostname],
          urlFilter: `|${new URL(url).origin}/*?`,
          resourceTypes: ['xmlhttprequest'],
        },
      },
    ],
  });
  try {
    return await work('active');
  } finally {
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [ruleId] });
  }
}

/** Removes what a background left behind when it was stopped in the middle of a check. Must come first. */
export async function removeHostOverrides(): Promise<void> {
  const left = await browser.declarativeNetRequest.getSessionRules();
  await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: left.map(({ id }) => id) });
}
