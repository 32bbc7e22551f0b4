import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserKind, View } from './harness/launch.ts';

/** In the background, before anything of the extension: hears no message while it is told to be deaf. */
const script = `
const api = globalThis.browser ?? globalThis.chrome;
let deaf = false;
api.storage.session.onChanged.addListener(({ deaf: change }) => {
  if (change) deaf = change.newValue;
});
const event = api.runtime.onMessage;
const listen = event.addListener.bind(event);
event.addListener = (hear) => listen((...said) => (deaf ? undefined : hear(...said)));
`;

/** Writes a copy of the built extension whose background can be made deaf. */
export function writeDeafExtension(folder: string, kind: BrowserKind): void {
  cpSync(`dist/${kind}`, folder, { recursive: true });
  const background = join(folder, 'background.js');
  writeFileSync(join(folder, 'deaf.js'), script);
  writeFileSync(background, `import './deaf.js';\n${readFileSync(background, 'utf8')}`);
}

/** Makes the background deaf to what the extension's pages say, or lets it hear again. */
export const deafen = (view: View, deaf: boolean): Promise<void> => view.store('session', { deaf });
