import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkedDraft } from '../../../popup/deep-link.ts';

describe('an address of the page that has something to fill in', () => {
  it('fills in the device and the firmware, and clears the id of another device', () => {
    const search = new URLSearchParams({ address: '192.168.1.104', firmware: 'http://192.168.1.2/a.bin' });
    expect(linkedDraft(`?${search}`)).toEqual({
      address: '192.168.1.104',
      deviceid: '',
      firmware: 'http://192.168.1.2/a.bin',
    });
  });

  it('leaves alone what it does not name', () => {
    expect(linkedDraft('')).toEqual({});
    expect(linkedDraft('?firmware=a.bin')).toEqual({ firmware: 'a.bin' });
  });

  it('knows no other fields: it can neither choose a mirror nor an id', () => {
    expect(linkedDraft('?deviceid=1000a1b2c3&mirror=own&flash=1&__proto__=x')).toEqual({});
  });

  it('makes nothing of a text that nobody types', () => {
    expect(linkedDraft(`?firmware=${'x'.repeat(2001)}`)).toEqual({ firmware: '' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (search) => {
        const values = Object.values(linkedDraft(search));
        expect(values.every((value) => typeof value === 'string')).toBe(true);
      }),
    );
  });
});
