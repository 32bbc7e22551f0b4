import * as v from 'valibot';

const text = v.fallback(v.pipe(v.string(), v.maxLength(2000)), '');

/** What a person has typed and not yet asked for; kept so that a closed popup loses nothing. */
export const draftSchema = v.object({ address: text, deviceid: text, mirror: text, firmware: text });
export type Draft = v.InferOutput<typeof draftSchema>;
