/** Keys of replies and requests whose values tell about a person's home (captures of `info`). */
const secretKeys: ReadonlySet<string> = new Set(['ssid', 'bssid', 'password']);

const hidden = '…';

/**
 * A reply or a request without the values that tell about a person's home. What is not JSON, or was cut off, is
 * cut off before the first of them.
 */
export function withoutNetworks(text: string): string {
  const parsed = parse(text);
  if (parsed !== undefined) return JSON.stringify(parsed, hide);
  return text.replace(/((?:ssid|password)["\\]*\s*[:=]\s*["\\]*).*/is, `$1${hidden}`);
}

/** Replaces secret values; looks into `data` that came as a text, too (v1.4, itead#34). */
function hide(key: string, value: unknown): unknown {
  if (secretKeys.has(key.toLowerCase())) return hidden;
  if (key !== 'data' || typeof value !== 'string') return value;
  return withoutNetworks(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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
