import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../simulator/faults.ts';
import { aDevice, postOf, say, sayRaw } from './desk.ts';

const info = postOf('/zeroconf/info', '{"data":{}}');
const good = { ended: 'closed', body: expect.stringContaining('"fwVersion":"3.6.0"') };
const wasReset = { ended: 'reset', raw: '' };

describe('port 8081', () => {
  it.each(['GET', 'OPTIONS', 'HEAD', 'PUT'])('resets %s', async (method) => {
    const device = await aDevice();
    const request = `${method} /zeroconf/info HTTP/1.1\r\nHost: x\r\n\r\n`;
    expect(await sayRaw(device.port, request)).toMatchObject(wasReset);
  });

  it.each([
    [
      'a chunked body',
      'POST /zeroconf/info HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    ],
    ['something that is not HTTP', 'hello\r\n\r\n'],
    ['headers that do not fit', `POST /zeroconf/info HTTP/1.1\r\nX: ${'x'.repeat(3000)}\r\n\r\n`],
    ['a body that does not fit', postOf('/zeroconf/info', `{"data":{"x":"${'x'.repeat(3000)}"}}`)],
  ])('resets %s', async (_name, bytes) => {
    expect(await sayRaw((await aDevice()).port, bytes)).toMatchObject(wasReset);
  });

  it.each(['', 'data', '[]', '{"data":{}'])('answers 400 to the body %j', async (body) => {
    const heard = await sayRaw((await aDevice()).port, postOf('/zeroconf/info', body));
    expect(heard.body).toBe('{"seq":2,"error":400}');
  });

  it('does not mind the content type, and reads a request that comes in pieces', async () => {
    const device = await aDevice();
    const plain = info.replace('application/json', 'application/x-www-form-urlencoded');
    expect(await sayRaw(device.port, plain)).toMatchObject(good);
    const pieces = new Promise<string>((resolve) => {
      let raw = '';
      const socket = connect(device.port, '127.0.0.1', () => {
        socket.write(info.slice(0, 30));
        setTimeout(() => socket.write(info.slice(30)), 20);
      });
      socket.on('data', (bytes) => {
        raw += bytes.toString();
      });
      socket.on('close', () => resolve(raw));
    });
    expect(await pieces).toContain('"error":0');
  });

  it('serves a browser, which opens connections ahead', async () => {
    const device = await aDevice();
    const ahead = connect(device.port, '127.0.0.1');
    const reply = await fetch(`http://127.0.0.1:${device.port}/zeroconf/info`, {
      method: 'POST',
      body: '{"data":{}}',
    });
    expect(await reply.json()).toMatchObject({ error: 0 });
    ahead.destroy();
  });

  it('keeps a connection open when it is told to, and closes it to say nothing', async () => {
    const fault = { kind: 'drop-reply', on: 'switch' } as const;
    const device = await aDevice({ keepAlive: true, spacingMs: 0, faults: [fault] });
    const socket = connect(device.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const answer = () => new Promise((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())));
    for (let times = 0; times < 2; times += 1) {
      const first = answer();
      socket.write(info);
      expect(await first).toContain('Connection: keep-alive\r\n');
    }
    socket.write(postOf('/zeroconf/switch', '{"data":{"switch":"on"}}'));
    await closed;
    expect(device.heard.map(({ connection }) => connection)).toEqual([1, 1, 1]);
    expect(device.settings.switch).toBe('on');
  });

  it('resets a second request while one is handled, and records it', async () => {
    const device = await aDevice({ vendorDelayMs: 100 });
    const first = say(device, 'ota_unlock', { data: {} });
    await device.waitUntil(({ heard }) => heard.length === 1);
    expect(await sayRaw(device.port, info)).toMatchObject(wasReset);
    expect((await first).body).toContain('"error":0');
    expect(device.heard.map(({ command }) => command)).toEqual(['ota_unlock', 'info']);
    expect(device.heard[1]?.outcome).toContain('busy');
  });

  it('resets a request that comes too soon after an answer, and serves the next', async () => {
    const device = await aDevice({ spacingMs: 60 });
    expect(await sayRaw(device.port, info)).toMatchObject(good);
    expect(await sayRaw(device.port, info)).toMatchObject(wasReset);
    await new Promise((resolve) => setTimeout(resolve, 70));
    expect(await sayRaw(device.port, info)).toMatchObject(good);
  });

  it('drops a connection on which nothing is said', async () => {
    const device = await aDevice({ idleMs: 30 });
    expect(await sayRaw(device.port, '')).toMatchObject({ ended: 'closed', raw: '' });
  });

  it('tells what it heard, word for word', async () => {
    const lines: string[] = [];
    const device = await aDevice({ hear: (line) => lines.push(line) });
    await sayRaw(device.port, info);
    expect(device.heard).toMatchObject([{ command: 'info', method: 'POST', body: { data: {} }, raw: info }]);
    expect(lines.join('\n')).toContain('POST /zeroconf/info {"data":{}}');
  });
});

describe('faults', () => {
  const spoilt: [FaultKind, number | undefined, object][] = [
    ['drop-reply', undefined, { ended: 'closed', raw: '' }],
    ['reset-at', 0, { ended: 'reset', raw: '' }],
    [
      'html',
      undefined,
      { head: expect.stringContaining('text/html'), body: expect.stringContaining('<form>') },
    ],
    ['not-json', undefined, { body: expect.stringContaining('"data":"{"switch"') }],
    ['wrong-shape', undefined, { body: '{"status":"ok","result":[]}' }],
    ['refuse', undefined, wasReset],
  ];

  it.each(spoilt)('%s', async (kind, number, expected) => {
    const device = await aDevice();
    device.faults.switchOn({ kind, times: 1, ...(number === undefined ? {} : { number }) });
    expect(await sayRaw(device.port, info)).toMatchObject(expected);
    expect(await sayRaw(device.port, info)).toMatchObject(good);
  });

  it('reset-at lets that many bytes through', async () => {
    const device = await aDevice({ faults: [{ kind: 'reset-at', number: 40 }] });
    expect(await sayRaw(device.port, info)).toMatchObject({
      ended: 'reset',
      raw: expect.stringMatching(/^.{40}$/s),
    });
  });

  it('slow answers later', async () => {
    const device = await aDevice({ faults: [{ kind: 'slow', number: 80 }] });
    const began = performance.now();
    expect(await sayRaw(device.port, info)).toMatchObject(good);
    expect(performance.now() - began).toBeGreaterThan(75);
  });

  it('endless goes on until the client has had enough', async () => {
    const device = await aDevice({ faults: [{ kind: 'endless' }] });
    const much = await new Promise<number>((resolve) => {
      let bytes = 0;
      const socket = connect(device.port, '127.0.0.1', () => socket.write(info));
      socket.on('data', (more) => {
        bytes += more.length;
        if (bytes > 3_000_000) socket.destroy();
      });
      socket.on('close', () => resolve(bytes));
    });
    expect(much).toBeGreaterThan(3_000_000);
  });

  it('hang occupies the device until the client leaves', async () => {
    const device = await aDevice({ faults: [{ kind: 'hang', times: 1 }] });
    const stuck = connect(device.port, '127.0.0.1', () => stuck.write(info));
    await device.waitUntil(({ heard }) => heard.length === 1);
    expect(await sayRaw(device.port, info)).toMatchObject(wasReset);
    stuck.destroy();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await sayRaw(device.port, info)).toMatchObject(good);
  });

  it('strike one command only, and can be switched off', async () => {
    const device = await aDevice({ faults: [{ kind: 'html', on: 'info' }] });
    expect((await say(device, 'signal_strength', { data: {} })).body).toContain('"signalStrength"');
    expect((await say(device, 'info', { data: {} })).head).toContain('text/html');
    device.faults.switchOff('html');
    expect(await say(device, 'info', { data: {} })).toMatchObject(good);
  });

  it('vanish and come back', async () => {
    const device = await aDevice();
    await device.vanish();
    expect(await sayRaw(device.port, info)).toMatchObject(wasReset);
    await device.comeBack();
    expect(await sayRaw(device.port, info)).toMatchObject(good);
    await device.powerCycle();
    expect(await sayRaw(device.port, info)).toMatchObject(good);
  });
});

describe('ota_unlock', () => {
  it.each([
    ['up', 0, true],
    ['slow', 0, true],
    ['down-503', 503, false],
    ['refusing', 500, false],
    ['refusing-422', 422, false],
  ] as const)('with a vendor that is %s: %i', async (vendor, error, unlocked) => {
    const device = await aDevice({ vendor });
    expect((await say(device, 'ota_unlock', { data: {} })).body).toBe(`{"seq":2,"error":${error}}`);
    expect(device.settings.otaUnlock).toBe(unlocked);
  });

  it('with a vendor that is down: an empty reply', async () => {
    const device = await aDevice({ vendor: 'down' });
    expect(await say(device, 'ota_unlock', { data: {} })).toMatchObject({ raw: '', ended: 'closed' });
    expect(device.settings.otaUnlock).toBe(false);
  });

  it('works although the reply is lost, and although the client has left', async () => {
    const device = await aDevice({ vendor: 'slow', faults: [{ kind: 'drop-reply', on: 'ota_unlock' }] });
    expect(await say(device, 'ota_unlock', { data: {} })).toMatchObject({ raw: '' });
    expect((await say(device, 'info', { data: {} })).body).toContain('"otaUnlock":true');
    const other = await aDevice({ vendorDelayMs: 40 });
    const impatient = connect(other.port, '127.0.0.1', () => {
      impatient.write(postOf('/zeroconf/ota_unlock', '{"data":{}}'));
    });
    await other.waitUntil(({ heard }) => heard.length === 1);
    impatient.destroy();
    await other.waitUntil(({ heard }) => heard[0]?.outcome !== '');
    expect(other.settings.otaUnlock).toBe(true);
  });
});
