import fc from 'fast-check';
import { text } from '../../../src/core/text.ts';
import type { JournalEvent } from '../../../src/flash/journal/events.ts';
import type { RunRecord } from '../../../src/flash/journal/run-record.ts';

/** Marks that nothing has by itself, around anything at all. */
export const anySecret = fc.string({ unit: 'binary', maxLength: 20 }).map((words) => `Zq${words}qZ`);

/** What is secret about a home, each something else. */
export const anySecrets = fc.record({
  ssid: anySecret,
  bssid: anySecret,
  password: anySecret,
  deviceid: anySecret,
  mac: anySecret,
  apikey: anySecret,
});
export type Secrets = typeof anySecrets extends fc.Arbitrary<infer Value> ? Value : never;

const url = 'http://192.168.1.104:8081/zeroconf/info';

/** A record in which all `secrets` stand by their names, once, and then anywhere. */
export function leakyRecord(
  secrets: Secrets,
  { asText, cut }: { readonly asText: boolean; readonly cut: number },
): RunRecord {
  const reply = JSON.stringify({ seq: 2, error: 0, data: asText ? JSON.stringify(secrets) : secrets });
  const reply2 = {
    kind: 'reply',
    method: 'POST',
    url,
    ms: 12,
    status: 200,
    headers: {},
    bytes: null,
  } as const;
  const request = { kind: 'request', method: 'POST', url, headers: {}, attempt: 1 } as const;
  const anywhere = Object.values(secrets).join(' and ');
  const events: readonly JournalEvent[] = [
    { ...request, at: 1, body: JSON.stringify({ deviceid: secrets.deviceid, data: secrets }) },
    { ...reply2, at: 2, body: reply, fault: null },
    { ...reply2, at: 3, body: `${reply.slice(0, cut)}…`, fault: `cut off: ${anywhere}` },
    { ...request, at: 4, url: `${url}?${secrets.ssid}`, body: `not JSON: ${anywhere}` },
    {
      kind: 'decision',
      at: 5,
      says: text('test_leak', '{name} {list} {inner}', {
        name: anywhere,
        list: { all: [secrets.ssid, { any: [secrets.mac] }] },
        inner: text('test_inner', '{words}', { words: secrets.apikey }),
      }),
    },
    { kind: 'outcome', at: 6, outcome: 'unknown', says: text('test_end', 'Of {ssid}', { ssid: 'Zq' }) },
  ];
  return {
    version: 1,
    began: 1,
    ended: 6,
    host: secrets.deviceid,
    fwVersion: secrets.ssid,
    url: `http://nas.test/${secrets.mac}`,
    digest: 'ab'.repeat(32),
    outcome: 'unknown',
    events,
  };
}
