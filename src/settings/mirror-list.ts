import { type Failure, failed, type Result, success } from '../core/result.ts';
import { type Text, text } from '../core/text.ts';
import { builtInMirrors, type Mirror, parseMirrorBase } from '../mirror/url/catalogue.ts';

/** More mirrors than anybody has; settings with more are damaged. */
export const maxMirrors = 50;

const maxName = 100;

/** What a person types for a mirror. */
export interface MirrorDraft {
  readonly name: string;
  readonly address: string;
}

/** A mirror's name and address, both fit to be kept. */
export interface NamedBase {
  readonly name: string;
  readonly base: string;
}

const others = (mirrors: readonly Mirror[], id: string | null) =>
  mirrors.filter((mirror) => mirror.id !== id);

/** Reads the address of the mirror `id` (null for a new one): a folder that no other mirror has. */
export function readBase(
  mirrors: readonly Mirror[],
  address: string,
  id: string | null,
): Result<string, Failure> {
  const base = parseMirrorBase(address);
  if (!base.ok) return failed(base.failure);
  const same = others(mirrors, id).find((mirror) => mirror.base === base.value);
  if (same === undefined) return success(base.value);
  return failed({
    kind: 'address-taken',
    sentence: text('settings_address_taken', 'This address is in the list already, as {name}.', {
      name: same.name,
    }),
    action: text('settings_address_taken_do', 'Type another address.'),
  });
}

/** Reads the name of the mirror `id`; nothing typed names it after the host of `base`. */
export function readName(
  mirrors: readonly Mirror[],
  { name, address }: MirrorDraft,
  id: string | null,
): Result<string, Failure> {
  const base = parseMirrorBase(address);
  const host = base.ok ? new URL(base.value).host : '';
  const chosen = name.trim().replace(/\s+/g, ' ') || host;
  if (chosen.length > maxName) {
    return failed({
      kind: 'name-too-long',
      sentence: text(
        'settings_name_long',
        'The name has {length} characters, and there is room for {most}.',
        { length: chosen.length, most: maxName },
      ),
      action: text('settings_name_long_do', 'Type a shorter name.'),
    });
  }
  if (others(mirrors, id).some((mirror) => mirror.name.toLowerCase() === chosen.toLowerCase())) {
    return failed({
      kind: 'name-taken',
      sentence: text('settings_name_taken', 'Another mirror is called {name} already.', { name: chosen }),
      action: text('settings_name_taken_do', 'Type another name.'),
    });
  }
  return success(chosen);
}

/** The list with a new mirror at its end, of which nothing is known yet. */
export function addMirror(mirrors: readonly Mirror[], id: string, { name, base }: NamedBase): Mirror[] {
  return [
    ...mirrors,
    { id, name, base, ...nothingKnown(text('settings_source_added', 'you added it')), files: [] },
  ];
}

/** The list with the mirror `id` renamed or moved; what was known of another address is not known of this one. */
export function editMirror(mirrors: readonly Mirror[], id: string, { name, base }: NamedBase): Mirror[] {
  return mirrors.map((mirror) => {
    if (mirror.id !== id) return mirror;
    if (mirror.base === base) return { ...mirror, name };
    return {
      id,
      name,
      base,
      ...nothingKnown(text('settings_source_changed', 'you changed its address')),
      files: [],
    };
  });
}

/** The list with the mirror `id` one place nearer to the beginning or to the end. */
export function moveMirror(mirrors: readonly Mirror[], id: string, by: 'up' | 'down'): readonly Mirror[] {
  const from = mirrors.findIndex((mirror) => mirror.id === id);
  const to = by === 'up' ? from - 1 : from + 1;
  const [moved, displaced] = [mirrors[from], mirrors[to]];
  if (moved === undefined || displaced === undefined) return mirrors;
  return mirrors.with(to, moved).with(from, displaced);
}

/** The list without the mirror `id`; the last one stays, since there must be somewhere to download from. */
export function removeMirror(mirrors: readonly Mirror[], id: string): readonly Mirror[] {
  return mirrors.length > 1 ? others(mirrors, id) : mirrors;
}

/**
 * The same mirrors without what somebody else claims to know about them: only the built-in list and this
 * browser's own tests may say that a server is right.
 */
export function withoutClaims(mirrors: readonly Mirror[]): Mirror[] {
  return mirrors.map((mirror) => {
    const known = builtInMirrors.find(({ base }) => base === mirror.base);
    const { range, host, source } =
      known ?? nothingKnown(text('settings_source_imported', 'it was imported'));
    return { ...mirror, range, host, source };
  });
}

function nothingKnown(source: Text): Pick<Mirror, 'range' | 'host' | 'source'> {
  return { range: 'unknown', host: 'unknown', source };
}
