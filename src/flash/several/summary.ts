import { type Text, text } from '../../core/text.ts';
import type { Row } from './rows.ts';

type Render = (text: Text) => string;

/** The heads of the summary's columns. */
export const summaryHeads: readonly Text[] = [
  text('flash_summary_address', 'Address'),
  text('flash_summary_id', 'Device ID'),
  text('flash_summary_version', 'Firmware version before'),
  text('flash_summary_file', 'File'),
  text('flash_summary_end', 'End'),
];

interface SummaryLine {
  readonly address: string;
  readonly deviceid: string | null;
  readonly fwVersion: string | null;
  readonly url: string | null;
  readonly digest: string | null;
  readonly end: string;
  readonly sentence: string | null;
}

function lineOf({ host, line, state, sentence, ...row }: Row, render: Render): SummaryLine {
  const confirmed = line?.confirmation;
  return {
    address: host,
    deviceid: confirmed?.deviceid ?? row.deviceid,
    fwVersion: confirmed?.fwVersion ?? row.fwVersion,
    url: confirmed?.url ?? null,
    digest: confirmed?.digest ?? null,
    end: render(state),
    sentence: sentence && render(sentence),
  };
}

/** Which device became what, as a table in Markdown. */
export function markdownSummary(rows: readonly Row[], render: Render): string {
  const lines = rows.map((row) => {
    const { address, deviceid, fwVersion, url, end } = lineOf(row, render);
    return [address, deviceid ?? '–', fwVersion ?? '–', url ?? '–', end];
  });
  const heads = summaryHeads.map(render);
  return [heads, heads.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.map(asCell).join(' | ')} |\n`)
    .join('');
}

/** Nothing in a cell may end it, or be anything but text. */
function asCell(words: string): string {
  return words.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#~]/g, (sign) => `\\${sign}`);
}

/** Which device became what, as JSON. */
export function jsonSummary(rows: readonly Row[], render: Render): string {
  const devices = rows.map((row) => lineOf(row, render));
  return `${JSON.stringify({ application: 'sonoff-diy-flasher', devices }, null, 2)}\n`;
}
