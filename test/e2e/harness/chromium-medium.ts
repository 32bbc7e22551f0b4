import type { CDPSession, Page as Tab } from 'puppeteer-core';

/** What each tab was told of its medium, and by which session: each message replaces the one before. */
const emulated = new WeakMap<Tab, { readonly session: CDPSession; readonly features: Map<string, string> }>();

/** Has a tab believe a media feature, beside those that it was told before. Puppeteer itself knows no forced colours. */
export async function emulate(tab: Tab, feature: string, value: string): Promise<void> {
  const medium = emulated.get(tab) ?? { session: await tab.createCDPSession(), features: new Map() };
  emulated.set(tab, medium);
  medium.features.set(feature, value);
  await medium.session.send('Emulation.setEmulatedMedia', {
    features: [...medium.features].map(([name, wanted]) => ({ name, value: wanted })),
  });
}
