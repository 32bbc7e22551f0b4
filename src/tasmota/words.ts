const longest = 80;

/**
 * What somebody out there calls itself, fit to stand in a sentence: one line, without signs that cannot be seen or
 * that turn the writing round, and not long. Null where nothing is left of it.
 */
export function words(text: string): string | null {
  const line = text
    .slice(0, 20 * longest)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  const signs = [...line];
  if (signs.length === 0) return null;
  return signs.length > longest ? `${signs.slice(0, longest).join('').trimEnd()}…` : line;
}
