import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Came, parseDeviceReply, parsePageReply } from '../../../src/pairing/device-page.ts';
import { deviceidIn, networkKind } from '../../../src/pairing/network-name.ts';

const came = (text: string, over: Partial<Came> = {}): Came => ({
  status: 200,
  contentType: 'application/json',
  text,
  ...over,
});
const apikey = '11111111-2222-4333-8444-555555555555';
const old = { deviceid: '100008db11', apikey, accept: 'post' };

describe('the answer of /device', () => {
  it.each<[string, Came | null, unknown]>([
    ['of firmware 1.x and 2.x', came(JSON.stringify(old)), { kind: 'plain', deviceid: '100008db11' }],
    [
      'of firmware 3.x',
      came(JSON.stringify({ ...old, deviceid: '1000ABCDEF', chipid: '0012ABCD' })),
      { kind: 'with-chip', deviceid: '1000abcdef' },
    ],
    [
      'of the newest models',
      came(JSON.stringify({ data: 'TWFueSBoYW5kcyBtYWtlIGxpZ2h0IHdvcms=' })),
      { kind: 'encrypted' },
    ],
    [
      'labelled as text',
      came(JSON.stringify(old), { contentType: 'text/plain' }),
      { kind: 'plain', deviceid: '100008db11' },
    ],
    ['that never came', null, { kind: 'nothing' }],
    ['with another status', came(JSON.stringify(old), { status: 404 }), { kind: 'nothing' }],
    ['of a router', came('<html>Login</html>', { contentType: 'text/html' }), { kind: 'nothing' }],
    ['without a key', came(JSON.stringify({ deviceid: '100008db11' })), { kind: 'nothing' }],
    [
      'with an id that is none',
      came(JSON.stringify({ ...old, deviceid: '<b>100008db11</b>' })),
      { kind: 'nothing' },
    ],
    [
      'with data in the clear',
      came(JSON.stringify({ data: 'this is not base64 at all' })),
      { kind: 'nothing' },
    ],
    ['without an end', came(`${JSON.stringify(old)}${' '.repeat(5000)}`), { kind: 'nothing' }],
    ['that is empty', came(''), { kind: 'nothing' }],
  ])('%s', (_, answer, expected) => {
    expect(parseDeviceReply(answer)).toEqual(expected);
  });

  it('never gives the key away, and never breaks', () => {
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ deviceid: fc.string(), apikey: fc.constant(apikey), chipid: fc.jsonValue() })
        .map((it) => JSON.stringify(it)),
      fc.constant(JSON.stringify(old)),
      fc.constant('['.repeat(4000)),
    );
    fc.assert(
      fc.property(body, fc.integer(), fc.string(), (text, status, contentType) => {
        for (const answer of [came(text), { text, status, contentType }]) {
          expect(JSON.stringify(parseDeviceReply(answer))).not.toContain(apikey);
          expect(['page', 'nothing']).toContain(parsePageReply(answer).kind);
        }
      }),
    );
  });
});

describe('the page', () => {
  it.each<[string, Came | null, string]>([
    ['by its type', came('Wi-Fi', { contentType: 'text/html; charset=utf-8' }), 'page'],
    ['by how it begins', came('\n<!DOCTYPE html><form>', { contentType: '' }), 'page'],
    ['not when it is missing', came('<html>not found', { status: 404 }), 'nothing'],
    ['not when it is empty', came(' ', { contentType: 'text/html' }), 'nothing'],
    ['not when it is JSON', came('{"error":0}'), 'nothing'],
    ['not when nothing came', null, 'nothing'],
  ])('is recognised %s', (_, answer, kind) => {
    expect(parsePageReply(answer)).toEqual({ kind });
  });
});

describe('the name of a network', () => {
  it.each([
    ['ITEAD-100008db11', 'itead'],
    [' itead-1000ABCDEF ', 'itead'],
    ['ITEAD-', 'other'],
    ['FinalStage', 'final-stage'],
    ['tasmota-1A2B3C-4321', 'tasmota'],
    ['tasmota_1A2B3C-4321', 'tasmota'],
    ['tasmota-4321', 'tasmota'],
    ['sonoff-4321', 'tasmota'],
    ['sonoffDiy', 'other'],
    ['ESP_1A2B3C', 'esp'],
    ['ESP_living room', 'other'],
    ['My ITEAD-100008db11', 'other'],
    ['', 'other'],
  ])('%j is of %s', (name, kind) => {
    expect(networkKind(name)).toBe(kind);
  });

  it('holds the Device ID of the device, and of nobody else', () => {
    expect(deviceidIn(' ITEAD-100008DB11')).toBe('100008db11');
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(deviceidIn(name) !== null).toBe(networkKind(name) === 'itead');
      }),
    );
  });
});
