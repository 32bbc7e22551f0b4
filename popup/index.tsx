import { render } from 'preact';
import browser from 'webextension-polyfill';
import { App } from './app.tsx';
import { createStore } from './store.ts';

async function main() {
  // The same page is the popup and the tab; only the browser knows which, and only the tab has a tab.
  const [tab, store] = await Promise.all([browser.tabs.getCurrent(), createStore()]);
  document.documentElement.classList.add(tab === undefined ? 'in-popup' : 'in-tab');
  render(<App store={store} inTab={tab !== undefined} />, document.body);
}

void main();
