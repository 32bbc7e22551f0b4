/** What whoever threw says of it, and what the cause says, for the journal: `fetch failed: connect ECONNREFUSED`. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause === undefined) return error.message;
  return `${error.message}: ${cause instanceof Error ? cause.message : JSON.stringify(cause)}`;
}

/** The code that Node gives an error (`ENOENT`), or an empty string. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
