import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { parseData, parseReply } from '../../../src/zeroconf/client/reply.ts';
import { deviceInfoOf } from '../../../src/zeroconf/device/device-info.ts';
import { signalWords } from '../../../src/zeroconf/device/signal.ts';
import { deviceChecks } from '../../../src/zeroconf/device/suitability.ts';
import { replies } from './fixtures.ts';

function infoOf(text: string) {
  const reply = parseReply({ status: 200, contentType: '', text });
  const data = reply.ok ? parseData(reply.value.data) : reply;
  if (!data.ok) throw new Error(data.fault);
  return deviceInfoOf(data.value.fields, data.value.wasText);
}

const answers = (info: Parameters<typeof deviceChecks>[0]) =>
  Object.fromEntries(deviceChecks(info).map(({ id, answer }) => [id.replace('device-', ''), answer]));

const relay = {
  switch: 'off',
  startup: 'off',
  pulse: 'off',
  pulseWidth: 500,
  otaUnlock: true,
  signalStrength: -50,
};

describe('deviceChecks', () => {
  it.each(Object.entries(replies))(
    'name a row for whatever speaks against %s, and for nothing else',
    (_, reply) => {
      for (const { id, answer, trouble } of deviceChecks(infoOf(reply)))
        expect(trouble !== undefined, id).toBe(answer === 'fail' || answer === 'warn');
    },
  );

  it.each([
    ['v14', { kind: 'pass', firmware: 'pass', signal: 'unknown', unlocked: 'fail', id: 'warn' }],
    ['v350', { kind: 'pass', firmware: 'pass', signal: 'pass', unlocked: 'fail' }],
    ['v376', { kind: 'pass', firmware: 'pass', signal: 'pass', unlocked: 'pass' }],
    ['d1', { kind: 'pass', firmware: 'pass', signal: 'pass', unlocked: 'pass' }],
    ['minir3', { kind: 'fail', firmware: 'fail', signal: 'pass', unlocked: 'unknown' }],
  ] as const)('%s', (name, expected) => {
    expect(answers(infoOf(replies[name]))).toEqual(expected);
  });

  it('says of a D1 that it is one', () => {
    expect(inEnglish(deviceChecks(infoOf(replies.d1))[0]?.sentence ?? '')).toContain('D1');
  });

  it.each([
    ['a relay with firmware 1.4.1', { ...relay, fwVersion: '1.4.1' }, 'pass', 'fail'],
    ['a bulb with firmware 1.4.1', { brightness: 9, fwVersion: '1.4.1' }, 'warn', 'fail'],
    ['outlets with firmware 3.6.0', { ...relay, switches: [], fwVersion: '3.6.0' }, 'fail', 'unknown'],
    ['outlets without a version', { ...relay, pulses: [] }, 'fail', 'unknown'],
    ['firmware 3.2.9', { ...relay, fwVersion: '3.2.9' }, 'pass', 'unknown'],
    ['firmware 3.3.0', { ...relay, fwVersion: '3.3.0' }, 'pass', 'pass'],
    ['firmware 3.7.99', { ...relay, fwVersion: '3.7.99' }, 'pass', 'pass'],
    ['firmware 3.8.0', { ...relay, fwVersion: '3.8.0' }, 'pass', 'unknown'],
    ['firmware 4.0.0', { ...relay, fwVersion: '4.0.0' }, 'pass', 'unknown'],
    ['garbage for a version', { ...relay, fwVersion: 'latest' }, 'pass', 'unknown'],
    ['a number for a version', { ...relay, fwVersion: 3.5 }, 'pass', 'unknown'],
    ['no version, but an id', { ...relay, deviceid: '1000abcdef' }, 'pass', 'unknown'],
    ['a dimmer without a version', { brightness: 9 }, 'warn', 'unknown'],
    ['no pulse', { switch: 'on', fwVersion: '3.6.0' }, 'warn', 'unknown'],
    ['nothing at all', {}, 'warn', 'unknown'],
  ])('%s', (_, data, kind, firmware) => {
    expect(answers(deviceInfoOf(data, false))).toMatchObject({ kind, firmware });
  });

  it.each([
    [-30, 'pass', 'strong (-30 dBm)'],
    [-68, 'pass', 'good (-68 dBm)'],
    [-71, 'pass', 'fair (-71 dBm)'],
    [-75, 'pass', 'fair (-75 dBm)'],
    [-76, 'warn', 'weak (-76 dBm)'],
    [-90, 'warn', 'very weak (-90 dBm)'],
    [0, 'unknown', 'unknown'],
    [40, 'unknown', 'unknown'],
    [-500, 'unknown', 'unknown'],
  ])('a signal of %i: %s, %s', (signalStrength, signal, words) => {
    expect(answers(deviceInfoOf({ signalStrength }, false))).toMatchObject({ signal });
    expect(inEnglish(signalWords(signalStrength))).toBe(words);
  });

  it('wants a yes to a device that tells no id, or refuses its own', () => {
    const info = infoOf(replies.v376);
    const ids = (part: object) =>
      deviceChecks({ ...info, ...part }).map(({ id, answer }) => `${id} ${answer}`);
    expect(ids({ deviceid: null })).toContain('device-id warn');
    expect(ids({ refusesId: true })).toContain('device-refuses-id warn');
    expect(ids({}).filter((one) => one.includes('warn'))).toEqual([]);
  });

  it('warns of nothing on a good device, and gives an action wherever it does not pass', () => {
    for (const text of Object.values(replies)) {
      for (const check of deviceChecks(infoOf(text))) {
        // That it tells no id is no fault of the device, but the person's to know.
        if (check.id !== 'device-id') expect(check.answer).not.toBe('warn');
        if (check.answer === 'fail') expect(check.action).toBeTruthy();
        expect(inEnglish(check.sentence)).toMatch(/\.$/);
      }
    }
  });
});
