import browser from 'webextension-polyfill';

/** Both browsers stop a background after 30 s without an extension API call, even with a fetch in flight. */
const interval = 20_000;

/** Keeps the background alive until `work` has settled. */
export async function keepAwake<Value>(work: Promise<Value>): Promise<Value> {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), interval);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
