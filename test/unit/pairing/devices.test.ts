import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { devicesPage } from '../../../scripts/devices.ts';
import { deviceRow, devices } from '../../../src/pairing/devices.ts';

describe('the table of devices', () => {
  it('has every model once, with a source', () => {
    expect(new Set(devices.map(({ id }) => id)).size).toBe(devices.length);
    expect(new Set(devices.map(({ name }) => name)).size).toBe(devices.length);
    for (const { sources } of devices) expect(sources.length).toBeGreaterThan(0);
  });

  it('refuses every ESP32 and every bulb, and nothing else', () => {
    for (const { chip, group, standing } of devices) {
      expect(chip.startsWith('ESP32')).toBe(group === 'esp32');
      expect(standing === 'refused').toBe(group === 'esp32' || group === 'bulb');
      expect(standing === 'other-road').toBe(group === 'without-diy');
    }
  });

  it('gives out a row by its id', () => {
    expect(deviceRow('minir2').name).toBe('MINIR2');
  });

  it('is what docs/devices.md says', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/devices.md'), 'utf8');
    expect(page, 'run `npx tsx scripts/devices.ts`').toBe(devicesPage());
    const rows = page.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(devices.length + 2);
    for (const row of rows) expect(row.split('|')).toHaveLength(7);
  });
});
