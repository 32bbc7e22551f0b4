import * as v from 'valibot';

/** Longest text that is kept of a field, in characters: far more than any device takes of a URL. */
export const longestDraft = 2000;

/** What a person types, and nobody has asked for yet. */
export const draftFields = ['address', 'deviceid', 'mirror', 'firmware', 'whereItRuns'] as const;

export type DraftField = (typeof draftFields)[number];
export type Draft = Readonly<Record<DraftField, string>>;

/** A text that a person may have typed. */
export const draftText = v.pipe(v.string(), v.maxLength(longestDraft));
