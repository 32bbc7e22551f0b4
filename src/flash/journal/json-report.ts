import type { RunRecord } from './run-record.ts';
import { withoutSecrets } from './without-secrets.ts';

/** A record as JSON, for programs and for those who help. */
export function jsonReport(record: RunRecord): string {
  return `${JSON.stringify({ application: 'sonoff-diy-flasher', run: withoutSecrets(record) }, null, 2)}\n`;
}
