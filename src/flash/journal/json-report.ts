import type { Text } from '../../core/text.ts';
import type { RunRecord } from './run-record.ts';
import { withoutSecrets } from './without-secrets.ts';

/** A record as JSON, for programs and for those who help; each text has its words beside it. */
export function jsonReport(record: RunRecord, render: (text: Text) => string): string {
  const { events, ...run } = withoutSecrets(record);
  const readable = events.map((event) => ('says' in event ? { ...event, words: render(event.says) } : event));
  const report = { application: 'sonoff-diy-flasher', run: { ...run, events: readable } };
  return `${JSON.stringify(report, null, 2)}\n`;
}
