import { redactionOf } from './redaction.ts';
import type { RunRecord } from './run-record.ts';

/** A record without what tells about a home, whoever has made it. One that was kept by this extension stays as it is. */
export function withoutSecrets(record: RunRecord): RunRecord {
  const { words, event } = redactionOf(record.events);
  return {
    ...record,
    host: words(record.host),
    url: words(record.url),
    fwVersion: record.fwVersion === null ? null : words(record.fwVersion),
    events: record.events.map(event),
  };
}
