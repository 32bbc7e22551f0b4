/**
 * A sentence or a phrase for a person, as data: which one, and what goes into it. It can be stored and sent, and
 * becomes words only where somebody reads it (`render-text.ts`).
 */
export interface Text {
  /** Letters, digits and underscores; the room first (`zeroconf_refused`). */
  readonly id: string;
  readonly args?: Readonly<Record<string, TextArgument>>;
}

/** What a person reads: a text, or words that stand as they are, because they are a name or the program knows one language. */
export type Wording = Text | string;

/**
 * What can go into a sentence. A string stands there as it is: a name, an address, what a device said. All else
 * is written the way of the reader's language.
 */
export type TextArgument =
  | string
  | number
  | Text
  | { readonly bytes: number }
  /** A span of time in milliseconds. */
  | { readonly span: number }
  /** A moment, in milliseconds since the epoch. */
  | { readonly time: number }
  /** All of these, as a list that ends in "and". */
  | { readonly all: readonly TextArgument[] }
  /** One of these, as a list that ends in "or". */
  | { readonly any: readonly TextArgument[] };

/** English, with `{names}` for what goes in; in two forms where it depends on the argument `count`. */
export type Message = string | { readonly one: string; readonly other: string };

type NamesIn<Words extends string> = Words extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type Names<M extends Message> = M extends string
  ? NamesIn<M>
  : M extends { readonly one: string; readonly other: string }
    ? NamesIn<M['one'] | M['other']> | 'count'
    : never;

type Arguments<M extends Message> = [Names<M>] extends [never]
  ? []
  : [args: Readonly<Record<Names<M>, TextArgument>>];

const messages = new Map<string, Message>();

/**
 * The text `id`, which says `english`: the words stand beside the rule that they belong to. The build collects them
 * into `_locales/en/messages.json` and takes them out of the bundles, so both must be literals in the call.
 *
 * @param args what goes into the `{names}` of `english`, if there are any
 */
export function text<const M extends Message>(id: string, english: M, ...[args]: Arguments<M>): Text {
  // In a bundle the build has put 0 here.
  if (english) messages.set(id, english);
  return args === undefined ? { id } : { id, args };
}

/** The English of `id`, where it was not taken out by the build and its rule has been read. */
export function englishOf(id: string): Message | undefined {
  return messages.get(id);
}
