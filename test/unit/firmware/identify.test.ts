import { describe, expect, it } from 'vitest';
import { identify } from '../../../src/firmware/identify/identify.ts';
import { named } from '../../../src/firmware/identify/name.ts';
import { inspect } from '../../../src/firmware/parse/inspect.ts';
import { buildImage, type ImageSpec } from '../../images/esp8266-image.ts';
import { sayingJust } from '../saying.ts';
import { idsOf } from './judged.ts';

function identityOf(spec: Partial<ImageSpec>) {
  const bytes = buildImage(spec);
  return identify(bytes, inspect(bytes));
}

describe('Tasmota', () => {
  it.each([
    [{ flavour: 'tasmota-lite', version: '14.1.0' }, 'Tasmota 14.1.0 lite'],
    [{ flavour: 'tasmota-lite', version: '8.5.0' }, 'Tasmota 8.5.0 lite'],
    [{ flavour: 'tasmota-lite', version: '14.1.0.2' }, 'Tasmota 14.1.0.2 lite'],
    [{ flavour: 'tasmota', version: '9.1.0' }, 'Tasmota 9.1.0'],
    [{ flavour: 'tasmota-sensors', version: '12.2.0' }, 'Tasmota 12.2.0 sensors'],
    [{ flavour: 'tasmota-ir', version: '12.2.0' }, 'Tasmota 12.2.0 ir'],
    [{ flavour: 'tasmota-DE', version: '12.2.0' }, 'Tasmota 12.2.0 DE'],
  ] as const)('%o', (spec, title) => {
    expect(identityOf(spec)).toMatchObject({
      family: 'tasmota',
      title: named(title),
      core: '2.7.4.1',
      built: 'Sep  9 2020',
    });
  });

  it('is not called minimal for what it would fetch', () => {
    const strings = ['http://ota.tasmota.com/tasmota/release/tasmota-minimal.bin'];
    const bytes = buildImage({ flavour: 'unknown', strings: ['Project %s', '%s-minimal%s', ...strings] });
    expect(identify(bytes, inspect(bytes))).toMatchObject({ variant: 'full', minimalBecause: null });
  });

  it('tells its language', () => {
    expect(identityOf({ flavour: 'tasmota-DE', version: '12.2.0' }).language).toBe('de');
  });

  it('has no version where two numbers stand in its place', () => {
    const bytes = buildImage({ version: '14.1.0' });
    const view = new DataView(bytes.buffer);
    view.setUint32(0x3000, 4617, true);
    view.setUint32(0x3004, 0x0d040000, true);
    expect(identify(bytes, inspect(bytes))).toMatchObject({ version: null, title: named('Tasmota lite') });
  });
});

describe('a minimal build', () => {
  it.each([
    ['by what it says', { flavour: 'tasmota-minimal' }],
    ['by what it cannot do, in another language', { flavour: 'tasmota-minimal-translated' }],
    ['without a version', { flavour: 'tasmota-minimal-translated', version: '0.0.0' }],
    [
      'with all the size of a full one',
      { flavour: 'tasmota-minimal-translated', version: '15.0.0', size: 480_000 },
    ],
    [
      'inside something that calls itself ESPHome',
      { flavour: 'esphome', version: '2021.12.3', strings: ['MINIMAL firmware'] },
    ],
    [
      'inside something that has both sets of strings',
      {
        flavour: 'tasmota-minimal-translated',
        strings: ['ESPHome version 2021.12.3 compiled on %s'],
      },
    ],
    ['inside an unknown one', { flavour: 'unknown', strings: ['MINIMAL firmware'] }],
  ] as const)('is refused: %s', (_, spec) => {
    expect(idsOf(buildImage(spec), 'fail')).toEqual(['image-firmware']);
  });

  it('is called minimal', () => {
    expect(identityOf({ flavour: 'tasmota-minimal' }).title).toEqual(named('Tasmota 8.5.0 minimal'));
    const lite = identityOf({ flavour: 'tasmota-lite', strings: ['MINIMAL firmware'] });
    expect(lite).toMatchObject({ title: named('Tasmota 8.5.0 minimal'), variant: 'minimal' });
  });

  it('is not seen in others', () => {
    for (const flavour of [
      'tasmota',
      'tasmota-lite',
      'tasmota-DE',
      'tasmota-sensors',
      'esphome',
      'espurna',
      'unknown',
    ] as const) {
      expect(identityOf({ flavour }).minimalBecause).toBeNull();
    }
  });

  it('is not seen in an old large Tasmota that does not know minimal builds', () => {
    const old = { flavour: 'tasmota-minimal-translated', version: '5.9.1', size: 480_000 } as const;
    expect(identityOf(old)).toMatchObject({ family: 'tasmota', minimalBecause: null, version: '5.9.1' });
  });
});

describe('others', () => {
  it('ESPHome', () => {
    expect(identityOf({ flavour: 'esphome', version: '2021.12.3' })).toMatchObject({
      family: 'esphome',
      title: named('ESPHome 2021.12.3 (acme.relay)'),
      version: '2021.12.3',
      project: 'acme.relay',
      board: 'esp8285',
    });
  });

  it('ESPHome that logs nothing', () => {
    expect(identityOf({ flavour: 'unknown', strings: ['_esphomelib'] })).toMatchObject({
      family: 'esphome',
      title: named('ESPHome'),
    });
  });

  it.each([
    ['2025.8.0-dev', 'ESPHome version 2025.8.0-dev compiled on %s'],
    ['1.14.5', 'esphome version 1.14.5 compiled on %s'],
    ['2024.6.1', '_esphomelib', '2024.6.1'],
    ['2026.1.0b2', 'esp8266.preferences', '2026.1.0b2'],
  ])('ESPHome %s', (version, ...strings) => {
    expect(identityOf({ flavour: 'unknown', strings })).toMatchObject({ family: 'esphome', version });
  });

  it('ESPHome of a vendor', () => {
    const strings = [
      'ESPHome version 2024.6.1 compiled on %s',
      'Project Athom Technology.Plug V2 version v1.2',
      'esp_wroom_02',
    ];
    expect(identityOf({ flavour: 'unknown', strings })).toMatchObject({
      title: named('ESPHome 2024.6.1 (Athom Technology.Plug V2)'),
      project: 'Athom Technology.Plug V2',
      board: 'esp_wroom_02',
    });
  });

  it.each([
    ['ESPEasy 20240822', 'espeasy', 'ESP_Easy_mega_20240822_normal_ESP8266_1M.bin'],
    ['ESPEasy', 'espeasy', 'Welcome to ESP Easy'],
    ['ESPEasy Uploader', 'espeasy', '<h1>ESP Easy Uploader</h1>'],
    ['WLED 0.14.0', 'wled', 'WLED-AP', '0.14.0'],
    ['OpenMQTTGateway', 'openmqttgateway', 'OpenMQTTGateway'],
    ['ratgdo', 'ratgdo', 'ratgdo-comms'],
    ['Owie', 'owie', 'Owie-recovery'],
    ['SUPLA', 'supla', 'SUPLA-ESP8266'],
  ])('%s', (title, family, ...strings) => {
    expect(identityOf({ flavour: 'unknown', strings })).toMatchObject({ title: named(title), family });
  });

  it.each([
    ['KAUF', 'ESPHome version 2024.6.1 compiled on %s', 'Project Kauf.PLF12 version 1.9'],
    ['Owie', 'Owie-recovery', 'The HTML markup is based on the main page of Tasmota'],
    ['a stranger', 'Use Tasmota instead', 'http://ota.tasmota.com/tasmota/release/tasmota.bin.gz'],
  ])('%s, which writes about Tasmota, is not taken for a minimal build of it', (_, ...strings) => {
    const about = ['DO NOT USE <b>TASMOTA-MINIMAL</b>.BIN', 'Theo Tasmota', 'DVES'];
    const identity = identityOf({ flavour: 'unknown', layout: 'core3', strings: [...strings, ...about] });
    expect(identity.minimalBecause).toBeNull();
    expect(identity.family).not.toBe('tasmota');
  });

  it.each([
    ['under another name', ['{"StatusFWR":{"Version":"%s%s"', 'Acme']],
    [
      'that says so in its log',
      ['{"StatusFWR":{', '%s-minimal%s', 'WARNING This version does not support persistent settings'],
    ],
    ['that says so otherwise', ['{"StatusFWR":{', '%s-minimal%s', 'it does not save settings']],
    ['without its answers', ['Tasmota %s by Theo Arends']],
  ])('a minimal build %s is refused', (_, strings) => {
    expect(identityOf({ flavour: 'unknown', strings }).minimalBecause).not.toBeNull();
    expect(idsOf(buildImage({ flavour: 'unknown', strings }), 'fail')).toEqual(['image-firmware']);
  });

  it('ESPurna', () => {
    expect(identityOf({ flavour: 'espurna', version: '1.15.0' })).toMatchObject({
      family: 'espurna',
      title: named('ESPurna 1.15.0'),
    });
  });

  it('anything else', () => {
    expect(identityOf({ flavour: 'unknown' })).toMatchObject({
      family: 'unknown',
      title: sayingJust('unknown firmware'),
    });
  });

  it('a file that is no firmware is called what it is', () => {
    const bytes = new TextEncoder().encode('Tasmota Project %s "StatusFWR"');
    expect(identify(bytes, inspect(bytes))).toMatchObject({
      family: 'unknown',
      title: sayingJust('a text file'),
    });
  });
});
