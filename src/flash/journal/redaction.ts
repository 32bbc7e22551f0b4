import type { Text, TextArgument } from '../../core/text.ts';
import type { JournalEvent } from './events.ts';

/**
 * Everything that tells about a home or a device in it, by the name under which replies, requests and texts have it
 * (captures of `info`; `GET /device`, SonOTA). What belongs to a network is not even kept.
 */
const secrets = {
  network: ['ssid', 'bssid', 'password'],
  device: ['deviceid', 'mac', 'stamac', 'apmac', 'chipid', 'apikey'],
} as const;

const networkKeys: ReadonlySet<string> = new Set(secrets.network);
const allKeys: ReadonlySet<string> = new Set([...secrets.network, ...secrets.device]);

/** What stands where something was taken out. */
export const hidden = '…';

/** What may stand anywhere in a sentence: hardware addresses, device ids, and names made of them. */
const patterns: readonly [RegExp, string][] = [
  [/(?<![0-9a-f])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![0-9a-f])/gi, hidden],
  [/((?:ewelink|itead)[_-])[0-9a-z]+/gi, `$1${hidden}`],
  [/("deviceid\\*"\s*:\s*\\*")[^"\\]*/gi, `$1${hidden}`],
  [/(?<![0-9a-f])10[0-9a-f]{8}(?![0-9a-f])/gi, `10${hidden}`],
];

/** `line` without device ids and hardware addresses. */
export function withoutIds(line: string): string {
  return patterns.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), line);
}

/**
 * A reply or a request without names and passwords of networks. What is not JSON, or was cut off, is cut off before
 * the first of them.
 */
export function withoutNetworks(body: string): string {
  return cleanBody(body, networkKeys, (words) => words);
}

/** What was found to be secret in a run, taken out of whatever is told about it. */
export interface Redaction {
  /** A name or an address from outside. */
  words(words: string): string;
  event(event: JournalEvent): JournalEvent;
}

/**
 * Takes everything on the list above out, wherever it stands.
 *
 * @param events where secrets stand under their names
 * @param known more of them, such as an id that was typed
 */
export function redactionOf(events: readonly JournalEvent[], known: readonly string[] = []): Redaction {
  const values = new Set(known);
  for (const event of events) collect(event, values);
  const clean = cleanerOf(values);
  return { words: clean, event: (event) => redactedEvent(event, clean) };
}

/** `events` as they may be shown to others. */
export function redacted(
  events: readonly JournalEvent[],
  known: readonly string[] = [],
): readonly JournalEvent[] {
  return events.map(redactionOf(events, known).event);
}

type Clean = (words: string) => string;

/** Shorter ones are words of every sentence, and would make holes everywhere. */
const shortest = 4;

/** Takes `values` out of words wherever they stand, and what looks like an id. */
function cleanerOf(values: ReadonlySet<string>): Clean {
  // The longest first: one may be a part of another.
  const long = [...values].filter(({ length }) => length >= shortest);
  const ordered = long.sort((one, other) => other.length - one.length).map(escaped);
  const anyOfThem = ordered.length === 0 ? null : new RegExp(ordered.join('|'), 'gi');
  return (words) => withoutIds(anyOfThem === null ? words : words.replace(anyOfThem, hidden));
}

function escaped(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function redactedEvent(event: JournalEvent, clean: Clean): JournalEvent {
  switch (event.kind) {
    case 'request':
      return {
        ...event,
        url: clean(event.url),
        headers: cleanHeaders(event.headers, clean),
        body: event.body === null ? null : cleanBody(event.body, allKeys, clean),
      };
    case 'reply':
      return {
        ...event,
        url: clean(event.url),
        headers: cleanHeaders(event.headers, clean),
        body: event.body === null ? null : cleanBody(event.body, allKeys, clean),
        fault: event.fault === null ? null : clean(event.fault),
      };
    default:
      return { ...event, says: cleanText(event.says, clean) };
  }
}

function cleanHeaders(headers: Readonly<Record<string, string>>, clean: Clean) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      clean(name),
      allKeys.has(name.toLowerCase()) ? hidden : clean(value),
    ]),
  );
}

function cleanText({ id, args }: Text, clean: Clean): Text {
  if (args === undefined) return { id };
  const rows = Object.entries(args).map(([name, arg]): [string, TextArgument] => [
    name,
    allKeys.has(name.toLowerCase()) ? hidden : cleanArgument(arg, clean),
  ]);
  return { id, args: Object.fromEntries(rows) };
}

function cleanArgument(arg: TextArgument, clean: Clean): TextArgument {
  if (typeof arg === 'string') return clean(arg);
  if (typeof arg === 'number') return arg;
  if ('id' in arg) return cleanText(arg, clean);
  if ('all' in arg) return { all: arg.all.map((one) => cleanArgument(one, clean)) };
  if ('any' in arg) return { any: arg.any.map((one) => cleanArgument(one, clean)) };
  return arg;
}

function cleanBody(body: string, keys: ReadonlySet<string>, clean: Clean): string {
  const parsed = parse(body);
  if (parsed !== undefined) return JSON.stringify(cleanValue(parsed, keys, clean));
  const first = new RegExp(`((?:${[...keys].join('|')})["\\\\]*\\s*[:=]\\s*["\\\\]*).*`, 'is');
  return clean(body.replace(first, `$1${hidden}`));
}

/** Looks into texts that are JSON themselves, too, as `data` is with v1.4 (itead#34). */
function cleanValue(value: unknown, keys: ReadonlySet<string>, clean: Clean): unknown {
  if (typeof value === 'string') {
    return isJsonText(value) ? cleanBody(value, keys, clean) : clean(value);
  }
  // An id of digits alone may stand there as a number.
  if (typeof value === 'number') return clean(String(value)) === String(value) ? value : hidden;
  if (Array.isArray(value)) return value.map((one) => cleanValue(one, keys, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      clean(name),
      keys.has(name.toLowerCase()) ? hidden : cleanValue(inner, keys, clean),
    ]),
  );
}

/** A number or a word alone is JSON as well, but has no names in it. */
function isJsonText(words: string): boolean {
  return /^\s*[{[]/.test(words);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Puts every secret of `event` that stands under its name into `values`. */
function collect(event: JournalEvent, values: Set<string>): void {
  if (event.kind === 'request' || event.kind === 'reply') {
    if (event.body !== null) collectFrom(parse(event.body), values);
  } else {
    collectFrom(event.says.args, values);
  }
}

function collectFrom(value: unknown, values: Set<string>): void {
  if (typeof value === 'string') {
    if (isJsonText(value)) collectFrom(parse(value), values);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string' && allKeys.has(name.toLowerCase())) values.add(inner);
    else collectFrom(inner, values);
  }
}
