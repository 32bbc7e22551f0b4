import browser from 'webextension-polyfill';

/** What the toolbar button shows while the popup is closed. */
export interface Badge {
  /** One or two characters. */
  readonly text: string;
  readonly color: string;
}

/** Shows `badge` on the toolbar button; null takes it away. */
export async function showBadge(badge: Badge | null): Promise<void> {
  await browser.action.setBadgeText({ text: badge?.text ?? '' });
  if (badge !== null) await browser.action.setBadgeBackgroundColor({ color: badge.color });
}
