import browser from 'webextension-polyfill';

/** The address of one of the extension's own pages, such as `options/index.html#recipes`. */
export function pageUrl(path: string): string {
  return browser.runtime.getURL(path);
}

export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}

/** Opens one of the extension's own pages in a tab. */
export async function openTab(path: string): Promise<void> {
  await browser.tabs.create({ url: pageUrl(path) });
}

/** Whether this page stands in a tab: only the browser knows, and a popup has none. */
export async function isInTab(): Promise<boolean> {
  return (await browser.tabs.getCurrent()) !== undefined;
}
