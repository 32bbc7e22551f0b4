import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseData, parseReply } from '../../../src/zeroconf/client/reply.ts';
import { deviceInfoOf } from '../../../src/zeroconf/device/device-info.ts';
import { deviceid, replies } from './fixtures.ts';

const json = (text: string, status = 200) => ({ status, contentType: 'application/json', text });

function infoOf(text: string) {
  const reply = parseReply(json(text));
  if (!reply.ok) throw new Error(reply.fault);
  const data = parseData(reply.value.data);
  if (!data.ok) throw new Error(data.fault);
  return deviceInfoOf(data.value.fields, data.value.wasText);
}

describe('parseReply', () => {
  it.each([
    ['<!DOCTYPE html><html></html>', 200, 'text/html', 'html'],
    ['\n <html>', 200, 'application/json', 'html'],
    ['<h1>Not found</h1>', 404, 'text/html; charset=utf-8', 'html'],
    ['Please log in', 200, 'text/html', 'html'],
    ['{"seq":1,"error":0}', 500, 'application/json', 'http-status'],
    ['', 404, '', 'http-status'],
    ['', 200, 'application/json', 'empty-reply'],
    ['', 200, 'text/html', 'empty-reply'],
    ['OK', 200, 'text/plain', 'not-json'],
    ['{"seq":2,"error":0', 200, 'application/json', 'not-json'],
    // As printed in the Tasmota documentation; no device answers so.
    ['{"seq":2,"error":0,"data":"{"switch":"off"}"}', 200, 'application/json', 'not-json'],
    ['null', 200, 'application/json', 'wrong-shape'],
    ['[]', 200, 'application/json', 'wrong-shape'],
    ['{"seq":2}', 200, 'application/json', 'wrong-shape'],
    ['{"error":"0"}', 200, 'application/json', 'wrong-shape'],
    ['{"error":0.5}', 200, 'application/json', 'wrong-shape'],
    ['{"error":1e999}', 200, 'application/json', 'wrong-shape'],
    ['{"__proto__":{"error":0}}', 200, 'application/json', 'wrong-shape'],
    [`{"error":0,"data":${'['.repeat(30_000)}`, 200, 'application/json', 'wrong-shape'],
  ])('%.50s (%i, %s) is %s', (text, status, contentType, fault) => {
    expect(parseReply({ status, contentType, text })).toEqual({ ok: false, fault });
  });

  it('takes JSON that is labelled as a web page', () => {
    expect(parseReply({ status: 200, contentType: 'text/html', text: '{"seq":1,"error":400}' })).toEqual({
      ok: true,
      value: { error: 400, data: undefined },
    });
  });

  it('survives everything', () => {
    const bodies = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.json().map((text) => `{"error":0,"data":${text}}`),
    );
    fc.assert(
      fc.property(bodies, fc.string(), fc.constantFrom(200, 200, 204, 404), (text, contentType, status) => {
        const reply = parseReply({ status, contentType, text });
        if (!reply.ok) return;
        const data = parseData(reply.value.data);
        if (data.ok) JSON.stringify(deviceInfoOf(data.value.fields, data.value.wasText));
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseData', () => {
  it.each([[undefined], [null], [[]], [7], [true], ['7'], ['[]'], ['null'], ['nonsense'], ['{'], ['']])(
    '%j has the wrong shape',
    (data) => {
      expect(parseData(data)).toEqual({ ok: false, fault: 'wrong-shape' });
    },
  );
});

describe('deviceInfoOf', () => {
  it('reads 3.3.0, whose data is a string', () => {
    expect(infoOf(replies.v14)).toEqual({
      protocol: '1.4',
      fwVersion: null,
      deviceid: null,
      refusesId: false,
      otaUnlock: false,
      switch: 'off',
      startup: 'stay',
      pulse: 'off',
      pulseWidth: 500,
      ssid: 'sonoffDiy',
      bssid: null,
      signalStrength: null,
      hasSwitches: false,
      hasBrightness: false,
      other: {},
    });
  });

  it('reads 3.5.0', () => {
    expect(infoOf(replies.v350)).toEqual({
      protocol: '2.x',
      fwVersion: '3.5.0',
      deviceid,
      refusesId: false,
      otaUnlock: false,
      switch: 'off',
      startup: 'off',
      pulse: 'off',
      pulseWidth: 500,
      ssid: 'attic',
      bssid: '02:00:00:00:00:01',
      signalStrength: -52,
      hasSwitches: false,
      hasBrightness: false,
      other: {},
    });
  });

  it('reads the example of protocol v1.4', () => {
    expect(infoOf(replies.v14Doc)).toMatchObject({ protocol: '1.4', otaUnlock: true, pulseWidth: 2000 });
  });

  it('keeps what it does not know of a D1', () => {
    expect(infoOf(replies.d1)).toMatchObject({
      hasBrightness: true,
      pulse: null,
      other: { brightness: 100, brightMin: 0, brightMax: 255, mode: 0 },
    });
  });

  it('sees the outlets of a MINIR3', () => {
    const info = infoOf(replies.minir3);
    expect(info).toMatchObject({ hasSwitches: true, switch: null });
    expect(info.other).toEqual({ switches: [{ switch: 'on', outlet: 0 }] });
  });

  it.each(['switches', 'startups', 'pulses'])('takes %s of any type for outlets', (key) => {
    expect(deviceInfoOf({ [key]: null }, false).hasSwitches).toBe(true);
  });

  it.each([['true'], [1], ['yes'], [null], [{}]])('does not take %j for unlocked', (otaUnlock) => {
    expect(deviceInfoOf({ otaUnlock }, false)).toMatchObject({ otaUnlock: null, other: { otaUnlock } });
  });

  it('never takes anything but true for unlocked, nor loses a key', () => {
    const keys = fc.constantFrom(
      'otaUnlock',
      'fwVersion',
      'deviceid',
      'switch',
      'signalStrength',
      '__proto__',
      'x',
    );
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), (data) => {
        const info = deviceInfoOf(data, false);
        expect(info.otaUnlock === true).toBe(data.otaUnlock === true);
        expect(info.deviceid).not.toBe('');
        const named = new Map(Object.entries(info));
        for (const [key, value] of Object.entries(data)) {
          const shown = Object.hasOwn(info.other, key) ? info.other[key] : named.get(key);
          expect(shown).toEqual(value);
        }
      }),
    );
  });
});
