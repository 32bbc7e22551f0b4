import './devices.css';
import { isInTab } from '../../src/browser/pages.ts';
import { show } from '../../src/ui/show.tsx';
import { DevicesPage } from './app.tsx';
import { createDevicesStore } from './store.ts';

void show(async () => {
  // The same page is shown in the popup and in a tab.
  const inTab = await isInTab();
  document.documentElement.classList.add(inTab ? 'in-tab' : 'in-popup');
  return <DevicesPage store={await createDevicesStore()} inTab={inTab} />;
});
