import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { concealed, withoutPasswords } from '../../../src/flash/tools/passwords.ts';
import { longestRawBody } from '../../../src/zeroconf/client/raw-request.ts';
import { type Bench, setBench } from './tool-bench.ts';

function send({ tools, card }: Bench, path: string, body = '{"data":{}}') {
  return tools.carryOut({ command: 'by-hand', host: card.host, path, body });
}

function last(bench: Bench) {
  return Object.values(bench.requests()).at(-1);
}

describe('a request by hand', () => {
  it('goes out as it was typed, and comes back as it came', async () => {
    const bench = await setBench();
    const body = '{ "deviceid": "1000a1b2c3", "sequence": "1", "data": {"switch":"on"} }';
    expect(send(bench, 'switch', body)).toBeNull();
    await bench.tools.settled();
    expect(bench.device.heard.at(-1)?.raw.endsWith(body)).toBe(true);
    expect(last(bench)).toMatchObject({
      host: bench.card.host,
      command: 'switch',
      body,
      step: {
        state: 'done',
        value: { status: 200, statusText: 'OK', body: '{"seq":3,"error":0}', cut: false },
      },
    });
    const step = last(bench)?.step;
    expect(step?.state === 'done' && step.value.headers).toContainEqual(['content-type', 'application/json']);
  });

  it.each([
    ['html', 'Router'],
    ['not-json', 'sonoffDiy'],
  ] as const)('shows what is no reply of a device as well (%s)', async (kind, words) => {
    const bench = await setBench();
    bench.device.faults.switchOn({ kind });
    send(bench, 'info');
    await bench.tools.settled();
    expect(last(bench)).toMatchObject({ step: { value: { body: expect.stringContaining(words) } } });
  });

  it('is cut where a body does not end', async () => {
    const bench = await setBench({ faults: [{ kind: 'endless', on: 'dimmable' }] });
    send(bench, 'dimmable');
    await bench.tools.settled();
    expect(last(bench)).toMatchObject({ step: { state: 'done', value: { cut: true } } });
  });

  it('is sent once, and its silence is told', async () => {
    const bench = await setBench({ faults: [{ kind: 'drop-reply', on: 'switch' }] });
    send(bench, 'switch', '{"data":{"switch":"on"}}');
    await bench.tools.settled();
    expect(bench.told()).toHaveLength(1);
    expect(last(bench)).toMatchObject({
      step: { state: 'failed', failure: { kind: 'empty-reply', sentence: { id: 'flash_hand_silence' } } },
    });
  });

  it.each([
    'ota_flash',
    'OTA_FLASH',
    'ota_flashing',
    'xota_flash',
    'ota_fla',
    'ota',
    'flash',
    'info/../ota_flash',
    'ota%5fflash',
    'ota_flash?',
    ' ota_flash',
    'info#',
    '',
  ])('never flashes: %j', async (path) => {
    const bench = await setBench();
    expect(inEnglish(send(bench, path) ?? { id: '' })).toContain('Nothing has been sent');
    expect(bench.told()).toEqual([]);
  });

  it.each([
    '\r\n\r\nPOST /zeroconf/ota_flash HTTP/1.1\r\n\r\n{}',
    '{"command":"OTA_FLASH"}',
    '{"data":{"password":"geheim"',
    'x'.repeat(longestRawBody + 1),
    String.raw`{"data":"{\"password\":\"geheim\""}`,
    '{"data":{"ssid":"attic","password":"…"}}',
    String.raw`{"data":"{\"ssid\":\"attic\",\"password\":\"…\"}"}`,
  ])('never carries another: %#', async (body) => {
    const bench = await setBench();
    expect(inEnglish(send(bench, 'info', body) ?? { id: '' })).toContain('Nothing has been sent');
    expect(bench.told()).toEqual([]);
  });

  it('that may have moved the device counts as a move, in capitals too', async () => {
    const bench = await setBench();
    send(bench, 'WIFI', '{"data":{"ssid":"attic"}}');
    await expect.poll(() => last(bench)?.step.state).toBe('done');
    expect(bench.run().device.state).toBe('idle');
    expect(bench.access.whyReserved({ address: { host: bench.card.host }, deviceid: null })).not.toBeNull();
  });

  it('is kept with the last ten', async () => {
    const bench = await setBench();
    for (let count = 0; count < 12; count += 1) {
      expect(send(bench, 'info', `{"data":{},"count":${count}}`)).toBeNull();
      await bench.tools.settled();
    }
    const kept = Object.values(bench.requests()).map(({ body }) => body);
    expect(kept).toHaveLength(10);
    expect(kept[0]).toContain('"count":2');
  });
});

describe('passwords', () => {
  it.each([
    ['{"data":{"ssid":"a","password":"geheim"}}', '{"data":{"ssid":"a","password":"…"}}', ['geheim']],
    [
      String.raw`{"data":"{\"password\":\"geheim\"}"}`,
      String.raw`{"data":"{\"password\":\"…\"}"}`,
      ['geheim'],
    ],
    ['{"passphrase":{"a":["geheim",7]}}', '{"passphrase":"…"}', ['geheim', '7']],
    ['{"data":{"password":"geheim"', '', []],
    [String.raw`{"data":"{\"password\":\"geheim\""}`, '', []],
    [
      String.raw`{"params":["{\"password\":\"geheim\"}"]}`,
      String.raw`{"params":["{\"password\":\"…\"}"]}`,
      ['geheim'],
    ],
    [String.raw`"{\"password\":\"geheim\"}"`, String.raw`"{\"password\":\"…\"}"`, ['geheim']],
    ['{"data":{"ssid":"compass"}}', '{"data":{"ssid":"compass"}}', []],
    ['{ "data" : {} }', '{ "data" : {} }', []],
    ['no json', 'no json', []],
  ])('are found in %s', (body, text, passwords) => {
    expect(withoutPasswords(body)).toEqual({ text, passwords });
  });

  it('are hidden as they were typed and as JSON writes them, and where a text was cut in one', () => {
    const password = 'ge"heim';
    expect(concealed(`a ge"heim b ${JSON.stringify({ password })}`, [password])).toBe(
      'a … b {"password":"…"}',
    );
    expect(concealed('123456789 ge"he', [password], true)).not.toContain('ge');
    expect(concealed('as it was', [''], true)).toBe('as it was');
  });
});
