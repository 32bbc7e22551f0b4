import { beside } from '../../core/assurance.ts';
import { type Answer, type Check, gravest } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import type { MirrorReport } from '../../mirror/probe/probe.ts';
import type { WireReport } from '../../native-messages/answers.ts';

/** What the program saw of a mirror, under the ids of the program's questions. */
export function probeChecks({ checks }: WireReport): readonly Check[] {
  return checks.map(({ id, title, answer, sentence, action }) => ({
    id,
    title: said(title),
    answer,
    sentence: said(sentence),
    ...(action === undefined ? {} : { action: said(action) }),
    ...(answer === 'fail' || answer === 'warn' ? { trouble: seenOnTheWire } : {}),
  }));
}

/** The row of everything that the program has seen, since its words are its own. */
export const seenOnTheWire = 'mirror-raw';

/** The program knows one language, and its words come as they are. */
const said = (words: string) => text('local_mirror_words', '{words}', { words });

/** Questions that a browser can ask only half, and those of the program that answer them. */
const answeredBy: Readonly<Record<string, readonly string[]>> = {
  'mirror-host': ['status-line'],
  'mirror-keep-alive': ['keep-alive'],
  'mirror-header-size': ['header-size'],
  'mirror-connection': ['reach', 'status-line', 'header-names', 'header-size', 'parts', 'keep-alive'],
};

/** What it means that all of them are answered well, where the program's own words belong to another question. */
const wellAnswered: Readonly<Record<string, Text>> = {
  'mirror-host': text(
    'mirror_raw_host',
    'The local mirror has asked it for {name}, as the device will, and was answered.',
    { name: 'dl.itead.cn' },
  ),
  'mirror-connection': text(
    'mirror_raw_connection',
    'The local mirror has fetched the whole file as the device will, and every answer was one that the device can read.',
  ),
};

/** Of two answers the graver; one that is unknown gives way to any that is not. */
const weight: Record<Answer, number> = { unknown: 0, pass: 1, warn: 2, fail: 3 };

/**
 * `report`, with what the program saw on the wire in the place of what the browser could not see. Where they
 * contradict each other the graver answer stands. What the program alone has found to be wrong comes on top.
 */
export function withRawChecks(report: MirrorReport, raw: readonly Check[]): MirrorReport {
  const used = new Set<string>();
  const checks = report.checks.map((check): Check => {
    const ids = answeredBy[check.id] ?? [];
    const told = raw.filter(({ id }) => ids.includes(id));
    for (const { id } of told) used.add(id);
    // Unknown in part is unknown.
    const isOpen = told.length === 0 || told.some(({ answer }) => answer === 'unknown');
    const [worst] = told.toSorted((a, b) => weight[b.answer] - weight[a.answer]);
    if (worst === undefined || (isOpen && weight[worst.answer] < weight.warn)) return check;
    if (weight[worst.answer] <= weight[check.answer]) return check;
    const { action: _, trouble: __, ...rest } = check;
    const { answer, action, trouble } = worst;
    const sentence = (answer === 'pass' ? wellAnswered[check.id] : undefined) ?? worst.sentence;
    return {
      ...{ ...rest, answer, sentence },
      ...(action === undefined ? {} : { action }),
      ...beside({ trouble }),
    };
  });
  const more = raw
    .filter(({ id, answer }) => !used.has(id) && weight[answer] >= weight.warn && id !== 'image')
    .map((check) => ({ ...check, id: `mirror-raw-${check.id}` }));
  const all = [...checks, ...more];
  return { ...report, checks: all, answer: gravest(all) };
}
