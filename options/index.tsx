import './options.css';
import { show } from '../src/ui/show.tsx';
import { App } from './app.tsx';
import { createOptionsStore } from './store.ts';

void show(async () => <App store={await createOptionsStore()} />);
