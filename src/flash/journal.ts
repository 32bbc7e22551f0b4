/** One thing that happened in a run. `at` is milliseconds since the epoch. */
export interface Entry {
  readonly at: number;
  readonly text: string;
}

const kept = 300;

/** `journal` with one more entry; the oldest go when it grows long, since it is written out at every step. */
export function withEntry(journal: readonly Entry[], at: number, text: string): readonly Entry[] {
  return [...journal, { at, text }].slice(-kept);
}

const secrets: readonly [RegExp, string][] = [
  [/("(?:ssid|password)\\*"\s*:\s*\\*")[^"\\]*/g, '$1…'],
  [/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, '…'],
  [/\b10[0-9a-f]{8}\b/gi, '10…'],
];

/**
 * The journal as text to paste into a report: one line an entry, network name, passwords, hardware addresses
 * and device ids taken out.
 */
export function journalText(journal: readonly Entry[]): string {
  return journal
    .map(({ at, text }) => {
      const clean = secrets.reduce((line, [pattern, instead]) => line.replace(pattern, instead), text);
      return `${new Date(at).toISOString()} ${clean}`;
    })
    .join('\n');
}
