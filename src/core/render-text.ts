import { englishOf, type Text, type TextArgument, type Wording } from './text.ts';

/** A language that texts can be rendered in. */
export interface Language {
  /** As `Intl` knows it: `en`, `de-CH`. */
  readonly locale: string;
  /** The words of a message with its `{names}` still in it; undefined where there is none of that id. */
  words(id: string): string | undefined;
}

/** English, for programs that run from the sources. */
export const english: Language = {
  locale: 'en',
  words(id) {
    const whole = englishOf(id);
    if (typeof whole === 'string') return whole;
    const [, stem, form] = /^(.*)_(one|other)$/.exec(id) ?? [];
    const message = stem === undefined ? undefined : englishOf(stem);
    return typeof message === 'object' ? message[form === 'one' ? 'one' : 'other'] : undefined;
  },
};

/** A piece of a rendered text: words, or an argument by its name with what it says. */
export type Piece = string | { readonly name: string; readonly words: string };

/** `text` in `language`, in pieces, so that a view can set its arguments off. A message that is missing shows its id. */
export function piecesOf({ id, args = {} }: Text, language: Language): Piece[] {
  // In this order, because a browser complains of every id that it does not know.
  const plural =
    typeof args.count === 'number' ? language.words(`${id}_${pluralForm(args, language)}`) : undefined;
  const words = plural ?? language.words(id) ?? id;
  return words.split(/(\{[a-zA-Z]+\})/).flatMap((piece): Piece[] => {
    const name = /^\{([a-zA-Z]+)\}$/.exec(piece)?.[1];
    const arg = name === undefined ? undefined : args[name];
    if (name !== undefined && arg !== undefined) return [{ name, words: argumentWords(arg, language) }];
    return piece === '' ? [] : [piece];
  });
}

/** `wording` in `language`. */
export function render(wording: Wording, language: Language): string {
  if (typeof wording === 'string') return wording;
  return piecesOf(wording, language)
    .map((piece) => (typeof piece === 'string' ? piece : piece.words))
    .join('');
}

/** `wording` in English, for programs that run from the sources. */
export function inEnglish(wording: Wording): string {
  return render(wording, english);
}

function pluralForm({ count }: NonNullable<Text['args']>, { locale }: Language): Intl.LDMLPluralRule {
  return typeof count === 'number' ? new Intl.PluralRules(locale).select(count) : 'other';
}

function argumentWords(arg: TextArgument, language: Language): string {
  const { locale } = language;
  if (typeof arg === 'string') return arg;
  if (typeof arg === 'number') return new Intl.NumberFormat(locale).format(arg);
  if ('id' in arg) return render(arg, language);
  if ('bytes' in arg) return unit(arg.bytes, 'byte', locale);
  if ('span' in arg) return spanWords(arg.span, locale);
  if ('time' in arg) {
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(arg.time);
  }
  const [items, type] = 'all' in arg ? [arg.all, 'conjunction' as const] : [arg.any, 'disjunction' as const];
  return new Intl.ListFormat(locale, { type }).format(items.map((item) => argumentWords(item, language)));
}

/** Whole minutes as minutes, whole seconds as seconds, and anything finer as milliseconds. */
function spanWords(milliseconds: number, locale: string): string {
  if (milliseconds >= 60_000 && milliseconds % 60_000 === 0)
    return unit(milliseconds / 60_000, 'minute', locale);
  if (milliseconds % 1000 === 0) return unit(milliseconds / 1000, 'second', locale);
  return unit(Math.round(milliseconds), 'millisecond', locale);
}

function unit(value: number, name: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
}
