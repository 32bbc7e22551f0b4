import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserKind } from './types.ts';

const page = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Sample</title>
  <link rel="stylesheet" href="page.css">
</head>
<body>
  <main>
    <h1>Sample <span id="dark">in the dark</span></h1>
    <label>Address <input id="address" placeholder="192.168.1.104"></label>
    <p>You typed: <output id="typed" aria-label="Typed"></output></p>
    <label for="mirror">Mirror</label>
    <select id="mirror"><option>First</option><option>Second</option><option>Third</option><option>Fourth</option></select>
    <p>Choices made: <output id="choices" aria-label="Choices made">0</output></p>
    <button id="ask" type="button">Ask for permission</button>
    <button id="ping" type="button">Ping</button>
    <button id="late" type="button" disabled>Comes later</button>
    <button id="fetch" type="button">Fetch</button>
    <button id="fail" type="button">Fail</button>
    <button id="tab" type="button">Open in a tab</button>
    <p hidden>Nobody sees this</p>
    <dl><dt>Starts of the background</dt><dd id="starts"></dd></dl>
    <progress aria-label="Progress" max="100" value="40"></progress>
    <p role="status" id="status"></p>
    <div role="alert" id="alert"></div>
  </main>
  <script src="page.js"></script>
</body>
</html>
`;

const css = `
:root { color-scheme: light dark; }
body { width: 320px; margin: 20px; font: 14px sans-serif; background: Canvas; color: CanvasText; }
@media (prefers-color-scheme: light) { #dark { display: none; } }
`;

const pageScript = `
const api = globalThis.browser ?? chrome;
const element = (id) => document.getElementById(id);
const showStarts = async () => {
  const { starts } = await api.storage.session.get('starts');
  element('starts').textContent = String(starts ?? 0);
};
api.storage.onChanged.addListener(showStarts);
void showStarts();
element('address').addEventListener('input', (event) => { element('typed').textContent = event.target.value; });
let choices = 0;
element('mirror').addEventListener('change', () => { choices += 1; element('choices').textContent = String(choices); });
const ask = async (origin) => {
  element('status').textContent = 'asking';
  try {
    element('status').textContent = await api.permissions.request({ origins: [origin] }) ? 'granted' : 'denied';
  } catch (error) { element('alert').textContent = String(error); }
};
element('ask').addEventListener('click', () => ask('http://' + (new URL(element('address').value).hostname) + '/*'));
element('mirror').addEventListener('change', (event) => { if (event.target.value === 'Fourth') void ask('http://mirror.test/*'); });
element('ping').addEventListener('click', async () => {
  element('status').textContent = await api.runtime.sendMessage('ping');
});
element('fetch').addEventListener('click', async () => {
  const has = await api.permissions.contains({ origins: ['http://device.test/*'] });
  element('status').textContent = (has ? 'allowed' : 'not allowed') + ': '
    + await api.runtime.sendMessage(element('address').value);
});
element('fail').addEventListener('click', () => { console.error('handed to the console'); throw new Error('thrown by the page'); });
element('tab').addEventListener('click', () => api.tabs.create({ url: 'page.html?tab' }));
setTimeout(() => { element('late').disabled = false; }, 300);
`;

const background = `
const api = globalThis.browser ?? chrome;
const started = (async () => {
  const { starts } = await api.storage.session.get('starts');
  await api.storage.session.set({ starts: (starts ?? 0) + 1 });
})();
api.runtime.onMessage.addListener((message, sender, answer) => {
  const work = message === 'ping'
    ? started.then(() => 'pong')
    : fetch(message).then((response) => response.text(), (error) => error.name);
  work.then(answer);
  return true;
});
`;

/** Writes an extension that has of everything one, for the harness to prove itself on. */
export function writeSampleExtension(folder: string, kind: BrowserKind): void {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Sample',
    version: '1',
    permissions: ['storage'],
    optional_host_permissions: ['http://*/*', 'https://*/*'],
    action: { default_popup: 'page.html' },
    content_security_policy: {
      extension_pages: "default-src 'none'; script-src 'self'; style-src 'self'; connect-src http: https:",
    },
    ...(kind === 'chromium'
      ? { background: { service_worker: 'background.js' } }
      : {
          background: { scripts: ['background.js'] },
          browser_specific_settings: {
            gecko: {
              id: 'sample@harness.test',
              strict_min_version: '142.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'page.html'), page);
  writeFileSync(join(folder, 'page.css'), css);
  writeFileSync(join(folder, 'page.js'), pageScript);
  writeFileSync(join(folder, 'background.js'), background);
}
