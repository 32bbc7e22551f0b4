import type { HttpRequest } from './http-request.ts';
import { configurationPage, loginPage, mainPage } from './tasmota-pages.ts';
import { statusZero } from './tasmota-status.ts';
import { headOf, isIpAddress, type WebAnswer, type WebSite } from './web-port.ts';

/** What a Tasmota is that answers on port 80. */
export interface TasmotaWebOptions {
  readonly version?: string;
  /** As it stands in brackets behind the version: `release-tasmota`, `release-lite`, `tasmota`, `sonoff`. */
  readonly image?: string;
  readonly hardware?: string;
  readonly module?: number;
  readonly moduleName?: string;
  readonly deviceName?: string;
  readonly hostname?: string;
  /** Its address in the home network; nobody's business in the Wi-Fi manager. */
  readonly address?: string;
  /** `WebPassword`; the user is admin. */
  readonly password?: string;
  /** It is an access point and asks for a Wi-Fi, as after the first flash. */
  readonly wifiManager?: boolean;
  /** `SetOption128`; off, `/cm` is answered only to Tasmota's own pages. */
  readonly httpApi?: boolean;
  /** How long the search for networks takes that every look at the Wi-Fi manager's page begins. */
  readonly scanMs?: number;
}

/** A fresh Tasmota in the home network. The ids are made up. */
export const tasmotaDefaults: Required<TasmotaWebOptions> = {
  version: '15.1.0',
  image: 'release-tasmota',
  hardware: 'ESP8285N08',
  module: 1,
  moduleName: 'Sonoff Basic',
  deviceName: 'Tasmota',
  hostname: 'tasmota-A1B2C3-0707',
  address: '192.168.1.104',
  password: '',
  wifiManager: false,
  httpApi: true,
  scanMs: 0,
};

const accessPointAddress = '192.168.4.1';

/**
 * Tasmota's web server as its source has it (arendst/Tasmota xdrv_01_9_webserver.ino, version 15; the head as the
 * ESP8266 core's ESP8266WebServer puts it together): the pages are shorter, but have the same marks.
 */
export function tasmotaSite(options: TasmotaWebOptions = {}): WebSite {
  const tasmota = { ...tasmotaDefaults, ...options };
  return { oneAtATime: true, answer: (request) => answer(tasmota, request) };
}

type Tasmota = Required<TasmotaWebOptions>;

function answer(tasmota: Tasmota, request: HttpRequest): WebAnswer | 'silence' {
  const url = new URL(request.target, 'http://tasmota');
  if (url.pathname === '/cm') return command(tasmota, request, url.searchParams);
  const host = request.headers.get('host') ?? '';
  if (tasmota.wifiManager && !isIpAddress(host)) return captive;
  if (url.pathname === '/') return root(tasmota, request);
  const text = `File Not Found\n\nURI: ${url.pathname}\nMethod: ${request.method}\nArguments: 0\n`;
  return page(tasmota, '404 Not Found', 'text/plain', text);
}

/** `HandleHttpCommand`: refused without a byte where `SetOption128` is off; then the password; then the command. */
function command(tasmota: Tasmota, request: HttpRequest, query: URLSearchParams): WebAnswer | 'silence' {
  const isOwnPage = [tasmota.address, tasmota.hostname].some((own) =>
    request.headers.get('referer')?.toLowerCase().startsWith(`http://${own.toLowerCase()}`),
  );
  if (!tasmota.httpApi && !tasmota.wifiManager && !isOwnPage) return 'silence';
  const named = query.get('user') === 'admin' && query.get('password') === tasmota.password;
  if (!mayEnter(tasmota, request) && !named) {
    const warning = '{"WARNING":"Need user=<username>&password=<password>"}';
    return page(tasmota, '401 Unauthorized', 'application/json', warning);
  }
  return page(tasmota, '200 OK', 'application/json', result(tasmota, query.get('cmnd') ?? ''));
}

function result(tasmota: Tasmota, cmnd: string): string {
  if (cmnd === '') return '{"WARNING":"Enter command cmnd="}';
  return /^status ?0$/i.test(cmnd.trim()) ? statusZero(tasmota) : '{"Command":"Unknown"}';
}

/** `HandleRoot`. The password's 401 comes from the core, without Tasmota's own headers. */
function root(tasmota: Tasmota, request: HttpRequest): WebAnswer {
  const html = (text: string) => page(tasmota, '200 OK', 'text/html', text);
  if (!tasmota.wifiManager) return mayEnter(tasmota, request) ? html(mainPage(tasmota)) : wantsPassword;
  if (tasmota.password !== '') return html(loginPage(tasmota));
  return { ...html(configurationPage(tasmota)), pauseMs: tasmota.scanMs };
}

function mayEnter({ password }: Tasmota, { headers }: HttpRequest): boolean {
  const basic = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
  return password === '' || headers.get('authorization') === basic;
}

/** `WSContentBegin`: Content-Type goes in front of what Tasmota adds, the rest behind it. */
function page({ version, hardware }: Tasmota, status: string, type: string, text: string): WebAnswer {
  const head = headOf(status, [
    ['Content-Type', type],
    // Tasmota has 32 bytes for it, the last of them a zero.
    ['Server', `Tasmota/${version} (${hardware})`.slice(0, 31)],
    ['Cache-Control', 'no-cache, no-store, must-revalidate'],
    ['Pragma', 'no-cache'],
    ['Expires', '-1'],
    ['Accept-Ranges', 'none'],
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'close'],
  ]);
  return { head, body: chunked(Buffer.from(text)) };
}

const chunkBytes = 500;

function chunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += chunkBytes) {
    const chunk = body.subarray(at, at + chunkBytes);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

const wantsPassword: WebAnswer = {
  head: headOf('401 Unauthorized', [
    ['Content-Type', 'text/html'],
    ['WWW-Authenticate', 'Basic realm="Login Required"'],
    ['Content-Length', '0'],
    ['Connection', 'close'],
  ]),
  body: Buffer.alloc(0),
};

/** `CaptivePortal`: whoever asks the access point for a name is sent to its address, without Tasmota's headers. */
const captive: WebAnswer = {
  head: headOf('302 Found', [
    ['Content-Type', 'text/plain'],
    ['Location', `http://${accessPointAddress}`],
    ['Content-Length', '0'],
    ['Connection', 'close'],
  ]),
  body: Buffer.alloc(0),
};
