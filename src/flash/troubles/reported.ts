import { text } from '../../core/text.ts';
import { everyDownloadTrouble, wholeWords } from '../this-computer/download-words.ts';
import { type ReportKind, reportRows } from '../this-computer/reports.ts';
import { fetchesAlready } from '../this-computer/verdict.ts';
import { rowOfOutcome } from './endings.ts';
import { rowOf, type TroubleRow } from './row.ts';

/** Stands for a number that nobody has described. */
const anyError = 999;

const success: TroubleRow = {
  id: wholeWords.trouble,
  symptom: text('flash_callback_0', 'The device tells the mirror that all went well ({code}).', {
    code: '0',
  }),
  happened: wholeWords.sentence,
  state: 'flashed',
  remedy: [wholeWords.action],
  sources: ['itead tcp_server.py'],
};

/** What a device tells the mirror at the end of a download, and how one can stand of which it has told nothing. */
export function reported(): readonly TroubleRow[] {
  const kinds: readonly ReportKind[] = [404, 406, 409, 410, 'unknown', 'unreadable'];
  const reports = kinds.map((kind) => {
    const { symptom, why, outcome, sources } = reportRows[kind];
    const told = outcome(kind === 'unknown' ? anyError : null);
    const happened = text('flash_reported_why', '{sentence} {why}', { sentence: told.sentence, why });
    return { ...rowOfOutcome(told, sources), symptom, happened };
  });
  const silences = everyDownloadTrouble({ span: 60_000 }).map(({ words, source }) =>
    rowOf(words, {
      happened: text('flash_comes_of_fetching', 'This is seen from this computer while a device fetches.'),
      ...{ state: 'doubt', remedy: [words.action], sources: [source] },
    }),
  );
  const already = rowOfOutcome(fetchesAlready, ['two browsers on one computer']);
  return [success, ...reports, already, ...silences];
}
