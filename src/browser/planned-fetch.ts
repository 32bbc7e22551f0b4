import browser from 'webextension-polyfill';

const key = 'fetch-next';

/**
 * Three clicks are enough: who presses Info wants the chosen firmware fetched as soon as the device is known.
 * That is kept here, because the popup in which Info was pressed may be gone by then, and because nothing but
 * that press is a reason to fetch.
 */
export function planFetch(): Promise<void> {
  return browser.storage.session.set({ [key]: true });
}

/** Takes it back. */
export function dropPlannedFetch(): Promise<void> {
  return browser.storage.session.remove(key);
}

/** Whether a fetch is planned; true in one view only, which is the one to do it. */
export async function takePlannedFetch(): Promise<boolean> {
  return navigator.locks.request(key, async () => {
    const stored = await browser.storage.session.get(key);
    await dropPlannedFetch();
    return stored[key] === true;
  });
}
