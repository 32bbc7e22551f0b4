import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../src/pairing/device-row.ts';
import { devices } from '../../../src/pairing/devices.ts';

const root = join(import.meta.dirname, '../../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The cells of the first table under a heading of these words, row by row. */
function rowsOf(heading: string): string[][] {
  const [table = ''] = /(?:^\|.*\n)+/m.exec(readme.slice(readme.indexOf(heading))) ?? [];
  const [, , ...rows] = table.trimEnd().split('\n');
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const words: Readonly<Record<Standing, string>> = {
  works: 'works',
  reported: 'reported to work',
  refused: 'refused',
  'other-road': 'another road',
};

describe('the README', () => {
  it('names every model where the table of devices has it', () => {
    const rows = rowsOf('## Flash a real device');
    for (const { name, standing } of devices) {
      const [row] = rows.filter(([, models]) => models?.includes(name));
      expect(row?.[0], name).toBe(words[standing]);
    }
  });

  it('says of twenty failures what is done and which test shows it, and each test is there', () => {
    const rows = rowsOf('## What goes wrong');
    expect(rows).toHaveLength(20);
    for (const [, , tests = ''] of rows) {
      const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const path = file.startsWith('e2e/') ? `test/${file}` : `test/unit/${file}`;
        expect(existsSync(join(root, path)), file).toBe(true);
      }
    }
  });
});
