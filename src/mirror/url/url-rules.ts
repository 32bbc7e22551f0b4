/*
 * What address of a file a device can be told. A leaf: imports core.
 */
import { failed, type Result, success } from '../../core/result.ts';
import { refusedHost } from './refused-hosts.ts';
import { fileRule, textFailures, type UrlFailure, type UrlRule, urlRules } from './url-problems.ts';

export type { UrlFailure, UrlProblem } from './url-problems.ts';

/**
 * An address that the device can download from. `href` is the one spelling used everywhere: what the browser
 * fetches is what the device is told, letter by letter. `host` has the port unless it is 80; `path` begins
 * with `/`; `file` is the last part of the path, percent-encoded as in `href`.
 */
export interface DownloadUrl {
  readonly href: string;
  readonly origin: string;
  readonly host: string;
  readonly path: string;
  readonly file: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what this looks for
const blank = /[\s\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060\ufeff]/;
const scheme = /^[a-z][a-z0-9+.-]*:/i;
/** `name.tld/…`, `1.2.3.4/…` or `host:8080/…`: an address whose `http://` was forgotten. */
const hostFirst = /^(?:[^/:]*\.[a-z]{2,}|\d{1,3}(?:\.\d{1,3}){3}|[^/:]+(?=:\d+\/))(?::\d+)?\//i;

/** Parses `input` and tells the first thing that is wrong with it by `rules`. Never throws. */
export function parseByRules(
  input: string,
  rules: readonly UrlRule[],
  base?: string,
): Result<URL, UrlFailure> {
  const typed = input.trim();
  if (typed === '') return failed(textFailures.empty);
  if (blank.test(typed)) return failed(textFailures.whitespace);
  if (!URL.canParse(typed, base)) return failed(textFailures['not-a-url']);
  const url = new URL(typed, base);
  const refused = refusedHost(url.hostname);
  if (refused) return failed({ kind: 'refused-host', sentence: refused.sentence, action: refused.action });
  const rule = rules.find(({ broken }) => broken(url));
  if (!rule) return success(url);
  return failed({ kind: rule.problem, sentence: rule.sentence(url), action: rule.action });
}

const fileRules = [...urlRules, fileRule];

function downloadUrl(url: URL): DownloadUrl {
  return {
    href: url.href,
    origin: url.origin,
    host: url.host,
    path: url.pathname,
    file: url.pathname.slice(url.pathname.lastIndexOf('/') + 1),
  };
}

/** Reads a whole address. The value is what the device can be told; the failure says why it cannot. */
export function parseDownloadUrl(input: string): Result<DownloadUrl, UrlFailure> {
  if (hostFirst.test(input.trim())) return withoutScheme(input);
  const parsed = parseByRules(input, fileRules);
  return parsed.ok ? success(downloadUrl(parsed.value)) : parsed;
}

/** An address without `http://`: says what is wrong with its host, where that is known, or asks for http://. */
function withoutScheme(input: string): Result<never, UrlFailure> {
  const parsed = parseByRules(`http://${input.trim()}`, fileRules);
  return failed(
    !parsed.ok && parsed.failure.kind === 'refused-host' ? parsed.failure : textFailures['no-scheme'],
  );
}

/**
 * Reads what was typed or picked as the firmware: the name of a file in the folder `mirrorBase`
 * (`http://host[:port]/dir/`), or a whole address.
 */
export function resolveFirmware(input: string, mirrorBase: string): Result<DownloadUrl, UrlFailure> {
  const typed = input.trim();
  if (scheme.test(typed) || hostFirst.test(typed)) return parseDownloadUrl(typed);
  const parsed = parseByRules(typed, fileRules, mirrorBase);
  if (!parsed.ok) return parsed;
  if (!parsed.value.href.startsWith(mirrorBase)) return failed(textFailures.outside);
  return success(downloadUrl(parsed.value));
}
