import { failed, type Result, success } from '../core/result.ts';
import { text } from '../core/text.ts';

/** Reads seconds as typed, with a dot or a comma; the value is in milliseconds, as the bounds are. */
export function readSeconds(
  input: string,
  { least, most }: { readonly least: number; readonly most: number },
): Result<number> {
  const typed = input.trim().replace(',', '.');
  const ms = /^\d{1,6}(?:\.\d{1,3})?$/.test(typed) ? Math.round(Number(typed) * 1000) : Number.NaN;
  if (ms >= least && ms <= most) return success(ms);
  return failed({
    kind: 'seconds',
    sentence: Number.isNaN(ms)
      ? text('settings_no_seconds', 'This is not a number of seconds.')
      : text('settings_seconds_bounds', 'This is too short or too long.'),
    action: text('settings_seconds_do', 'Type a number from {least} to {most}.', {
      least: least / 1000,
      most: most / 1000,
    }),
  });
}
