import { type Text, text } from '../../core/text.ts';

/** What firmware is called, such as "Tasmota 14.1.0 lite": a name, which is the same in every language. */
export function named(...parts: readonly (string | null | undefined)[]): Text {
  return text('firmware_name', '{name}', { name: parts.filter(Boolean).join(' ') });
}
