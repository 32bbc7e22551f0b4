import { type Text, text } from '../../core/text.ts';
import { longestDownload } from '../../zeroconf/client/longest-download.ts';
import type { Outcome } from '../run/outcome.ts';
import { doNotCutPower } from '../run/sentences.ts';

/** How a download stands or has ended, in words: what happened, and what to do. */
export interface DownloadWords {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly sentence: Text;
  readonly action: Text;
  /** As in `Assured`. */
  readonly trouble: string;
}

/** What a device can report at the end of a download, besides success (itead `tcp_server.py`). */
export type ReportCode = 404 | 406 | 409 | 410;

/** What stands for a code that nobody has described, and for a report that cannot be read. */
export type ReportKind = ReportCode | 'unknown' | 'unreadable';

/** Everything that is said of one report: in the table, as the outcome of a flash, and in the list of downloads. */
export interface ReportRow {
  readonly symptom: Text;
  /** What may have led to it, where anybody knows; it comes after the sentence of the outcome. */
  readonly why: Text;
  readonly outcome: (error: number | null) => Outcome;
  readonly inList: (error: number | null) => DownloadWords;
  readonly sources: readonly string[];
}

/** What to do where a second download is what saves the device. */
export const keepPower = text(
  'this_computer_keep_power',
  'Leave its power on. Then press Info, and Flash again.',
);

const flashAgain = text(
  'flash_reported_again',
  'Wait {span}. Then press Info, and Flash again: a second, good download is what saves it.',
  { span: { span: longestDownload.ms } },
);

const left = { leaves: 'in-doubt', mayDownload: true } as const;

/** The image is there and wrong. */
function unsafeToRestart(kind: ReportKind, sentence: Text): ReportRow['outcome'] {
  return () => ({
    kind: 'do-not-restart',
    ...left,
    title: text('flash_do_not_restart', 'Do not restart the device'),
    sentence,
    trouble: reportTrouble(kind),
    steps: [doNotCutPower, flashAgain],
  });
}

/** Nobody knows how much of the image is there. */
function notWhole(kind: ReportKind, sentence: (error: number | null) => Text): ReportRow['outcome'] {
  return (error) => ({
    kind: 'not-flashed',
    ...left,
    title: text('flash_keep_power', 'Not flashed. Keep its power'),
    sentence: sentence(error),
    trouble: reportTrouble(kind),
    steps: [
      doNotCutPower,
      text('flash_reported_nearer', 'Bring it nearer to the access point, if the download broke off.'),
      flashAgain,
    ],
  });
}

function inList(kind: ReportKind, tone: 'warn' | 'bad', sentence: Text, action: Text = keepPower) {
  return (): DownloadWords => ({ tone, sentence, action, trouble: reportTrouble(kind) });
}

const nobodyKnows = text('flash_reported_nobody', 'Nobody has described what it means.');

/** A row for every report that is no success. */
export const reportRows: Readonly<Record<ReportKind, ReportRow>> = {
  404: {
    symptom: text(
      'flash_callback_404',
      'The device tells the mirror that it could not download the file ({code}).',
      { code: '404' },
    ),
    why: text(
      'flash_callback_404_why',
      'The mirror refused a part, took too long, or the file is too large.',
    ),
    outcome: notWhole(404, () =>
      text(
        'flash_reported_404',
        'The device has reported that it could not download the image to its end. It may hold a part of it.',
      ),
    ),
    inList: inList(
      404,
      'warn',
      text('this_computer_report_404', 'The device reports that it could not download the image to its end.'),
      text(
        'this_computer_report_404_action',
        'Leave its power on. Bring it nearer to the access point. Then flash it again.',
      ),
    ),
    sources: ['itead tcp_server.py', 'itead#102'],
  },
  406: {
    symptom: text(
      'flash_callback_406',
      'The device tells the mirror that it did not accept the order ({code}).',
      { code: '406' },
    ),
    why: text('flash_callback_406_why', 'Address or digest were not as the device wants them.'),
    outcome: notWhole(406, () =>
      text(
        'flash_reported_406',
        'The device has reported that it does not accept the order to flash. Nobody can know whether it holds a part of the image.',
      ),
    ),
    inList: inList(
      406,
      'warn',
      text('this_computer_report_406', 'The device reports that it does not accept the order to flash.'),
    ),
    sources: ['itead tcp_server.py'],
  },
  409: {
    symptom: text(
      'flash_callback_409',
      'The device tells the mirror that the digest does not fit ({code}).',
      {
        code: '409',
      },
    ),
    why: text('flash_callback_409_why', 'What it has written is not what was announced.'),
    outcome: unsafeToRestart(
      409,
      text(
        'flash_reported_409',
        'The device has reported that it has fetched the whole image, but with another digest than it was told. A restart could brick it.',
      ),
    ),
    inList: inList(
      409,
      'bad',
      text(
        'this_computer_report_409',
        'The device has the whole image, but with another digest than it was told. Do not restart it.',
      ),
    ),
    sources: ['itead tcp_server.py', 'itead#97'],
  },
  410: {
    symptom: text(
      'flash_callback_410',
      'The device tells the mirror that something went wrong inside ({code}).',
      { code: '410' },
    ),
    why: text('flash_callback_410_why', 'Nobody has described what, so it may have failed while writing.'),
    outcome: unsafeToRestart(
      410,
      text(
        'flash_reported_410',
        'The device has reported an error of its own while it wrote the image. A restart could brick it.',
      ),
    ),
    inList: inList(
      410,
      'bad',
      text(
        'this_computer_report_410',
        'The device reports an error of its own while it wrote the image. Do not restart it.',
      ),
    ),
    sources: ['itead tcp_server.py'],
  },
  unknown: {
    symptom: text('flash_callback_unknown', 'The device tells the mirror another number than these.'),
    why: nobodyKnows,
    outcome: notWhole('unknown', (error) =>
      text(
        'flash_reported_unknown',
        'The device has reported an error that is not known ({error}). Nobody can know what state it is in.',
        { error: String(error) },
      ),
    ),
    inList: (error) => ({
      ...inList('unknown', 'bad', nobodyKnows)(),
      sentence: text(
        'this_computer_unknown',
        'The device has reported an error that is not known ({error}).',
        {
          error: String(error),
        },
      ),
    }),
    sources: ['not in itead tcp_server.py'],
  },
  unreadable: {
    symptom: text('flash_callback_unreadable', 'The device tells the mirror something that has no number.'),
    why: nobodyKnows,
    outcome: notWhole('unreadable', () =>
      text(
        'flash_reported_unreadable',
        'The device has reported something that cannot be read. Nobody can know what state it is in.',
      ),
    ),
    inList: inList(
      'unreadable',
      'bad',
      text('this_computer_unreadable', 'The device has reported something that cannot be read.'),
    ),
    sources: ['not in itead tcp_server.py'],
  },
};

const codes: ReadonlySet<number> = new Set<ReportCode>([404, 406, 409, 410]);

/** The row of a report that is no success; `error` is null when it cannot be read. */
export function reportRow(error: number | null): ReportRow {
  return reportRows[kindOf(error)];
}

function kindOf(error: number | null): ReportKind {
  if (error === null) return 'unreadable';
  return isCode(error) ? error : 'unknown';
}

function isCode(error: number): error is ReportCode {
  return codes.has(error);
}

function reportTrouble(kind: ReportKind): string {
  return `callback-${kind}`;
}
