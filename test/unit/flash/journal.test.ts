import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { withoutIds, withoutNetworks } from '../../../src/flash/journal/redaction.ts';
import { renderedLog } from '../../../src/flash/journal/rendered-log.ts';
import { makeReady, setStage } from './stage.ts';

/** Marks that no reply has by itself, around anything at all. */
const secret = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `Zq${text}qZ`);

const info = (ssid: string, password: string) => ({
  switch: 'off',
  ssid,
  otaUnlock: true,
  bssid: '02:00:5e:10:20:30',
  password,
  signalStrength: -52,
});

describe('withoutNetworks', () => {
  it('keeps everything else of a reply', () => {
    const reply = { seq: 2, error: 0, data: info('attic', 'hunter2') };
    expect(JSON.parse(withoutNetworks(JSON.stringify(reply)))).toEqual({
      seq: 2,
      error: 0,
      data: { ...info('…', '…'), bssid: '…' },
    });
    expect(withoutNetworks('{"seq":2,"error":403}')).toBe('{"seq":2,"error":403}');
    expect(withoutNetworks('not JSON at all')).toBe('not JSON at all');
  });

  it('lets no network name and no password through: as an object, as a text, cut off anywhere', () => {
    fc.assert(
      fc.property(secret, secret, fc.nat(400), fc.boolean(), (ssid, password, length, asText) => {
        const data = info(ssid, password);
        const text = JSON.stringify({ seq: 2, error: 0, data: asText ? JSON.stringify(data) : data });
        for (const reply of [text, `${text.slice(0, length)}…`]) {
          const clean = withoutNetworks(reply);
          expect(clean).not.toContain('Zq');
          expect(clean).not.toContain('qZ');
        }
      }),
    );
  });

  it('never throws, whatever was answered', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof withoutNetworks(text) === 'string'),
    );
  });
});

describe('withoutIds', () => {
  it.each([
    ['Flashing to ewelink_1000a1b2c3.local', 'Flashing to ewelink_….local'],
    ['GET http://eWeLink_1000a1b2c3.local/ → 200', 'GET http://eWeLink_….local/ → 200'],
    ['join ITEAD-1000a1b2c3.', 'join ITEAD-….'],
    ['{"deviceid":"a480001234","data":{}}', '{"deviceid":"…","data":{}}'],
    ['{\\"deviceid\\":\\"1000a1b2c3\\"}', '{\\"deviceid\\":\\"…\\"}'],
    ['id 1000A1B2C3 here', 'id 10… here'],
    ['02:00:5E:10:20:30', '…'],
    ['02-00-5e-10-20-30', '…'],
  ])('%s', (line, clean) => {
    expect(withoutIds(line)).toBe(clean);
  });

  it('leaves digests, addresses and times alone', () => {
    const line = `sha256 10${'ab'.repeat(31)} to 192.168.1.104:8081 at 10:20:30`;
    expect(withoutIds(line)).toBe(line);
  });
});

describe('the journal of a run', () => {
  it.each(['3.3.0', '3.6.0'])('names neither network nor device (%s)', async (profile) => {
    const stage = await setStage({ profile });
    stage.device.settings.ssid = 'my "attic", behind\\the roof';
    const engine = stage.engine();
    await makeReady(stage, engine, '1000a1b2c3');
    const text = renderedLog(stage.run().journal, inEnglish);
    expect(text).toContain('ota_unlock');
    expect(text).not.toMatch(/attic|roof|1000a1b2c3|02:00:5e/i);
    expect(JSON.stringify(stage.run().journal)).not.toMatch(/attic|roof/);
  });
});
