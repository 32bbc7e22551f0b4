import { render } from 'preact';
import { App } from './app.tsx';
import { createOptionsStore } from './store.ts';

async function main() {
  render(<App store={await createOptionsStore()} />, document.body);
}

void main();
