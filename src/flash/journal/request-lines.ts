import { type Text, text } from '../../core/text.ts';
import type { RequestEvent } from './events.ts';
import { hidden, redacted } from './redaction.ts';

/** The shells that a request can be pasted into. `curl` is for sh; `powershell` for 5.1 and later, without curl. */
export type Shell = 'curl' | 'powershell';

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const flashes = /\/zeroconf\/ota_flash$/;

/**
 * A request as a line that sends it once more. A line that must not be sent as it is stands behind a `#`, so that
 * pasting it does nothing: `ota_flash`, and what had a secret in it without which it would mean something else. The
 * Device ID is left out, since most devices do without.
 *
 * @param request redacted together with its run, since some secrets are known only from there
 */
export function requestLine(request: RequestEvent, shell: Shell, render: (text: Text) => string): string {
  const [event] = redacted([request]);
  if (event?.kind !== 'request') return '';
  const { method, url, headers } = event;
  const body = event.body === null ? null : withoutHiddenId(event.body);
  const isIncomplete = url.includes(hidden) || body?.includes(hidden) === true;
  const sent = { method, url, headers, body: body === null || isIncomplete ? body : inAscii(body) };
  const line = shell === 'curl' ? curlLine(sent) : powershellLine(sent);
  if (flashes.test(url.replace(/[?#].*$/, ''))) {
    return asComment(render(text('journal_not_again', 'Do not send this again:')), line);
  }
  if (isIncomplete) return asComment(render(text('journal_fill_in', 'Fill in what is hidden first:')), line);
  return line;
}

/** Every line of it: a body may have several. */
function asComment(mark: string, line: string): string {
  return `${mark} ${line}`
    .split(/\r\n|[\r\n]/)
    .map((part) => `# ${part}`)
    .join('\n');
}

function withoutHiddenId(body: string): string {
  const parsed = parse(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return body;
  const rest = Object.entries(parsed).filter(([name, value]) => name !== 'deviceid' || value !== hidden);
  return JSON.stringify(Object.fromEntries(rest));
}

/** JSON in signs that every console and every PowerShell sends alike. */
function inAscii(body: string): string {
  if (parse(body) === undefined) return body;
  // Single code units, as JSON has them.
  return body.replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function curlLine({ method, url, headers, body }: Sent): string {
  return [
    'curl --include --globoff',
    // A device at home is not to be reached through a proxy.
    ...(method === 'POST' ? ["--noproxy '*'"] : []),
    `--request ${method}`,
    ...Object.entries(headers).map(([name, value]) => `--header ${forSh(`${name}: ${value}`)}`),
    // `--data` alone would read a file where a body begins with @.
    ...(body === null ? [] : [`--data-raw ${forSh(body)}`]),
    `--url ${forSh(url)}`,
  ].join(' ');
}

/** In single quotes sh reads nothing but their end. */
function forSh(words: string): string {
  return `'${words.replaceAll("'", "'\\''")}'`;
}

/**
 * `curl` is another command in PowerShell 5.1, and quotes in what is handed to curl.exe get lost there (up to 7.2), so
 * it is PowerShell's own command.
 */
function powershellLine({ method, url, headers, body }: Sent): string {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
  const pairs = others.map(([name, value]) => `${forPowershell(name)} = ${forPowershell(value)}`);
  return [
    `Invoke-WebRequest -UseBasicParsing -Method ${method === 'POST' ? 'Post' : 'Get'}`,
    `-Uri ${forPowershell(url)}`,
    ...(type === undefined ? [] : [`-ContentType ${forPowershell(type)}`]),
    ...(pairs.length === 0 ? [] : [`-Headers @{ ${pairs.join('; ')} }`]),
    ...(body === null ? [] : [`-Body ${forPowershell(body)}`]),
  ].join(' ');
}

/** PowerShell takes typographic quotes for single ones too; each is doubled. */
function forPowershell(words: string): string {
  return `'${words.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}
