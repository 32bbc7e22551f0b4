/** Characters that index pages write as entities in a link (nginx, Apache, lighttpd, python). */
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Replaces the entities an index page uses; unknown ones stay as they are. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : -1;
    if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    return named[String(name).toLowerCase()] ?? whole;
  });
}

const attribute = /\shref\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

/**
 * The `href` of every `<a …>` in `html`, in order, decoded. No parser: index pages are simple, a page that
 * is not one may be anything, and a service worker has no DOMParser. A tag ends where the next one begins, so
 * every character is looked at a fixed number of times.
 */
export function* linksIn(html: string): Generator<string> {
  const opening = /<a(?=\s)/gi;
  for (let found = opening.exec(html); found; found = opening.exec(html)) {
    const next = html.indexOf('<', opening.lastIndex);
    const tag = html.slice(found.index, next < 0 ? undefined : next);
    const match = attribute.exec(tag);
    // One of the three is what matched; the others are undefined, which joins as nothing.
    if (match) yield decodeEntities(match.slice(1).join(''));
  }
}
