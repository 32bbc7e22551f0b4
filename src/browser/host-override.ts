import browser from 'webextension-polyfill';
import { mayOverrideHost, mayReachMirror } from './permissions.ts';

const ruleId = 1;

/**
 * Runs `work` while our own requests to the origin of `url` carry `Host: dl.itead.cn`, as the device's do
 * (3.5.0, 3.6.0: tasmota/docs#1388). `work` is told whether the override is in force: Firefox sends the
 * request unchanged, without an error, when it lacks `https://dl.itead.cn/*`.
 */
export async function withDeviceHost<Value>(
  url: string,
  work: (override: 'active' | 'unavailable') => Promise<Value>,
): Promise<Value> {
  if (!(await mayReachMirror(url)) || !(await mayOverrideHost())) return work('unavailable');
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [ruleId],
    addRules: [
      {
        id: ruleId,
        action: {
          type: 'modifyHeaders',
          requestHeaders: [{ header: 'host', operation: 'set', value: 'dl.itead.cn' }],
        },
        condition: {
          initiatorDomains: [location.hostname],
          urlFilter: `|${new URL(url).origin}/`,
          resourceTypes: ['xmlhttprequest'],
        },
      },
    ],
  });
  try {
    return await work('active');
  } finally {
    await removeHostOverride();
  }
}

/** Removes an override that a background left behind when it was stopped in the middle of a check. */
export function removeHostOverride(): Promise<void> {
  return browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [ruleId] });
}
