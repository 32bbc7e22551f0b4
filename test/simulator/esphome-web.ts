import { gzipSync } from 'node:zlib';
import type { HttpRequest } from './http-request.ts';
import { headOf, isIpAddress, type WebAnswer, type WebSite } from './web-port.ts';

/** What an ESPHome is that answers on port 80. */
export interface EsphomeWebOptions {
  readonly name?: string;
  readonly friendlyName?: string;
  /**
   * `v1`, `v2`, `v3`: the web server, its script from the Internet; `v3-local`: with a script of its own.
   * `portal-2019`, `portal-2021`, `portal-2025`: the captive portal of the access point, since that year.
   */
  readonly shows?: 'v1' | 'v2' | 'v3' | 'v3-local' | 'portal-2019' | 'portal-2021' | 'portal-2025';
  /** `auth` of the web server. */
  readonly locked?: boolean;
}

type Esphome = Required<EsphomeWebOptions>;

const defaults: Esphome = { name: 'sonoff-basic', friendlyName: '', shows: 'v2', locked: false };
const accessPoint = '192.168.4.1';

/**
 * ESPHome's web server and captive portal as their sources have them (esphome web_server, captive_portal; the head as
 * ESPAsyncWebServer's WebResponses.cpp puts it together, no Server header): the pages are shorter, with the same marks.
 */
export function esphomeSite(options: EsphomeWebOptions = {}): WebSite {
  const esphome = { ...defaults, ...options };
  const isPortal = esphome.shows.startsWith('portal');
  return {
    oneAtATime: false,
    answer: (request) => (isPortal ? portal(esphome, request) : server(esphome, request)),
  };
}

function server({ name, friendlyName, shows, locked }: Esphome, { target }: HttpRequest): WebAnswer {
  const isKnown = target === '/' || target === '/events';
  if (!isKnown) return answer('404 Not Found', '', '');
  if (locked) return wantsPassword;
  if (target === '/events') return events(friendlyName || name);
  if (shows === 'v3-local') return packed(longPage);
  return answer('200 OK', 'text/html', shows === 'v1' ? firstPage(name) : appPage(shows));
}

/** The old ones answer `/` and their own files, and redirect or refuse the rest; the one of 2025 has one page for all. */
function portal({ name, shows }: Esphome, { target, headers }: HttpRequest): WebAnswer {
  if (shows !== 'portal-2019' && target === '/config.json')
    return answer('200 OK', 'application/json', configuration(name));
  if (shows === 'portal-2025') return packed(portalPage);
  if (target === '/')
    return shows === 'portal-2019' ? answer('200 OK', 'text/html', oldPortalPage(name)) : packed(portalPage);
  if (isIpAddress(headers.get('host') ?? '')) return answer('404 Not Found', 'text/html', 'File not found');
  return answer('302 Found', '', '', [['Location', `http://${accessPoint}`]]);
}

/** AsyncBasicResponse; the default header is added first. */
function answer(
  status: string,
  type: string,
  body: string | Uint8Array,
  more: readonly (readonly [string, string])[] = [],
): WebAnswer {
  const bytes = Buffer.from(body);
  const head = headOf(status, [
    ['Content-Length', String(bytes.length)],
    ...(type === '' ? [] : [['Content-Type', type] as const]),
    ['Access-Control-Allow-Origin', '*'],
    ...more,
    ['Connection', 'close'],
    ['Accept-Ranges', 'none'],
  ]);
  return { head, body: bytes };
}

/** Packed whether or not the browser asked for it. */
function packed(page: string): WebAnswer {
  return answer('200 OK', 'text/html', gzipSync(page), [['Content-Encoding', 'gzip']]);
}

const wantsPassword = answer('401 Unauthorized', '', '', [
  [
    'WWW-Authenticate',
    'Digest realm="asyncesp", qop="auth", nonce="00112233445566778899aabbccddeeff", opaque="ffeeddccbbaa99887766554433221100"',
  ],
]);

/** AsyncEventSource: the configuration at once, then states for as long as somebody listens. */
function events(title: string): WebAnswer {
  const head = headOf('200 OK', [
    ['Content-Type', 'text/event-stream'],
    ['Access-Control-Allow-Origin', '*'],
    ['Cache-Control', 'no-cache'],
    ['Connection', 'keep-alive'],
    ['Accept-Ranges', 'none'],
  ]);
  const first = JSON.stringify({ title, comment: '', ota: true, log: true, lang: 'en' });
  const state = JSON.stringify({ id: 'switch-relay', value: false, state: 'OFF' });
  const body = `retry: 30000\r\nid: 4711\r\nevent: ping\r\ndata: ${first}\r\n\r\nevent: state\r\ndata: ${state}\r\n\r\n`;
  return { head, body: Buffer.from(body), staysOpen: true };
}

function firstPage(name: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset=UTF-8><title>${name}</title></head><body><article class="markdown-body"><h1>${name}</h1><table id="states"></table><p>See <a href="https://esphome.io/web-api/index.html">ESPHome Web API</a>.</p></article></body></html>`;
}

function appPage(version: string): string {
  return `<!DOCTYPE html><html><head><meta charset=UTF-8><link rel=icon href=data:></head><body><esp-app></esp-app><script src="https://oi.esphome.io/${version}/www.js"></script></body></html>`;
}

/** 222 kB of script come before the element that the script fills (server_index_v3.h). */
const longPage = `<!doctype html><html><head><meta charset=UTF-8><script type=module>${'var a=0;'.repeat(27_000)}</script></head><body><esp-app></esp-app></body></html>`;

const portalPage = `<!doctype html><html lang=en><head><meta charset=UTF-8 /><script type=module>fetch("/config.json")</script><style>.network-left{display:flex}</style></head><body><main><h1 id=mac>MAC Address</h1><h1 id=h1>WiFi Networks</h1><form action=/wifisave><input id=ssid name=ssid><input id=psk name=psk type=password></form></main></body></html>`;

function oldPortalPage(name: string): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><title>${name}</title></head><body><div class="main"><h1>WiFi Networks</h1><div class="network"><a href="#" class="network-left"><span class="network-ssid">simulated</span></a></div><form method="GET" action="/wifisave"><input id="ssid" name="ssid"><input id="psk" name="psk" type="password"></form></div></body></html>`;
}

/** The first network is an empty one, so that each of the others can begin with a comma. */
function configuration(name: string): string {
  return `{"mac":"02:00:5E:A1:B2:C3","name":"${name}","aps":[{},{"ssid":"simulated","rssi":-52,"lock":1}]}`;
}
