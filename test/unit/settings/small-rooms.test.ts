import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { forget, remember, rememberedDevicesSchema } from '../../../src/settings/remembered-devices.ts';
import { readSeconds } from '../../../src/settings/seconds.ts';
import { sayingJust } from '../saying.ts';

describe('seconds', () => {
  const bounds = { least: 1_000, most: 30_000 };

  it.each([
    ['1', 1_000],
    [' 30 ', 30_000],
    ['2,5', 2_500],
    ['2.125', 2_125],
  ])('reads %j', (text, ms) => {
    expect(readSeconds(text, bounds)).toEqual({ ok: true, value: ms });
  });

  it.each(['', '0', '31', '-5', '1e3', '5 s', '0x5', '1.2345', 'NaN', '9999999999'])('refuses %j', (text) => {
    expect(readSeconds(text, bounds)).toMatchObject({
      ok: false,
      failure: { action: sayingJust('Type a number from 1 to 30.') },
    });
  });

  it('gives back what it was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: bounds.least, max: bounds.most }), (ms) => {
        expect(readSeconds(String(ms / 1000), bounds)).toEqual({ ok: true, value: ms });
      }),
    );
  });
});

describe('remembered devices', () => {
  const device = (host: string, seenAt = 1) => ({ host, deviceid: null, fwVersion: '3.6.0', seenAt });

  it('are eight at most, the last one first, each once', () => {
    const all = Array.from({ length: 10 }, (_, index) => device(`10.0.0.${index}`));
    const kept = all.reduce<ReturnType<typeof remember>>((list, one) => remember(list, one), []);
    expect(kept.map(({ host }) => host)).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((last) => `10.0.0.${last}`));
    const again = remember(kept, device('10.0.0.5', 2));
    expect(again).toHaveLength(8);
    expect(again[0]).toEqual(device('10.0.0.5', 2));
    expect(forget(again, '10.0.0.5')).toHaveLength(7);
  });

  it('never throw, whatever is stored, and keep what is whole', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (rubbish) => {
        const read = v.parse(rememberedDevicesSchema, [...rubbish, device('10.0.0.1')]);
        expect(read.at(-1)).toEqual(device('10.0.0.1'));
      }),
    );
    expect(v.parse(rememberedDevicesSchema, 'rubbish')).toEqual([]);
  });
});
