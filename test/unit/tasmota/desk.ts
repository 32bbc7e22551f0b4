import { systemClock } from '../../../src/core/clock.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import type { Found } from '../../../src/tasmota/found.ts';
import { type LookTools, whatRuns } from '../../../src/tasmota/what-runs.ts';
import { faultOf } from '../../../src/zeroconf/errors/fault.ts';
import { WebPort, type WebSite } from '../../simulator/web-port.ts';

/** What a look needs, with a `fetch` of the test's own. */
export function toolsWith(fetch: LookTools['fetch'], more: Partial<LookTools> = {}): LookTools {
  return { fetch, clock: systemClock, signal: new AbortController().signal, faultOf, ...more };
}

/** Looks at a site on a real connection. `host` is where it seems to be: an IP address, or a name. */
export async function lookAtSite(site: WebSite, host = '192.168.1.104') {
  const port = new WebPort(site);
  const listening = await port.open();
  // Node sends the Host of the URL; a portal looks whether it is an address.
  const real = `http://${/^[\d.]+$/.test(host) ? '127.0.0.1' : 'localhost'}:${listening}`;
  const sent: RequestInit[] = [];
  const send: typeof fetch = (input, init) => {
    sent.push(init ?? {});
    return fetch(String(input).replace(`http://${host}`, real), init);
  };
  try {
    const found = await whatRuns(host, toolsWith(send));
    return { found, sent, asked: port.heard.map(({ method, target }) => `${method} ${target}`) };
  } finally {
    await port.close();
  }
}

/** What a person reads. */
export function wordsOf(found: Found): string {
  return 'action' in found ? `${inEnglish(found.said)} ${inEnglish(found.action)}` : inEnglish(found.said);
}
