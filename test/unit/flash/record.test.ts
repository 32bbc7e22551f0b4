import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { text } from '../../../src/core/text.ts';
import { eventSchema, type JournalEvent, withEvents } from '../../../src/flash/journal/events.ts';
import {
  decided,
  ended,
  eventsOfExchange,
  eventsOfGet,
  progressed,
} from '../../../src/flash/journal/events-of.ts';
import { jsonReport } from '../../../src/flash/journal/json-report.ts';
import { markdownReport } from '../../../src/flash/journal/markdown-report.ts';
import { redacted } from '../../../src/flash/journal/redaction.ts';
import { renderedLog } from '../../../src/flash/journal/rendered-log.ts';
import { requestLine } from '../../../src/flash/journal/request-lines.ts';
import { type RunRecord, recordSchema } from '../../../src/flash/journal/run-record.ts';
import { textOf } from '../saying.ts';
import { recordOf } from './one-run.ts';
import { anySecrets, leakyRecord } from './record-cases.ts';
import { makeReady, setStage } from './stage.ts';

const says = text('test_said', 'It was said.');
const exchange = {
  command: 'info',
  at: 1_700_000_000_000,
  ms: 45.4,
  attempt: 2,
  requestBody: '{"data":{}}',
  status: 200,
  replyText: '{"seq":2,"error":0,"data":{"ssid":"attic","signalStrength":-52}}',
} as const;

/** All that is ever told about a record. */
function tellings(record: RunRecord): string[] {
  const requests = redacted(record.events).flatMap((event) => (event.kind === 'request' ? [event] : []));
  return [
    renderedLog(record.events, inEnglish),
    markdownReport(record, inEnglish),
    jsonReport(record, inEnglish),
    ...requests.map((request) => requestLine(request, 'curl', inEnglish)),
    ...requests.map((request) => requestLine(request, 'powershell', inEnglish)),
  ];
}

describe('what is told about a run', () => {
  it('never has a secret in it that was put in', () => {
    fc.assert(
      fc.property(anySecrets, fc.boolean(), fc.nat(300), (secrets, asText, cut) => {
        const record = leakyRecord(secrets, { asText, cut });
        for (const telling of tellings(record)) expect(telling).not.toMatch(/zq|qz/i);
      }),
    );
  });

  it('takes hardware addresses and ids out of anywhere, and what is known from elsewhere', () => {
    const events = [
      decided(
        0,
        text('test_ids', 'To {host} by {mac}, {id}', {
          host: 'eWeLink_1000a1b2c3.local',
          mac: 'x',
          id: 'id 1000A1B2C3',
        }),
      ),
      progressed(0, text('test_typed', '{words}', { words: 'a480001234 at 02:00:5E:10:20:30' })),
    ];
    const log = renderedLog(events, inEnglish, ['A480001234']);
    expect(log).not.toMatch(/1000a1b2c3|a480001234|02:00/i);
    expect(log).toContain('eWeLink_….local');
  });

  it('reads as one line an event, whatever was answered', () => {
    const [request, reply] = eventsOfExchange({ ...exchange, replyText: 'one\ntwo\r\nthree' }, '10.0.0.9');
    const log = renderedLog([request, reply, decided(0, says), ended(0, 'flashed', says)], inEnglish);
    expect(log.split('\n')).toEqual([
      '2023-11-14T22:13:20.000Z POST http://10.0.0.9:8081/zeroconf/info (attempt 2) {"data":{}}',
      '2023-11-14T22:13:20.045Z http://10.0.0.9:8081/zeroconf/info → 200 one two three (45 ms)',
      '1970-01-01T00:00:00.000Z It was said.',
      '1970-01-01T00:00:00.000Z End (flashed): It was said.',
    ]);
  });

  it('tells sizes, headers and silences of a GET', () => {
    const got = { url: 'http://nas.test/a.bin', at: 0, ms: 3 };
    const events = [
      ...eventsOfGet({ ...got, came: { status: 200, headers: { server: 'nginx' }, bytes: 4096 } }),
      ...eventsOfGet({ ...got, fault: 'no connection' }),
    ];
    const log = renderedLog(events, inEnglish);
    expect(log).toContain('→ 200 server: nginx 4,096 bytes (3 ms)');
    expect(log).toContain('→ no connection (3 ms)');
  });

  it('is JSON in which every text has its words beside it', () => {
    const none = { ssid: '', bssid: '', password: '', deviceid: '', mac: '', apikey: '' };
    const record = { ...leakyRecord(none, { asText: false, cut: 0 }), events: [decided(0, says)] };
    expect(JSON.parse(jsonReport(record, inEnglish))).toEqual({
      application: 'sonoff-diy-flasher',
      run: { ...record, events: [{ ...decided(0, says), words: 'It was said.' }] },
    });
  });

  it('cannot break out of the code in Markdown', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('`', '```', '\n', 'a', '~~~', '<b>', '# ')), (parts) => {
        const words = parts.join('');
        const record: RunRecord = {
          ...leakyRecord(
            { ssid: '', bssid: '', password: '', deviceid: '', mac: '', apikey: '' },
            { asText: false, cut: 0 },
          ),
          fwVersion: words,
          events: [progressed(1, text('test_words', '{words}', { words }))],
        };
        const lines = markdownReport(record, inEnglish).split('\n');
        const fences = lines.filter((line) => /^`{3,}(?:text)?$/.test(line));
        expect(fences).toHaveLength(2);
        const fence = fences[1] ?? '';
        expect(
          lines.filter((line) => line.includes(fence) && !line.startsWith('- ') && !fences.includes(line)),
        ).toEqual([]);
      }),
    );
  });
});

it('a record of a device that tells no version is shared without one', () => {
  const secrets = { ssid: 'attic', bssid: '', password: '', deviceid: '', mac: '', apikey: '' };
  const record: RunRecord = { ...leakyRecord(secrets, { asText: false, cut: 0 }), fwVersion: null };
  expect(JSON.parse(jsonReport(record, inEnglish))).toMatchObject({ run: { fwVersion: null } });
  expect(jsonReport(record, inEnglish)).not.toContain('attic');
});

describe('events', () => {
  it('keep no network name and no password', () => {
    const wifi = { ...exchange, requestBody: '{"data":{"ssid":"attic","password":"hunter2"}}' };
    expect(JSON.stringify(eventsOfExchange(wifi, 'h'))).not.toMatch(/attic|hunter2/);
  });

  it('come back from storage as they were, and damaged ones do not', () => {
    const whole: readonly JournalEvent[] = [
      ...eventsOfExchange(exchange, 'h'),
      progressed(1, says),
      decided(2, says),
      ended(3, 'not-flashed', says),
    ];
    for (const event of whole) {
      expect(v.parse(eventSchema, JSON.parse(JSON.stringify(event)))).toEqual(event);
      expect(v.is(eventSchema, { ...event, at: -1 })).toBe(false);
      expect(v.is(eventSchema, { ...event, at: 9e15 })).toBe(false);
      expect(v.is(eventSchema, { ...event, kind: 'other' })).toBe(false);
    }
  });

  it('forget the middle of a long watch, not how it began', () => {
    let journal: readonly JournalEvent[] = [];
    for (let at = 0; at < 1_000; at += 2) {
      journal = withEvents(journal, progressed(at, says), progressed(at + 1, says));
    }
    expect(journal).toHaveLength(300);
    expect(journal.slice(0, 2).map(({ at }) => at)).toEqual([0, 1]);
    expect(journal.at(-1)?.at).toBe(999);
  });
});

describe('the record of a run', () => {
  it('is there when a flash has ended, without ids, and can be stored', async () => {
    const stage = await setStage({ profile: '3.6.0' });
    stage.device.settings.ssid = 'my attic';
    const engine = stage.engine();
    await makeReady(stage, engine, '1000a1b2c3');
    expect(recordOf(stage.run())).toBeNull();
    const { image, device, address } = stage.run();
    if (image.state !== 'done' || device.state !== 'done' || address === null) throw new Error('not ready');
    const record = recordOf({
      ...stage.run(),
      flash: {
        stage: 'ended',
        at: stage.clock.now() + 5,
        seenSince: false,
        plan: {
          address,
          deviceid: '1000a1b2c3',
          fwVersion: '3.6.0',
          url: image.value.url,
          digest: image.value.report.digest,
          title: textOf('x'),
        },
        outcome: {
          kind: 'not-flashed',
          leaves: 'as-it-was',
          mayDownload: false,
          title: textOf(''),
          sentence: textOf(''),
          steps: [],
        },
      },
    });
    expect(record).toMatchObject({ host: address.host, outcome: 'not-flashed' });
    expect(v.parse(recordSchema, JSON.parse(JSON.stringify(record)))).toEqual(record);
    expect(JSON.stringify(record)).not.toMatch(/1000a1b2c3|attic/i);
    expect(record?.events.length).toBeGreaterThan(3);
  });
});
