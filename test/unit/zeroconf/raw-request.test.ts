import { describe, expect, it } from 'vitest';
import { faultOfRequest, longestRawBody, sendRaw } from '../../../src/zeroconf/client/raw-request.ts';
import { createHeldClock } from './held-clock.ts';

const never = new AbortController().signal;
const deaf: typeof fetch = () => new Promise(() => {});

describe('a request by hand', () => {
  it.each([
    ['info', 20_000],
    ['ota_unlock', 150_000],
  ])('to %s waits %i ms, also for a fetch that heeds nothing', async (command, ms) => {
    const clock = createHeldClock();
    const sent = sendRaw('192.168.1.4', { command, body: '{}' }, { fetch: deaf, clock, signal: never });
    clock.expire();
    expect(await sent).toMatchObject({ fault: 'time-out', detail: `no answer within ${ms} ms` });
    expect(clock.slept).toEqual([ms]);
    expect(clock.pending()).toBe(0);
  });

  it('ends when it is stopped, and tells what whoever threw says', async () => {
    const clock = createHeldClock();
    const request = { command: 'info', body: '{}' };
    const stop = new AbortController();
    const stopped = sendRaw('192.168.1.4', request, { fetch: deaf, clock, signal: stop.signal });
    stop.abort();
    expect(await stopped).toMatchObject({ fault: 'cancelled' });
    const broken = () => Promise.reject(new TypeError('failed', { cause: { code: 'ECONNRESET' } }));
    const silence = await sendRaw('192.168.1.4', request, { fetch: broken, clock, signal: never });
    expect(silence).toMatchObject({ fault: 'reset', detail: 'failed: {"code":"ECONNRESET"}' });
  });

  it.each([
    ['info', '{}', null],
    ['in fo', '{}', 'spelling'],
    ['ota_flash', '{}', 'flash'],
    ['OTA_Update', '{}', 'flash'],
    ['ota_unlock', '{}', null],
    ['info', '{}\r\n\r\nPOST /zeroconf/ota_flash', 'flash'],
    ['info', 'POST /ZEROCONF/x', 'flash'],
    ['info', 'x'.repeat(longestRawBody), null],
    ['info', 'x'.repeat(longestRawBody + 1), 'long'],
    ['info', '€'.repeat(longestRawBody / 2), 'long'],
  ])('%s with %.30s: %s', (command, body, fault) => expect(faultOfRequest({ command, body })).toBe(fault));
});
