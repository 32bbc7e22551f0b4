import { type Text, text } from './text.ts';

const kilobyte = 1_024;
const megabyte = 1_048_576;

/** As many bytes as a person counts them, in units of 1024: `505 KB`, and whole megabytes as `4 MB`. */
export function sizeText(bytes: number): Text {
  return bytes >= megabyte && bytes % megabyte === 0
    ? text('core_megabytes', '{number} MB', { number: bytes / megabyte })
    : text('core_kilobytes', '{number} KB', { number: Math.round(bytes / kilobyte) });
}
