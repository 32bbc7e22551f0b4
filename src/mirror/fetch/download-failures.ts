import type { Failure } from '../../core/result.ts';

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
  readonly host: string;
  readonly file: string;
  readonly status?: number;
}

type Row = readonly [sentence: (about: DownloadSubject) => string, action: string];

const what = ({ file }: DownloadSubject) => file || 'its list of files';

const rows: Record<DownloadProblem, Row> = {
  'no-permission': [
    ({ host }) => `Your browser has not been allowed to fetch from ${host}.`,
    'Allow access to this mirror in the settings.',
  ],
  'https-only': [
    ({ host }) =>
      `Firefox is in its HTTPS-Only mode and turned the request to ${host} into https. The device downloads over plain http, so this has to be checked over plain http too.`,
    'Make an exception for this extension, as follows. Then press the button again.',
  ],
  unreachable: [
    ({ host }) =>
      `${host} did not answer: it is switched off, its address is wrong, or it is not on your network.`,
    'Check the address of the mirror and that it is running.',
  ],
  cancelled: [({ host }) => `You stopped the download from ${host}.`, 'Start again when you are ready.'],
  redirect: [
    (about) =>
      `${about.host} sends whoever asks for ${what(about)} on to another address, and the device does not follow.`,
    'Use the address that the file really has, over plain http.',
  ],
  'not-found': [
    (about) => `${about.host} does not have ${what(about)} (it answers "not found", ${about.status}).`,
    'Check the name of the file.',
  ],
  forbidden: [
    (about) => `${about.host} does not give out ${what(about)} (it answers "not allowed", ${about.status}).`,
    'Make the file readable for everybody on the mirror, or choose another mirror.',
  ],
  'server-error': [
    (about) =>
      `${about.host} had trouble of its own and did not send ${what(about)} (error ${about.status}).`,
    'Try again in a few minutes, or choose another mirror.',
  ],
  status: [
    (about) => `${about.host} did not send ${what(about)}, but an unexpected answer (${about.status}).`,
    'Choose another mirror.',
  ],
  encoded: [
    (about) =>
      `${about.host} packs ${what(about)} for browsers, so what you see is not what the device would get.`,
    'Switch off compression (Content-Encoding) for firmware files on the mirror, or choose another mirror.',
  ],
  html: [
    (about) => `${about.host} sent a web page instead of ${what(about)}.`,
    'Check the address: it must be that of the file itself.',
  ],
  empty: [
    (about) => `${about.host} sent ${what(about)} with nothing in it.`,
    'Put the file on the mirror again.',
  ],
  stalled: [
    (about) => `${about.host} stopped sending in the middle of ${what(about)}, or never began.`,
    'Try again, or choose another mirror.',
  ],
  'broken-off': [
    (about) => `${about.host} broke off in the middle of ${what(about)}.`,
    'Try again, or choose another mirror.',
  ],
  'more-than-announced': [
    (about) =>
      `${about.host} sent more of ${what(about)} than it had announced, so the file cannot be trusted.`,
    'Choose another mirror.',
  ],
  'too-large': [
    (about) => `${about.host} sends far more for ${what(about)} than fits any device of this kind.`,
    'Check the address: it must be that of a firmware file for the ESP8266.',
  ],
};

/** The failure of kind `kind` in words; `error` is what the browser threw, where it did. */
export function downloadFailure(
  kind: DownloadProblem,
  about: DownloadSubject,
  error?: unknown,
): DownloadFailure {
  const [sentence, action] = rows[kind];
  const failure = { kind, sentence: sentence(about), assurance: 'nothing-changed', action } as const;
  return error === undefined ? failure : { ...failure, detail: wordsOf(error) };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error) || error.cause === undefined) return String(error);
  const { cause } = error;
  return `${String(error)} (${cause instanceof Error ? cause.message : JSON.stringify(cause)})`;
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
