import type { Exchange } from '../../zeroconf/client/client.ts';
import { hidden } from '../journal/redaction.ts';

/** A text without its passwords, and the passwords that were in it. */
export interface WithoutPasswords {
  readonly text: string;
  readonly passwords: readonly string[];
}

const secretKey = /pass|psk|secret/i;

/** How a string begins that may be JSON itself. */
const innerJson = /^\s*["{[]/;

/**
 * The body of a request without the values of keys that name a password. One that cannot be read as JSON and
 * speaks of a password becomes empty, since nobody can say where that ends.
 */
export function withoutPasswords(body: string): WithoutPasswords {
  const json = parse(body);
  if (json === undefined) return { text: secretKey.test(body) ? '' : body, passwords: [] };
  const passwords: string[] = [];
  let isUnreadable = false;
  const text = JSON.stringify(json, (key, value: unknown) => {
    if (secretKey.test(key)) {
      passwords.push(...stringsIn(value));
      return hidden;
    }
    // v1.4 devices were also sent `data` as a JSON string (itead#13).
    if (typeof value !== 'string' || !(key === 'data' || innerJson.test(value))) return value;
    const inner = withoutPasswords(value);
    isUnreadable ||= inner.text === '' && value !== '';
    passwords.push(...inner.passwords);
    return inner.text;
  });
  if (isUnreadable) return { text: '', passwords };
  // As it was typed, where there is nothing to hide.
  return text.includes(hidden) || passwords.length > 0 ? { text, passwords } : { text: body, passwords };
}

/**
 * `text` in which none of the passwords stands any more, plain or as JSON writes it; nor the beginning of one, where
 * the text was `cut`.
 */
export function concealed(text: string, passwords: readonly string[], cut = false): string {
  const spellings = passwords
    .filter((password) => password !== '')
    .flatMap((password) => [JSON.stringify(password).slice(1, -1), password]);
  const longest = Math.max(0, ...spellings.map(({ length }) => length));
  const clean = spellings.reduce((rest, password) => rest.replaceAll(password, hidden), text);
  return cut && longest > 0 ? `${clean.slice(0, -longest)}${hidden}` : clean;
}

/** An exchange without passwords, whatever the device has said. The client leaves them out of the request. */
export function exchangeWithout(passwords: readonly string[], exchange: Exchange): Exchange {
  const { replyText, error } = exchange;
  return {
    ...exchange,
    ...(replyText === undefined
      ? {}
      : { replyText: concealed(replyText, passwords, replyText.endsWith(hidden)) }),
    ...(error === undefined ? {} : { error: concealed(error, passwords) }),
  };
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(stringsIn);
  return [String(value)];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
