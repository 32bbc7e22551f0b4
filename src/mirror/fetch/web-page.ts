const byteOrderMark = [0xef, 0xbb, 0xbf];
const blanks: readonly number[] = [0x09, 0x0a, 0x0d, 0x20];

/**
 * Whether `bytes` begin like a web page: perhaps a byte order mark, blanks, then `<` and a letter, `!` or `?`.
 * The content type says nothing here: busybox httpd calls a `.bin` text/html.
 */
export function looksLikeWebPage(bytes: Uint8Array): boolean {
  let at = byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0;
  while (blanks.includes(bytes[at] ?? -1)) at += 1;
  return bytes[at] === 0x3c && /[a-z!?]/i.test(String.fromCharCode(bytes[at + 1] ?? 0));
}
