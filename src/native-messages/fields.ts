import * as v from 'valibot';

/** Fields that occur in messages of both directions. */
export const requestId = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(Number.MAX_SAFE_INTEGER));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
export const ipv4 = v.pipe(v.string(), v.ipv4());
export const shortText = v.pipe(v.string(), v.maxLength(200));
export const longText = v.pipe(v.string(), v.maxLength(4000));
export const urlText = v.pipe(v.string(), v.maxLength(2000));
/** Names one download, also after the program was started again. */
export const downloadId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/));
