import browser from 'webextension-polyfill';
import { show } from '../src/ui/show.tsx';
import { App } from './app.tsx';
import { createStore } from './store.ts';

void show(async () => {
  // The same page is the popup and the tab; only the browser knows which, and only the tab has a tab.
  const tab = await browser.tabs.getCurrent();
  document.documentElement.classList.add(tab === undefined ? 'in-popup' : 'in-tab');
  return <App store={await createStore()} inTab={tab !== undefined} />;
});
