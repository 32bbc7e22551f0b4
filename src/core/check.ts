import type { Text, TextArgument, Wording } from './text.ts';

/** The answer to one question about device, image or mirror. */
export type Answer = 'pass' | 'warn' | 'fail' | 'unknown';

/**
 * One question with an answer. `id` is stable and kebab-case (`image-size`), `title` names the question in
 * two or three words ("Size"), `sentence` says what was found in words a person understands, and `action`,
 * where there is one, says what to do about it.
 */
export interface Check<Said extends Wording = Text> {
  readonly id: string;
  readonly title: Said;
  readonly answer: Answer;
  readonly sentence: Said;
  readonly action?: Said;
  /** As in `Assured`, where it speaks against something. */
  readonly trouble?: string;
}

/** One way in which a check speaks against something: the row of a table, with its id and with where it is known from. */
export interface Objection<Told> {
  readonly trouble: string;
  readonly answer: 'warn' | 'fail';
  readonly sentence: (told: Told) => Text;
  readonly action: Text;
  readonly source: string;
}

/** An objection in words that name nothing. */
export function plainObjection(
  trouble: string,
  answer: 'warn' | 'fail',
  sentence: Text,
  action: Text,
  source: string,
): Objection<object> {
  return { trouble, answer, sentence: () => sentence, action, source };
}

/** What a check says by an objection: one that is milder here, or asks for something else, says so in `otherwise`. */
export function against<Told>(
  { trouble, answer, sentence, action }: Objection<Told>,
  told: Told,
  otherwise: { readonly answer?: Answer; readonly action?: Text } = {},
): Required<Omit<Check, 'id' | 'title'>> {
  return { answer, sentence: sentence(told), action, trouble, ...otherwise };
}

/** What a sentence names, by these names. */
export type Told<Names extends string> = Readonly<Record<Names, TextArgument>>;

const severity: Record<Answer, number> = { pass: 0, unknown: 1, warn: 2, fail: 3 };

/** The gravest answer among `checks`; `pass` when there are none. */
export function gravest(checks: readonly Pick<Check, 'answer'>[]): Answer {
  return checks.reduce<Answer>(
    (worst, { answer }) => (severity[answer] > severity[worst] ? answer : worst),
    'pass',
  );
}

/** The same checks, gravest first, otherwise in the order given. */
export function gravestFirst(checks: readonly Check[]): Check[] {
  return checks.toSorted((a, b) => severity[b.answer] - severity[a.answer]);
}
