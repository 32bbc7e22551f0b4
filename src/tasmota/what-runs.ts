/*
 * What answers on port 80 after the flash. A leaf: imports core.
 */
import type { Clock } from '../core/clock.ts';
import type { Found } from './found.ts';
import { type Answer, get, type Heard } from './get.ts';
import {
  isEsphomePage,
  isEsphomePortal,
  isTasmotaPage,
  isTasmotaSetup,
  nameInEvents,
  nameInPortal,
  titleOf,
} from './pages.ts';
import { patience } from './patience.ts';
import { esphomeAt, otherAt, tasmotaAt } from './sentences.ts';
import { nothingAt } from './silences.ts';
import { type Details, readServer, readStatus, unknownDetails } from './status.ts';
import { words } from './words.ts';

/** What a look needs from outside. */
export interface LookTools {
  readonly fetch: typeof fetch;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal;
  /** Why a rejected `fetch` was rejected: a `Silence`, or any other word for what cannot be told. */
  faultOf(error: unknown): string;
}

/** Silences after which a second question may still be answered: Tasmota with `SetOption128 0` hangs up on `/cm`. */
const worthAnother: ReadonlySet<string> = new Set(['reset', 'empty-reply', 'no-connection']);

/**
 * Asks port 80 of `host` what runs there. At most four requests, one after the other, in `patience` milliseconds;
 * nothing is changed there. Never rejects.
 *
 * @param host as it stands in a URL, without a port; whether the browser lets it be asked is the caller's question
 */
export async function whatRuns(host: string, tools: LookTools): Promise<Found> {
  const late = new AbortController();
  const timer = new AbortController();
  tools.clock.sleep(patience, timer.signal).then(
    () => late.abort(new DOMException('the time is up', 'TimeoutError')),
    () => {},
  );
  const signal = AbortSignal.any([tools.signal, late.signal]);
  const ask: Ask = (path, enough) => get(`http://${host}${path}`, { fetch: tools.fetch, signal }, enough);
  const why = (error: unknown): string => {
    if (tools.signal.aborted) return 'cancelled';
    return late.signal.aborted ? 'time-out' : tools.faultOf(error);
  };
  try {
    return await look(host, ask, why);
  } finally {
    timer.abort();
  }
}

type Ask = (path: string, enough?: (body: string) => boolean) => Promise<Heard>;

/**
 * Tasmota's command comes first: it is answered by the access point of a new Tasmota as well, at once and for every
 * name. Its page at `/` would have it search for networks there, deaf for seconds, and finish a set-up in progress.
 */
async function look(host: string, ask: Ask, why: (error: unknown) => string): Promise<Found> {
  const command = await ask('/cm?cmnd=Status%200');
  if (!command.ok) {
    const fault = why(command.error);
    if (!worthAnother.has(fault)) return nothingAt(host, fault);
  }
  const told = command.ok ? byCommand(host, command.answer) : null;
  if (told?.kind === 'found') return told.found;
  const page = await ask('/');
  if (told !== null) {
    const isSetup = page.ok && isTasmotaSetup(page.answer.body);
    return tasmotaAt(host, isSetup ? 'setup' : 'running', told.details);
  }
  if (!page.ok) return command.ok ? byPage(host, command.answer) : nothingAt(host, why(page.error));
  return (await esphome(host, page.answer, ask)) ?? byPage(host, page.answer);
}

type Told =
  | { readonly kind: 'found'; readonly found: Found }
  /** Tasmota, but it did not say in which state. */
  | { readonly kind: 'hint'; readonly details: Details };

function byCommand(host: string, { server, status, body }: Answer): Told | null {
  const header = readServer(server);
  const said = readStatus(body);
  if (said === 'locked' || (header !== null && status === 401)) {
    return { kind: 'found', found: tasmotaAt(host, 'locked', header ?? unknownDetails) };
  }
  if (said === null) return header && { kind: 'hint', details: header };
  const details = { ...said.details, version: said.details.version ?? header?.version ?? null };
  return { kind: 'found', found: tasmotaAt(host, details.hasNoNetwork ? 'setup' : 'running', details) };
}

async function esphome(host: string, { status, server, body }: Answer, ask: Ask): Promise<Found | null> {
  if (isEsphomePortal(body)) return esphomeAt(host, 'setup', (await portalName(ask)) ?? titleOf(body));
  if (isEsphomePage(body)) return esphomeAt(host, 'running', (await eventName(ask)) ?? titleOf(body));
  // Its page may be too long, or packed so that this browser cannot read it. It never has a Server header.
  if (status !== 200 || server !== '' || isTasmotaPage(body)) return null;
  const running = await eventName(ask);
  if (running !== undefined) return esphomeAt(host, 'running', running);
  const waiting = await portalName(ask);
  return waiting === undefined ? null : esphomeAt(host, 'setup', waiting);
}

/** In characters. The configuration comes first, or after a few lines of the log. */
const firstEvents = 8_192;

/** `/events` never ends; its first event is all that is wanted. */
async function eventName(ask: Ask): Promise<string | null | undefined> {
  const enough = (events: string) => {
    const title = events.indexOf('"title"');
    return events.length > firstEvents || (title >= 0 && events.indexOf('\n', title) >= 0);
  };
  const heard = await ask('/events', enough);
  return heard.ok ? nameInEvents(heard.answer.body) : undefined;
}

async function portalName(ask: Ask): Promise<string | null | undefined> {
  const heard = await ask('/config.json');
  return heard.ok ? nameInPortal(heard.answer.body) : undefined;
}

function byPage(host: string, { status, server, body }: Answer): Found {
  const header = readServer(server);
  if (header !== null || isTasmotaPage(body)) {
    return tasmotaAt(host, isTasmotaSetup(body) ? 'setup' : 'running', header ?? unknownDetails);
  }
  const shows = status === null ? 'redirect' : status === 401 ? 'password' : 'page';
  return otherAt(host, { shows, server: words(server), title: titleOf(body) });
}
