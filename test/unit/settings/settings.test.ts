import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { builtInMirrors, type Mirror } from '../../../src/mirror/url/catalogue.ts';
import {
  defaultSettings,
  exportSettings,
  importSettings,
  readSettings,
  type Settings,
  timeoutBounds,
} from '../../../src/settings/settings.ts';

/** What is said of a mirror that came with imported settings. */
const imported = { id: 'settings_source_imported' };

const mirror: Mirror = {
  id: 'nas',
  name: 'NAS',
  base: 'http://192.168.1.10:8080/',
  range: 'unknown',
  host: 'unknown',
  source: 'you added it',
  files: [],
};

const host = fc
  .tuple(fc.integer({ min: 1, max: 223 }), fc.integer({ min: 0, max: 255 }))
  .map(([first, last]) => `${first}.0.0.${last}`);

/** Mirrors as the options page makes them and as an import leaves them: nothing is known about them. */
const someMirror: fc.Arbitrary<Mirror> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 20 }),
  name: fc.string({ minLength: 1, maxLength: 40 }),
  base: fc
    .tuple(host, fc.constantFrom('', ':8080', ':8765'), fc.constantFrom('/', '/firmware/'))
    .map((parts) => `http://${parts.join('')}`),
  range: fc.constant('unknown'),
  host: fc.constant('unknown'),
  source: fc.constant(imported),
  files: fc.array(fc.string({ maxLength: 30 }), { maxLength: 3 }),
});

const someSettings: fc.Arbitrary<Settings> = fc
  .record({
    mirrors: fc.uniqueArray(fc.oneof(someMirror, fc.constantFrom(...builtInMirrors)), {
      minLength: 1,
      maxLength: 6,
      selector: ({ id }) => id,
    }),
    defaultFirmware: fc.string({ minLength: 1, maxLength: 60 }),
    info: fc.integer({ min: timeoutBounds.info.least, max: timeoutBounds.info.most }),
    ota_unlock: fc.integer({ min: timeoutBounds.ota_unlock.least, max: timeoutBounds.ota_unlock.most }),
    keepRuns: fc.boolean(),
  })
  .chain(({ mirrors, defaultFirmware, info, ota_unlock, keepRuns }) =>
    fc.constantFrom(...mirrors).map(({ id }) => ({
      version: 2 as const,
      keepRuns,
      mirrors,
      defaultMirror: id,
      defaultFirmware,
      timeouts: { info, ota_unlock },
    })),
  );

/** Anything that could lie in the storage: rubbish, and settings in which some parts are rubbish. */
const anythingStored = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      version: fc.oneof(fc.constantFrom(1, 2), fc.jsonValue()),
      keepRuns: fc.jsonValue(),
      mirrors: fc.oneof(fc.array(fc.oneof(someMirror, fc.jsonValue())), fc.jsonValue()),
      defaultMirror: fc.oneof(fc.string(), fc.jsonValue()),
      defaultFirmware: fc.jsonValue(),
      timeouts: fc.oneof(
        fc.record({ info: fc.oneof(fc.integer(), fc.double()), ota_unlock: fc.integer() }),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: [] },
  ),
);

describe('stored settings', () => {
  it('are the defaults when there are none', () => {
    expect(readSettings(undefined)).toEqual({ settings: defaultSettings, replaced: [] });
    expect(readSettings(JSON.parse(JSON.stringify(defaultSettings)))).toEqual({
      settings: defaultSettings,
      replaced: [],
    });
  });

  it('never throw and always become settings that stay as they are, whatever is stored', () => {
    fc.assert(
      fc.property(anythingStored, (stored) => {
        const { settings } = readSettings(stored);
        expect(readSettings(JSON.parse(JSON.stringify(settings)))).toEqual({ settings, replaced: [] });
        expect(settings.mirrors.map(({ id }) => id)).toContain(settings.defaultMirror);
        const { info, ota_unlock } = settings.timeouts;
        expect(info).toBeGreaterThanOrEqual(timeoutBounds.info.least);
        expect(info).toBeLessThanOrEqual(timeoutBounds.info.most);
        expect(ota_unlock).toBeGreaterThanOrEqual(timeoutBounds.ota_unlock.least);
        expect(ota_unlock).toBeLessThanOrEqual(timeoutBounds.ota_unlock.most);
      }),
    );
  });

  it('say so whenever a part could not be used', () => {
    fc.assert(
      fc.property(someSettings, fc.jsonValue(), (settings, rubbish) => {
        for (const part of ['mirrors', 'defaultMirror', 'defaultFirmware', 'timeouts', 'keepRuns'] as const) {
          const read = readSettings({ ...settings, [part]: rubbish });
          const kept = JSON.stringify(read.settings[part]) === JSON.stringify(rubbish);
          expect(kept || read.replaced.length > 0).toBe(true);
        }
      }),
    );
  });

  it.each([
    ['all settings', { ...defaultSettings, version: 3 }],
    ['all settings', 'settings'],
    ['all settings', {}],
    ['the default mirror', { ...defaultSettings, defaultMirror: 'gone' }],
    ['the default firmware', { ...defaultSettings, defaultFirmware: '' }],
    ['the time-outs', { ...defaultSettings, timeouts: { info: 0, ota_unlock: 150_000 } }],
    ['the time-outs', { ...defaultSettings, timeouts: { info: 5_000.5, ota_unlock: 150_000 } }],
    ['whether a record is kept', { ...defaultSettings, keepRuns: 'yes' }],
    ['the list of mirrors', { ...defaultSettings, mirrors: [] }],
    ['the list of mirrors', { ...defaultSettings, mirrors: 'none' }],
  ])('name %s', (name, stored) => {
    const { settings, replaced } = readSettings(stored);
    expect(replaced.map(inEnglish)).toEqual([name]);
    expect(settings).toEqual(defaultSettings);
  });

  it('of the first version are taken over, and keep a record', () => {
    const { keepRuns: _, ...first } = { ...defaultSettings, version: 1, defaultFirmware: 'mine.bin' };
    expect(readSettings(first)).toEqual({
      settings: { ...defaultSettings, defaultFirmware: 'mine.bin' },
      replaced: [],
    });
    expect(readSettings({ ...defaultSettings, keepRuns: false }).settings.keepRuns).toBe(false);
  });

  it('lose a damaged mirror and keep the others', () => {
    const read = readSettings({
      ...defaultSettings,
      mirrors: [
        mirror,
        { ...mirror, id: 'evil', name: 'Evil', base: 'https://evil.example/' },
        { ...mirror, name: 'Twin' },
        7,
        ...builtInMirrors,
      ],
    });
    expect(read.replaced.map(inEnglish)).toEqual([
      'the mirror “Evil”',
      'the mirror “Twin”',
      'a mirror without a name',
    ]);
    expect(read.settings.mirrors).toEqual([mirror, ...builtInMirrors]);
  });

  it('have room for fifty mirrors and say when there were more', () => {
    const mirrors = Array.from({ length: 60 }, (_, index) => ({ ...mirror, id: `nas-${index}` }));
    const { settings, replaced } = readSettings({ ...defaultSettings, mirrors, defaultMirror: 'nas-0' });
    expect(settings.mirrors).toHaveLength(50);
    expect(replaced.map(inEnglish)).toEqual(['all mirrors after the first 50']);
  });

  it('follow to the first mirror when the default one is damaged', () => {
    const bad = { ...mirror, id: 'bad', name: 'Bad', base: 'ftp://x/' };
    const read = readSettings({ ...defaultSettings, mirrors: [mirror, bad], defaultMirror: 'bad' });
    expect(read.settings.defaultMirror).toBe('nas');
    expect(read.replaced.map(inEnglish)).toEqual(['the mirror “Bad”', 'the default mirror']);
  });
});

describe('export and import', () => {
  it('give back what was exported', () => {
    fc.assert(
      fc.property(someSettings, (settings) => {
        expect(importSettings(exportSettings(settings))).toEqual({ settings, replaced: [] });
      }),
    );
  });

  it('never throw, whatever is imported', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      anythingStored.map((settings) => JSON.stringify({ application: 'sonoff-diy-flasher', settings })),
    );
    fc.assert(
      fc.property(text, (imported) => {
        const read = importSettings(imported);
        if (read !== null) expect(readSettings(read.settings).replaced).toEqual([]);
      }),
    );
  });

  it('know what is not theirs', () => {
    for (const text of ['', '{', '[]', 'null', JSON.stringify(defaultSettings)]) {
      expect(importSettings(text)).toBeNull();
    }
  });

  it('take no word for it that a server is right, and keep what the built-in list knows', () => {
    const boasting: Mirror = { ...mirror, range: 'known', host: 'known-tolerant', source: 'trust me' };
    const read = importSettings(
      exportSettings({ ...defaultSettings, mirrors: [boasting, ...builtInMirrors] }),
    );
    expect(read?.settings.mirrors).toEqual([{ ...mirror, source: imported }, ...builtInMirrors]);
  });
});
