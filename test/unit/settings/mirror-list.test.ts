import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInMirrors, type Mirror } from '../../../src/mirror/url/catalogue.ts';
import {
  addMirror,
  editMirror,
  moveMirror,
  readBase,
  readName,
  removeMirror,
} from '../../../src/settings/mirror-list.ts';
import { defaultSettings, readSettings, withMirrors } from '../../../src/settings/settings.ts';
import { sayingJust } from '../saying.ts';

const [community] = builtInMirrors;
const two = addMirror([community], 'nas', { name: 'NAS', base: 'http://192.168.1.10/' });
const ids = (mirrors: readonly Mirror[]) => mirrors.map(({ id }) => id);

describe('the address of a mirror', () => {
  it('is brought into the one spelling', () => {
    expect(readBase(two, ' 192.168.1.11:8080/fw/tasmota.bin ', null)).toEqual({
      ok: true,
      value: 'http://192.168.1.11:8080/fw/',
    });
  });

  it('is refused when another mirror has it, but not when it is its own', () => {
    expect(readBase(two, '192.168.1.10', null)).toMatchObject({
      ok: false,
      failure: {
        kind: 'address-taken',
        sentence: sayingJust('This address is in the list already, as NAS.'),
      },
    });
    expect(readBase(two, '192.168.1.10', 'nas').ok).toBe(true);
  });

  it('is refused where a device cannot download from it', () => {
    for (const address of ['https://x.example/', 'ota.tasmota.com', 'github.com', '']) {
      expect(readBase(two, address, null).ok).toBe(false);
    }
  });
});

describe('the name of a mirror', () => {
  it('is that of its host when nothing is typed', () => {
    expect(readName(two, { name: '  ', address: 'pi:8080' }, null)).toEqual({ ok: true, value: 'pi:8080' });
  });

  it('is nobody else’s, whatever the case, and not endless', () => {
    const address = 'pi:8080';
    expect(readName(two, { name: ' nas ', address }, null)).toMatchObject({
      failure: { kind: 'name-taken' },
    });
    expect(readName(two, { name: 'nas', address }, 'nas').ok).toBe(true);
    expect(readName(two, { name: 'x'.repeat(101), address }, null)).toMatchObject({
      failure: { kind: 'name-too-long' },
    });
  });
});

describe('the list of mirrors', () => {
  it('forgets what it knew when an address changes, and only then', () => {
    const renamed = editMirror(two, 'community', { name: 'Home', base: community.base });
    expect(renamed[0]).toEqual({ ...community, name: 'Home' });
    const moved = editMirror(two, 'community', { name: 'Home', base: 'http://10.0.0.1/' });
    expect(moved[0]).toMatchObject({ id: 'community', range: 'unknown', host: 'unknown', files: [] });
  });

  it('moves by one place and not over the ends', () => {
    expect(ids(moveMirror(two, 'nas', 'up'))).toEqual(['nas', 'community']);
    expect(ids(moveMirror(two, 'community', 'down'))).toEqual(['nas', 'community']);
    expect(moveMirror(two, 'nas', 'down')).toBe(two);
    expect(moveMirror(two, 'community', 'up')).toBe(two);
    expect(moveMirror(two, 'gone', 'up')).toBe(two);
    expect(moveMirror(two, 'gone', 'down')).toBe(two);
  });

  it('keeps its last mirror', () => {
    expect(ids(removeMirror(two, 'community'))).toEqual(['nas']);
    expect(removeMirror([community], 'community')).toEqual([community]);
  });

  it('stays fit to be stored, whatever is done to it', () => {
    const id = fc.constantFrom('community', 'nas', 'a', 'b');
    const base = fc.constantFrom('http://10.0.0.1/', 'http://10.0.0.2:8080/fw/');
    const act = fc.oneof(
      fc.record({ act: fc.constant('add' as const), id, base }),
      fc.record({ act: fc.constantFrom('up' as const, 'down' as const), id }),
      fc.record({ act: fc.constant('remove' as const), id }),
      fc.record({ act: fc.constant('edit' as const), id, base }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let settings = { ...defaultSettings, defaultMirror: 'community' };
        for (const [index, done] of acts.entries()) {
          const { mirrors } = settings;
          const changed =
            done.act === 'add'
              ? addMirror(mirrors, `${index}`, { name: `m${index}`, base: done.base })
              : done.act === 'edit'
                ? editMirror(mirrors, done.id, { name: `m${index}`, base: done.base })
                : done.act === 'remove'
                  ? removeMirror(mirrors, done.id)
                  : moveMirror(mirrors, done.id, done.act);
          settings = { ...settings, ...withMirrors(settings, changed) };
        }
        expect(readSettings(settings)).toEqual({ settings, replaced: [] });
      }),
    );
  });
});
