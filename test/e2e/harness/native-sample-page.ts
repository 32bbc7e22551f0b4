import { nativeBrowser } from '../../../src/browser/local-mirror.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { type LocalMirrorClient, openLocalMirror } from '../../../src/flash/this-computer/client.ts';
import type { LocalMirrorTrouble } from '../../../src/flash/this-computer/troubles.ts';

/** The script of the native sample's page: the real client, and as much of a page as shows what it does. */
function show(id: string, words: string): void {
  const element = document.getElementById(id);
  if (element) element.textContent = words;
}

const say = ({ sentence, action }: LocalMirrorTrouble) =>
  show('state', `${inEnglish(sentence)} ${inEnglish(action)}`);

let client: LocalMirrorClient | undefined;
const fetched = new Set<number>();

async function connect(): Promise<void> {
  show('state', 'Connecting');
  const opened = await openLocalMirror(nativeBrowser, systemClock, '1', {
    happened(event) {
      if (event.type === 'range') show('parts', String(fetched.add(event.from).size));
      if (event.type === 'verdict') show('verdict', String(event.error));
    },
    lost: say,
  });
  if (!opened.ok) return say(opened.trouble);
  client = opened.value;
  const ends = client.welcome.downloads.map(({ end }) => (end?.kind === 'verdict' ? end.error : end?.kind));
  show('before', ends.join(', '));
  show('state', `Connected to ${client.welcome.program}`);
}

async function serve(): Promise<void> {
  if (!client) return;
  const bytes = new Uint8Array(await (await fetch('image.bin')).arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const taken = await client.take('tasmota-lite.bin', bytes, sha256);
  if (!taken.ok) return say(taken.trouble);
  const url = await client.serve(sha256, '127.0.0.1');
  if (!url.ok) return say(url.trouble);
  const expected = await client.expect(sha256, '127.0.0.1');
  if (!expected.ok) return say(expected.trouble);
  show('url', url.value);
  show('digest', sha256);
  show('state', `Serving ${taken.value}`);
}

document.getElementById('connect')?.addEventListener('click', () => void connect());
document.getElementById('serve')?.addEventListener('click', () => void serve());
