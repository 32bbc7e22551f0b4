import { readFile } from 'node:fs/promises';
import { type AnyNode, type CallExpression, type Expression, parse } from 'acorn';
import type { Plugin } from 'esbuild';
import { wordsOf } from '../src/core/error-words.ts';
import type { Message } from '../src/core/text.ts';

/** The English of every text in a build, by id. */
export type Messages = Map<string, Message>;

/**
 * Collects the English of every `text('id', 'English', …)` that goes into a bundle and takes it out of there, so that
 * it ships once, in `_locales`. What is no literal, and two texts of one id that say different things, fail the build.
 */
export function collectTexts(messages: Messages): Plugin {
  return {
    name: 'collect-texts',
    setup(build) {
      build.onLoad({ filter: /[\\/](src|popup|options)[\\/].*\.tsx?$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!importsTexts(source)) return undefined;
        const { jsx, jsxImportSource } = build.initialOptions;
        const { code } = await build.esbuild.transform(source, {
          loader: path.endsWith('x') ? 'tsx' : 'ts',
          ...(jsx === undefined ? {} : { jsx }),
          ...(jsxImportSource === undefined ? {} : { jsxImportSource }),
          target: 'es2023',
          tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
        });
        try {
          return { contents: takeTexts(code, messages), loader: 'js' };
        } catch (error) {
          return { errors: [{ text: `${path}: ${wordsOf(error)}` }] };
        }
      });
    },
  };
}

/** Whether `source` can make texts; in `src/core` the maker of them is a neighbour. */
export function importsTexts(source: string): boolean {
  return /import \{[^}]*\btext\b[^}]*\} from '(?:[^']*core|\.)\/text\.ts'/.test(source);
}

/** `code` without the English of its texts, which is added to `messages`. */
export function takeTexts(code: string, messages: Messages): string {
  const pieces: string[] = [];
  let end = 0;
  for (const { arguments: args } of callsOfText(parse(code, { ecmaVersion: 2023, sourceType: 'module' }))) {
    const [id, english] = args;
    if (id?.type !== 'Literal' || typeof id.value !== 'string' || !/^\w+$/.test(id.value)) {
      throw new Error('the id of a text is no literal of letters, digits and underscores');
    }
    const message = english === undefined || english.type === 'SpreadElement' ? null : messageOf(english);
    if (english === undefined || message === null)
      throw new Error(`the English of ${id.value} is no literal`);
    const known = messages.get(id.value);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(message)) {
      throw new Error(`${id.value} says two different things`);
    }
    messages.set(id.value, message);
    pieces.push(code.slice(end, english.start), '0');
    end = english.end;
  }
  return pieces.join('') + code.slice(end);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Every call of `text`, outer before inner, in the order of the source. */
function* callsOfText(node: AnyNode): Generator<CallExpression> {
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'text') {
    yield node;
  }
  for (const child of Object.values(node).flat()) {
    if (isNode(child)) yield* callsOfText(child);
  }
}

function messageOf(node: Expression): Message | null {
  const whole = stringOf(node);
  if (whole !== null) return whole;
  if (node.type !== 'ObjectExpression') return null;
  const forms = new Map<string, string>();
  for (const property of node.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') return null;
    const words = stringOf(property.value);
    if (words === null) return null;
    forms.set(property.key.name, words);
  }
  const [one, other] = [forms.get('one'), forms.get('other')];
  return one === undefined || other === undefined ? null : { one, other };
}

function stringOf(node: Expression): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? null;
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+' || node.left.type === 'PrivateIdentifier')
    return null;
  const [left, right] = [stringOf(node.left), stringOf(node.right)];
  return left === null || right === null ? null : left + right;
}

/** What `_locales/<language>/messages.json` holds, sorted by id; every `$` doubled, since it begins a placeholder there. */
export function localeFile(messages: Messages, change: (words: string) => string = (words) => words): string {
  const rows = [...messages].flatMap(([id, message]) =>
    typeof message === 'string'
      ? [[id, message] as const]
      : ([
          [`${id}_one`, message.one],
          [`${id}_other`, message.other],
        ] as const),
  );
  rows.sort(([a], [b]) => (a < b ? -1 : 1));
  // The name of the language is for Intl, which knows no other one.
  const wordsOf = (id: string, words: string) => (id === 'language' ? words : change(words));
  const entries = rows.map(([id, words]) => [id, { message: wordsOf(id, words).replaceAll('$', '$$$$') }]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`;
}

const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [...'aáeéiïoöuüyýcçnñsšdðzžAÅEÊIÎOØUÛYÝCÇNÑSŠDÐZŽfƒlłtţgğrŕ'.matchAll(/(\w)(.)/gu)].map(([, a, b]) => [
    a,
    b,
  ]),
);

/** `words` as a language would have them that nobody speaks: readable, a third longer, and easy to tell from English. */
export function pseudo(words: string): string {
  const strange = words
    .split(/(\{[a-zA-Z]+\})/)
    .map((piece) =>
      piece.startsWith('{') ? piece : [...piece].map((letter) => lookalikes[letter] ?? letter).join(''),
    )
    .join('');
  return `[!! ${strange}${' ·'.repeat(Math.ceil(words.length / 6))} !!]`;
}
