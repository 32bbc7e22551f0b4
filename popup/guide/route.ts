/** The sections of the guide, in the order in which they are needed. */
export const sectionIds = ['pairing', 'road', 'devices', 'troubles', 'afterwards', 'record'] as const;
export type SectionId = (typeof sectionIds)[number];

/** A place in the guide: a section, and as far as it has them a part of it and a step or a row there. */
export interface Route {
  readonly section: SectionId;
  readonly part: string | null;
  readonly step: string | null;
}

/** The place that `#section/part/step` names; the beginning where it names none. */
export function routeOf(hash: string): Route {
  const [name, part = '', step = ''] = hash.replace(/^#/, '').split('/').map(decoded);
  const section = sectionIds.find((id) => id === name) ?? 'pairing';
  return { section, part: part || null, step: step || null };
}

/** The address of a place within the page. */
export function hashOf(section: SectionId, part?: string, step?: string): string {
  return `#${[section, part, step]
    .filter((piece) => piece !== undefined)
    .map(encodeURIComponent)
    .join('/')}`;
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return '';
  }
}
