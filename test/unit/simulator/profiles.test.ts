import { describe, expect, it } from 'vitest';
import { aDevice, say } from './desk.ts';

const relay = (fwVersion: string, seq = 2) =>
  `{"seq":${seq},"error":0,"data":{"switch":"off","startup":"off","pulse":"off","pulseWidth":500,"ssid":"simulated",` +
  `"otaUnlock":false,"fwVersion":"${fwVersion}","deviceid":"1000a1b2c3","bssid":"02:00:5e:10:20:30","signalStrength":-52}}`;

const outlets = (row: (outlet: number) => string) => [0, 1, 2, 3].map(row).join(',');

describe('info has the shape and key order of its capture', () => {
  it.each([
    [
      '3.3.0',
      { deviceid: '1000a1b2c3', data: {} },
      String.raw`{"seq":168,"error":0,"data":"{\"switch\":\"off\",\"startup\":\"off\",\"pulse\":\"off\",\"pulseWidth\":500,\"ssid\":\"simulated\",\"otaUnlock\":false}"}`,
    ],
    ['3.5.0', { data: {} }, relay('3.5.0')],
    ['3.6.0', { data: {} }, relay('3.6.0')],
    ['3.7.6', { data: {} }, relay('3.7.6')],
    [
      'd1-3.5.0',
      { data: {} },
      '{"seq":27,"error":0,"data":{"deviceid":"1000a1b2c3","switch":"off","startup":"off","brightness":100,' +
        '"brightMin":0,"brightMax":255,"mode":0,"otaUnlock":false,"fwVersion":"3.5.0","ssid":"simulated",' +
        '"bssid":"02:00:5e:10:20:30","signalStrength":-52}}',
    ],
    [
      'minir3-1.4.0',
      { data: {} },
      `{"seq":2,"error":0,"data":{"switches":[${outlets((outlet) => `{"switch":"off","outlet":${outlet}}`)}],` +
        `"configure":[${outlets((outlet) => `{"startup":"off","outlet":${outlet}}`)}],` +
        `"pulses":[${outlets((outlet) => `{"pulse":"off","switch":"on","outlet":${outlet},"width":500}`)}],` +
        '"fwVersion":"1.4.0","deviceid":"1000a1b2c3","ssid":"simulated","bssid":"02:00:5e:10:20:30","signalStrength":-52}}',
    ],
    ['b02-bl-1.4.1', { data: {} }, relay('1.4.1')],
    ['not-diy', { data: {} }, '{"seq":199,"error":400}'],
    ['not-diy-401', { data: {} }, '{"seq":199,"error":401}'],
  ])('%s', async (profile, body, answer) => {
    const device = await aDevice({ profile });
    const heard = await say(device, 'info', body);
    expect(heard.body).toBe(answer);
    expect(heard.head).toMatch(
      /^HTTP\/1\.1 200 OK\r\nContent-Type: application\/json\r\nConnection: close\r\n/,
    );
    expect(heard.head).not.toMatch(/access-control/i);
  });
});

describe('deviceid', () => {
  const id = '1000a1b2c3';
  const wrong = '1000ffffff';
  it.each([
    ['3.3.0', undefined, 422],
    ['3.3.0', '', 0],
    ['3.3.0', wrong, 404],
    ['3.3.0', id, 0],
    ['3.6.0', undefined, 0],
    ['3.6.0', '', 0],
    ['3.6.0', wrong, 404],
    ['3.6.0', id, 0],
    ['3.7.6', undefined, 0],
    ['3.7.6', '', 'reset'],
    ['3.7.6', wrong, 'reset'],
    ['3.7.6', id, 0],
    ['minir3-1.4.0', undefined, 0],
    ['minir3-1.4.0', id, 'reset'],
  ])('%s with %j: %s', async (profile, deviceid, expected) => {
    const device = await aDevice({ profile });
    const heard = await say(device, 'info', { ...(deviceid === undefined ? {} : { deviceid }), data: {} });
    if (expected === 'reset') expect(heard).toMatchObject({ raw: '', ended: 'reset' });
    else expect(JSON.parse(heard.body)).toMatchObject({ error: expected });
  });
});

describe('commands', () => {
  it.each([
    ['3.6.0', 'signal_strength', {}, '{"seq":2,"error":0,"data":{"signalStrength":-52}}'],
    ['3.6.0', 'switch', { switch: 'on' }, '{"seq":2,"error":0}'],
    ['3.6.0', 'switch', { switch: 'maybe' }, '{"seq":2,"error":422}'],
    ['3.6.0', 'startup', { startup: 'stay' }, '{"seq":2,"error":0}'],
    ['3.6.0', 'startup', {}, '{"seq":2,"error":422}'],
    ['3.6.0', 'pulse', { pulse: 'on', pulseWidth: 2000 }, '{"seq":2,"error":0}'],
    ['3.6.0', 'pulse', { pulse: 'on', pulseWidth: 2001 }, '{"seq":2,"error":422}'],
    ['3.6.0', 'wifi', { ssid: 'other', password: 'secret' }, '{"seq":2,"error":0}'],
    ['3.6.0', 'ota_unlock', {}, '{"seq":2,"error":0}'],
    ['3.6.0', 'ota_flash', {}, '{"seq":2,"error":422}'],
    ['d1-3.5.0', 'switch', { switch: 'on' }, '{"seq":27,"error":400}'],
    ['minir3-1.4.0', 'switches', { switches: [{ switch: 'on', outlet: 0 }] }, '{"seq":2,"error":0}'],
    ['minir3-1.4.0', 'switches', { switches: [{ switch: 'on', outlet: 4 }] }, '{"seq":2,"error":422}'],
  ])('%s %s %j', async (profile, command, data, answer) => {
    const device = await aDevice({ profile });
    expect((await say(device, command, { data })).body).toBe(answer);
  });

  it('show in the next info', async () => {
    const device = await aDevice();
    await say(device, 'switch', { data: { switch: 'on' } });
    expect((await say(device, 'info', { data: {} })).body).toContain(
      '"seq":3,"error":0,"data":{"switch":"on"',
    );
  });

  it('switch the relay behind the first outlet', async () => {
    const device = await aDevice({ profile: 'minir3-1.4.0' });
    await say(device, 'switches', { data: { switches: [{ switch: 'on', outlet: 3 }] } });
    expect(device.settings.switch).toBe('off');
    await say(device, 'switches', { data: { switches: [{ switch: 'on', outlet: 0 }] } });
    expect((await say(device, 'info', { data: {} })).body).toContain(
      '"switches":[{"switch":"on","outlet":0},{"switch":"off","outlet":1}',
    );
  });

  it('tolerates extra keys', async () => {
    const device = await aDevice();
    const body = {
      sequence: '1700000000000',
      deviceid: '1000a1b2c3',
      selfApikey: '123',
      data: { switch: 'on' },
    };
    expect((await say(device, 'switch', body)).body).toBe('{"seq":2,"error":0}');
  });

  it('takes data as a string on v1.4 and refuses it later', async () => {
    const body = { deviceid: '1000a1b2c3', data: '{"switch":"on"}' };
    expect((await say(await aDevice({ profile: '3.3.0' }), 'switch', body)).body).toContain('"error":0');
    expect((await say(await aDevice(), 'switch', body)).body).toContain('"error":422');
  });

  it.each([
    ['3.6.0', 'nonsense'],
    ['minir3-1.4.0', 'ota_flash'],
  ])('%s answers the unknown %s with a page', async (profile, command) => {
    const heard = await say(await aDevice({ profile }), command, { data: {} });
    expect(heard.head).toContain('Content-Type: text/html');
  });
});
