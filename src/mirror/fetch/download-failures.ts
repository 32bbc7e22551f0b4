import { wordsOf } from '../../core/error-words.ts';
import { keysOf } from '../../core/keys.ts';
import type { Failure } from '../../core/result.ts';
import { type Text, type TextArgument, text } from '../../core/text.ts';
import { another } from '../sentences.ts';

/** How fetching a file from a mirror can fail. `no-permission` is for the shell, which alone can know it. */
export type DownloadProblem =
  | 'no-permission'
  | 'https-only'
  | 'unreachable'
  | 'cancelled'
  | 'redirect'
  | 'not-found'
  | 'forbidden'
  | 'server-error'
  | 'status'
  | 'encoded'
  | 'html'
  | 'empty'
  | 'stalled'
  | 'broken-off'
  | 'more-than-announced'
  | 'too-large';

/** Why a file could not be fetched from a mirror. `detail` has the browser's own words, for the log. */
export type DownloadFailure = Failure<DownloadProblem> & { readonly detail?: string };

/** What a sentence needs to know: the mirror's host, the file (empty for a folder), the HTTP status if any. */
export interface DownloadSubject {
  readonly host: TextArgument;
  readonly file: TextArgument;
  readonly status?: number;
}

/** What a sentence names: `what` is the file, or the list of files. */
interface Named {
  readonly host: TextArgument;
  readonly what: TextArgument;
  readonly status: string;
}

type Row = readonly [sentence: (named: Named) => Text, action: Text, source: string];

const listOfFiles = text('mirror_list_of_files', 'its list of files');
const tryAgainOrAnother = text('mirror_try_again', 'Try again, or choose another mirror.');

const rows: Record<DownloadProblem, Row> = {
  'no-permission': [
    ({ host }) =>
      text('mirror_no_permission', 'Your browser has not been allowed to fetch from {host}.', { host }),
    text('mirror_no_permission_do', 'Fetch it again, and allow it in the question that your browser asks.'),
    'host permissions of Manifest V3',
  ],
  'https-only': [
    ({ host }) =>
      text(
        'mirror_https_only',
        'Firefox is in its HTTPS-Only mode and turned the request to {host} into https. The device downloads over plain http, so this has to be checked over plain http too.',
        { host },
      ),
    text(
      'mirror_https_only_do',
      'Make an exception for this extension, as follows. Then press the button again.',
    ),
    'measured on Firefox 153: names are turned into https, private addresses are not',
  ],
  unreachable: [
    ({ host }) =>
      text(
        'mirror_unreachable',
        '{host} did not answer: it is switched off, its address is wrong, or it is not on your network.',
        { host },
      ),
    text('mirror_unreachable_do', 'Check the address of the mirror and that it is running.'),
    'cli#9',
  ],
  cancelled: [
    ({ host }) => text('mirror_cancelled', 'You stopped the download from {host}.', { host }),
    text('mirror_cancelled_do', 'Start again when you are ready.'),
    'the person',
  ],
  redirect: [
    ({ host, what }) =>
      text(
        'mirror_redirect',
        '{host} sends whoever asks for {what} on to another address, and the device does not follow.',
        { host, what },
      ),
    text('mirror_redirect_do', 'Use the address that the file really has, over plain http.'),
    'ITEAD downloader: no redirects',
  ],
  'not-found': [
    ({ host, what, status }) =>
      text('mirror_not_found', '{host} does not have {what} (it answers "not found", {status}).', {
        host,
        what,
        status,
      }),
    text('mirror_not_found_do', 'Check the name of the file.'),
    'RFC 9110, 404 and 410',
  ],
  forbidden: [
    ({ host, what, status }) =>
      text('mirror_forbidden', '{host} does not give out {what} (it answers "not allowed", {status}).', {
        host,
        what,
        status,
      }),
    text(
      'mirror_forbidden_do',
      'Make the file readable for everybody on the mirror, or choose another mirror.',
    ),
    'RFC 9110, 401 and 403',
  ],
  'server-error': [
    ({ host, what, status }) =>
      text('mirror_server_error', '{host} had trouble of its own and did not send {what} (error {status}).', {
        host,
        what,
        status,
      }),
    text('mirror_server_error_do', 'Try again in a few minutes, or choose another mirror.'),
    'RFC 9110, 5xx',
  ],
  status: [
    ({ host, what, status }) =>
      text('mirror_status', '{host} did not send {what}, but an unexpected answer ({status}).', {
        host,
        what,
        status,
      }),
    another,
    'RFC 9110',
  ],
  encoded: [
    ({ host, what }) =>
      text(
        'mirror_encoded',
        '{host} packs {what} for browsers, so what you see is not what the device would get.',
        { host, what },
      ),
    text(
      'mirror_encoded_do',
      'Switch off compression (Content-Encoding) for firmware files on the mirror, or choose another mirror.',
    ),
    'ITEAD downloader: no compression',
  ],
  html: [
    ({ host, what }) => text('mirror_html', '{host} sent a web page instead of {what}.', { host, what }),
    text('mirror_html_do', 'Check the address: it must be that of the file itself.'),
    'RFC 9110, Content-Type',
  ],
  empty: [
    ({ host, what }) => text('mirror_empty', '{host} sent {what} with nothing in it.', { host, what }),
    text('mirror_empty_do', 'Put the file on the mirror again.'),
    'RFC 9110, Content-Length',
  ],
  stalled: [
    ({ host, what }) =>
      text('mirror_stalled', '{host} stopped sending in the middle of {what}, or never began.', {
        host,
        what,
      }),
    tryAgainOrAnother,
    'a silence that is longer than a person waits',
  ],
  'broken-off': [
    ({ host, what }) =>
      text('mirror_broken_off', '{host} broke off in the middle of {what}.', { host, what }),
    tryAgainOrAnother,
    'RFC 9110, Content-Length',
  ],
  'more-than-announced': [
    ({ host, what }) =>
      text(
        'mirror_more_than_announced',
        '{host} sent more of {what} than it had announced, so the file cannot be trusted.',
        { host, what },
      ),
    another,
    'RFC 9110, Content-Length',
  ],
  'too-large': [
    ({ host, what }) =>
      text('mirror_too_large', '{host} sends far more for {what} than fits any device of this kind.', {
        host,
        what,
      }),
    text('mirror_too_large_do', 'Check the address: it must be that of a firmware file for the ESP8266.'),
    'protocol v2.0: 508 KB',
  ],
};

/** The failure of kind `kind` in words; `error` is what the browser threw, where it did. */
export function downloadFailure(
  kind: DownloadProblem,
  about: DownloadSubject,
  error?: unknown,
): DownloadFailure {
  const [sentence, action] = rows[kind];
  const { host, file, status } = about;
  const named = { host, what: file || listOfFiles, status: String(status ?? '') };
  const common = { kind, sentence: sentence(named), action };
  const failure = { ...common, assurance: 'nothing-changed', trouble: `download-${kind}` } as const;
  return error === undefined ? failure : { ...failure, detail: wordsOf(error) };
}

/** Every kind of failure, and where it is known from. */
export function everyDownloadFailure(
  about: DownloadSubject,
): readonly { readonly failure: DownloadFailure; readonly source: string }[] {
  return keysOf(rows).map((kind) => ({ failure: downloadFailure(kind, about), source: rows[kind][2] }));
}

/** Single statuses first, then the hundreds. */
const statusProblems: Readonly<Record<number, DownloadProblem>> = {
  0: 'redirect', // `redirect: 'manual'` gives an opaque answer without a status
  2: 'status',
  3: 'redirect',
  401: 'forbidden',
  403: 'forbidden',
  404: 'not-found',
  410: 'not-found',
  5: 'server-error',
};

/** What a status other than the one hoped for means. */
export function problemOfStatus(status: number): DownloadProblem {
  return statusProblems[status] ?? statusProblems[Math.floor(status / 100)] ?? 'status';
}
