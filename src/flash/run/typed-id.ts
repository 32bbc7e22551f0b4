import { type Text, text } from '../../core/text.ts';
import { cleanDeviceid } from '../../zeroconf/client/client.ts';

/** Characters. Real ids have 10 (captures); far more is something else, and fills the device's buffer. */
const longest = 40;

/** The sentence that says why `typed` cannot be a device's id, or null; empty is no id, and that is fine. */
export function refusalOfId(typed: string): Text | null {
  if ((cleanDeviceid(typed)?.length ?? 0) <= longest) return null;
  return text(
    'flash_long_id',
    'That is too long for a device ID, so nothing has been asked. Type the characters after {prefix} in the name of the device’s own Wi-Fi network.',
    { prefix: 'ITEAD-' },
  );
}
