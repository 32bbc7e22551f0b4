import { failed, type Result, success } from '../core/result.ts';

/** Reads seconds as typed, with a dot or a comma; the value is in milliseconds, as the bounds are. */
export function readSeconds(
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): Result<number> {
  const typed = text.trim().replace(',', '.');
  const ms = /^\d{1,6}(?:\.\d{1,3})?$/.test(typed) ? Math.round(Number(typed) * 1000) : Number.NaN;
  if (ms >= least && ms <= most) return success(ms);
  return failed({
    kind: 'seconds',
    sentence: Number.isNaN(ms) ? 'This is not a number of seconds.' : 'This is too short or too long.',
    action: `Type a number from ${least / 1000} to ${most / 1000}.`,
  });
}
