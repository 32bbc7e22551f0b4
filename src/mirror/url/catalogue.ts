import * as v from 'valibot';
import { failed, type Result, success } from '../../core/result.ts';
import { text } from '../../core/text.ts';
import { textSchema } from '../../core/text-schema.ts';
import { urlRules } from './url-problems.ts';
import { parseByRules, type UrlFailure } from './url-rules.ts';

const baseSchema = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.check((base) => {
    const parsed = parseMirrorBase(base);
    return parsed.ok && parsed.value === base;
  }, 'not the address of a folder that the device can download from'),
);

const words = v.pipe(v.string(), v.maxLength(500));

/** A mirror as it is stored. `base` is `http://host[:port]/dir/` in the spelling of `parseMirrorBase`. */
export const mirrorSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  name: v.pipe(words, v.minLength(1)),
  base: baseSchema,
  /** Whether it is known to answer Range requests. */
  range: v.picklist(['known', 'unknown']),
  /** Whether it is known to answer a device that asks for `Host: dl.itead.cn`. */
  host: v.picklist(['known-tolerant', 'unknown']),
  /** Where `range` and `host` come from; English in what an earlier version stored. */
  source: v.union([textSchema, words]),
  /** Names of images on it; the first one is its default. */
  files: v.pipe(v.array(words), v.maxLength(500)),
});

/** A server that the device can download from, and what is known about it. */
export type Mirror = Readonly<Omit<v.InferOutput<typeof mirrorSchema>, 'files'>> & {
  readonly files: readonly string[];
};

/** The mirrors that come with the extension. The first one is the default. */
export const builtInMirrors: readonly [Mirror, ...Mirror[]] = [
  {
    id: 'community',
    name: 'Community mirror (sonoff-ota.aelius.com)',
    base: 'http://sonoff-ota.aelius.com/',
    range: 'known',
    host: 'known-tolerant',
    source: text('mirror_source_community', 'its nginx answers for {name} too ({where})', {
      name: 'dl.itead.cn',
      where: 'njh/sonoff-ota-flash-cli website/ansible/files/nginx.conf',
    }),
    files: ['tasmota-latest-lite.bin'],
  },
];

/**
 * Reads the address of a mirror's folder. A missing `http://` and a missing last `/` are added, and the name
 * of a `.bin` file at the end is taken off.
 */
export function parseMirrorBase(typed: string): Result<string, UrlFailure> {
  const trimmed = typed.trim();
  const whole = trimmed === '' || /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(trimmed) ? trimmed : `http://${trimmed}`;
  const parsed = parseByRules(whole, urlRules);
  if (!parsed.ok) return failed(parsed.failure);
  const { origin, pathname } = parsed.value;
  const folder = /\.bin(?:\.gz)?$/i.test(pathname) ? pathname.slice(0, pathname.lastIndexOf('/')) : pathname;
  const base = parseByRules(`${origin}${folder.endsWith('/') ? folder : `${folder}/`}`, urlRules);
  return base.ok ? success(base.value.href) : failed(base.failure);
}
