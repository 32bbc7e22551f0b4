import './popup.css';
import { isInTab } from '../src/browser/pages.ts';
import { show } from '../src/ui/show.tsx';
import { App } from './app.tsx';
import { createStore } from './store.ts';

void show(async () => {
  // The same page is the popup and the tab.
  const inTab = await isInTab();
  document.documentElement.classList.add(inTab ? 'in-tab' : 'in-popup');
  return <App store={await createStore()} inTab={inTab} />;
});
