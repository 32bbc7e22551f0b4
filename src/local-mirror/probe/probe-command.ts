/*
 * Asking a mirror on the wire, byte by byte as the device does, and what is wrong with the answers.
 */
import type { Answer, Check } from '../../core/check.ts';
import { systemClock } from '../../core/clock.ts';
import { inEnglish } from '../../core/render-text.ts';
import { parseDownloadUrl, type UrlProblem } from '../../mirror/url/url-rules.ts';
import { onInterruption } from '../interruptions.ts';
import { printable, type Terminal } from '../terminal.ts';
import { downloadAsDevice } from './device-download.ts';
import { type ProbeReport, reportOn } from './probe-report.ts';

const marks: Record<Answer, string> = { pass: '✓', warn: '!', fail: '✗', unknown: '?' };

/** What is no address at all; everything else is an address that the device cannot use. */
const nonsense: readonly UrlProblem[] = ['empty', 'whitespace', 'not-a-url', 'no-scheme'];

/** `mirror probe URL`. Resolves with 0 when a device would get the whole file, with 1 when it would fail. */
export async function probe(
  { url: text, json }: { readonly url: string; readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const url = parseDownloadUrl(text);
  if (!url.ok) {
    const { kind, ...failure } = url.failure;
    const [sentence, action] = [inEnglish(failure.sentence), inEnglish(failure.action)];
    const check: Check<string> = { id: 'address', title: 'Address', answer: 'fail', sentence, action };
    if (json) terminal.out(JSON.stringify({ event: 'probe', url: text, ok: false, checks: [check] }));
    else terminal.err(lineOf(check));
    return nonsense.includes(kind) ? 2 : 1;
  }
  const cut = new AbortController();
  let interrupted: number | null = null;
  const deafen = onInterruption(({ status }) => {
    interrupted = status;
    cut.abort();
  });
  terminal.err('Fetching the whole file as a device does. This takes up to 180 s.');
  const log = await downloadAsDevice(url.value, systemClock, cut.signal);
  deafen();
  if (interrupted !== null) {
    terminal.err('Stopped. The mirror was not asked to the end.');
    return interrupted;
  }
  const report = reportOn(url.value.href, url.value.file, log);
  if (json) terminal.out(JSON.stringify({ event: 'probe', ...report }));
  else for (const line of linesOf(report)) terminal.out(printable(line));
  return report.ok ? 0 : 1;
}

function linesOf({ url, ok, headers, statusLine, sha256, checks }: ProbeReport): string[] {
  return [
    `${url}: ${ok ? 'a device can download this' : 'a device would fail'}`,
    ...checks.map(lineOf).flatMap((line) => line.split('\n')),
    ...(statusLine === null
      ? []
      : ['The first answer:', `  ${statusLine}`, ...headers.map((line) => `  ${line}`)]),
    ...(sha256 === null ? [] : [`SHA-256 ${sha256}`]),
  ];
}

function lineOf({ answer, title, sentence, action }: Check<string>): string {
  const line = `  ${marks[answer]} ${title}: ${sentence}`;
  return action === undefined || answer === 'pass' ? line : `${line}\n      ${action}`;
}
