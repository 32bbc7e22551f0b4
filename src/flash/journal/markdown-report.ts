import { type Text, text } from '../../core/text.ts';
import { outcomeWords } from './outcome-words.ts';
import { renderedLog } from './rendered-log.ts';
import type { RunRecord } from './run-record.ts';
import { withoutSecrets } from './without-secrets.ts';

type Render = (text: Text) => string;

/** What a record says at its top: names and values. */
export function factsOf(
  record: RunRecord,
  render: Render,
): readonly (readonly [name: Text, value: string])[] {
  const { host, fwVersion, url, digest, began, ended, outcome } = record;
  return [
    [text('journal_device', 'Device'), host],
    [text('journal_firmware_version', 'Firmware version before'), fwVersion ?? '–'],
    [text('journal_file', 'File'), url],
    [text('journal_digest', 'SHA-256'), digest],
    [text('journal_began', 'Began'), new Date(began).toISOString()],
    [text('journal_ended', 'Ended'), new Date(ended).toISOString()],
    [text('journal_end', 'End'), render(outcomeWords[outcome])],
  ];
}

/** A record as Markdown, for a bug report. */
export function markdownReport(record: RunRecord, render: Render): string {
  const clean = withoutSecrets(record);
  const log = renderedLog(clean.events, render);
  const fence = '`'.repeat(Math.max(3, longestRun(log) + 1));
  return [
    `### ${render(text('journal_title', 'A run of Sonoff DIY Flasher'))}`,
    '',
    ...factsOf(clean, render).map(([name, value]) => `- ${render(name)}: ${asCode(value)}`),
    '',
    `${fence}text`,
    log,
    fence,
    '',
  ].join('\n');
}

/** Words from outside as code, in which Markdown sees no signs of its own. */
function asCode(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  const ticks = '`'.repeat(longestRun(line) + 1);
  return longestRun(line) === 0 ? `${ticks}${line}${ticks}` : `${ticks} ${line} ${ticks}`;
}

/** How many backticks stand in a row at most. */
function longestRun(words: string): number {
  return Math.max(0, ...[...words.matchAll(/`+/g)].map(([run]) => run.length));
}
