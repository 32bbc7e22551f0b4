import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { afterwards } from '../../../src/pairing/afterwards/afterwards.ts';
import { guides } from '../../../src/pairing/guides.ts';
import { linkOf } from '../../../src/pairing/sources.ts';
import { troubles } from '../../../src/pairing/troubles.ts';
import { everything, files, sourcesIn, steps } from './everything.ts';

describe('the guides', () => {
  it.each(Object.entries(guides))('begin with safety: %s', (_, [first]) => {
    expect(first?.id).toBe('safety');
  });

  it('name every step once, in kebab-case', () => {
    const ids = steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it.each(steps)('have something to do in every step, and troubles that exist: $id', (step) => {
    expect(step.actions.length).toBeGreaterThan(0);
    for (const id of step.troubles) expect(troubles.map((row) => row.id)).toContain(id);
  });

  it('show what they copy', () => {
    const copied = steps.flatMap(({ actions }) => actions).filter(({ copy }) => copy !== undefined);
    expect(copied.map(({ copy }) => copy)).toEqual(
      expect.arrayContaining([
        '12345678',
        'http://10.10.7.1',
        'sonoffDiy',
        '20170618sn',
        'Reset 5',
        'Upgrade 1',
      ]),
    );
    for (const { says, copy = '' } of copied) expect(inEnglish(says)).toContain(copy);
  });

  it('say how long the button is held, twice, and which light follows', () => {
    const held = guides.button.flatMap(({ actions }) => actions).filter(({ lasts }) => lasts === 5000);
    expect(held.map(({ led }) => led)).toEqual(['pairing', 'access-point']);
  });

  it('clear the settings before the upgrade, and the template after both', () => {
    const order = ['tasmota-reset', 'tasmota-upgrade', 'tasmota-template'];
    const ids = afterwards.tasmota.map(({ id }) => id);
    expect(ids.filter((id) => order.includes(id))).toEqual(order);
  });
});

describe('the sources', () => {
  const sources = [...new Set(sourcesIn(everything))];

  it('are named', () => {
    expect(sources.length).toBeGreaterThan(50);
    for (const source of sources) expect(source.trim()).not.toBe('');
  });

  it.each(sources.filter((source) => /[#]|^protocol|^tasmota\/docs|^blakadder/.test(source)))(
    'can be read: %s',
    (source) => expect(linkOf(source)).toMatch(/^https:\/\/[a-z.]+\/\S+$/),
  );

  it('have no link where there is none', () => {
    expect(linkOf('itead tcp_server.py')).toBeNull();
    expect(linkOf('somewhere#1')).toBeNull();
    expect(linkOf('itead#90')).toBe('https://github.com/itead/Sonoff_Devices_DIY_Tools/issues/90');
  });
});

describe('the room', () => {
  it.each(files)('is a leaf: %s', (file) => {
    const imports = [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, from = '']) => from);
    for (const from of imports) {
      expect(from).toMatch(/^(?:valibot|(?:\.\.\/){1,2}core\/[\w-]+\.ts|\.\/[\w-]+\.ts|\.\.\/[\w-]+\.ts)$/);
    }
  });
});
