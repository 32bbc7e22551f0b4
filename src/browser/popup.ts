import browser from 'webextension-polyfill';

/**
 * Opens the popup again after Chromium closed it to ask for a permission. Does nothing where the page stands
 * in a tab, or where the browser will not open a popup now: the toolbar button still does.
 */
export async function openPopup(): Promise<void> {
  const contexts = await browser.runtime.getContexts({ contextTypes: ['TAB', 'POPUP'] }).catch(() => []);
  if (contexts.length > 0) return;
  await browser.action.openPopup().catch(() => {});
}
