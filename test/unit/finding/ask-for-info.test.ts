import { expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { askForInfo } from '../../../src/flash/finding/ask-for-info.ts';
import { createDeviceQueue } from '../../../src/zeroconf/client/client.ts';

const address = { host: '192.168.1.7', reach: 'private' } as const;

function ask(answer: () => Promise<Response>, signal = new AbortController().signal) {
  const tools = { fetch: answer, clock: systemClock, queue: createDeviceQueue(systemClock), timeout: 5000 };
  return askForInfo(address, tools, signal);
}

const said = (reply: object) => () => Promise.resolve(new Response(JSON.stringify(reply)));
const failing = (code?: string) => () =>
  Promise.reject(new TypeError('Failed to fetch', code === undefined ? {} : { cause: { code } }));

it.each([
  ['who wants its ID', said({ seq: 1, error: 404 }), { kind: 'device', info: null }],
  ['who is paired with the app', said({ seq: 1, error: 401 }), { kind: 'not-in-diy-mode' }],
  ['who refuses plain requests', said({ seq: 1, error: 400 }), { kind: 'not-in-diy-mode' }],
  ['another code', said({ seq: 1, error: 999 }), { kind: 'other' }],
  ['a page', () => Promise.resolve(new Response('<!doctype html>')), { kind: 'other' }],
  ['an error of HTTP', () => Promise.resolve(new Response('', { status: 500 })), { kind: 'other' }],
  ['a refusal', failing('ECONNREFUSED'), { kind: 'refused' }],
  ['what a browser does not name', failing(), { kind: 'refused' }],
])('understands %s', async (_what, answer, finding) => {
  expect(await ask(answer)).toEqual(finding);
});

it('asks once, whatever comes of it', async () => {
  let asked = 0;
  await ask(() => {
    asked += 1;
    return failing('ECONNRESET')();
  });
  expect(asked).toBe(1);
});

it('rejects when it is cancelled', async () => {
  const cancel = new AbortController();
  const asked = ask(() => new Promise(() => {}), cancel.signal);
  cancel.abort(new Error('Enough.'));
  await expect(asked).rejects.toThrow('Enough.');
});
