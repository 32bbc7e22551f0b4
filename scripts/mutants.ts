import { type AnyNode, parse } from 'acorn';
import { transform } from 'esbuild';

/** One small change to a source that a test should notice. */
export interface Mutant {
  /** Counted from 1, in the source without its types. */
  readonly line: number;
  readonly was: string;
  readonly is: string;
  /** The whole source with the change in it. */
  readonly code: string;
}

/** What an operator becomes: what a slip of a hand would make of it. */
const otherOperators: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '&&': '||',
  '||': '&&',
  '??': '&&',
};

/** TypeScript as the JavaScript that its mutants are made of; the words of texts are of no interest here. */
export async function withoutTypes(source: string): Promise<string> {
  const { code } = await transform(source, { loader: 'ts', target: 'es2023' });
  return code;
}

/** Every mutant of `code`, in the order of the source. */
export function mutantsOf(code: string): Mutant[] {
  const found: Mutant[] = [];
  const add = (start: number, end: number, is: string) =>
    found.push({
      line: code.slice(0, start).split('\n').length,
      was: code.slice(start, end),
      is,
      code: code.slice(0, start) + is + code.slice(end),
    });
  visit(parse(code, { ecmaVersion: 2023, sourceType: 'module' }), (node) => {
    switch (node.type) {
      case 'BinaryExpression':
      case 'LogicalExpression': {
        const other = otherOperators[node.operator];
        if (other === undefined) return;
        const start = code.indexOf(node.operator, node.left.end);
        add(start, start + node.operator.length, other);
        return;
      }
      case 'IfStatement':
      case 'ConditionalExpression':
        add(node.test.start, node.test.end, 'true');
        add(node.test.start, node.test.end, 'false');
        return;
      case 'UnaryExpression':
        if (node.operator === '!') add(node.start, node.argument.start, '');
        return;
      case 'Literal':
        if (typeof node.value === 'boolean') add(node.start, node.end, String(!node.value));
        if (typeof node.value === 'number') add(node.start, node.end, String(node.value + 1));
        return;
      case 'ExpressionStatement':
        if (node.expression.type === 'CallExpression' || node.expression.type === 'AwaitExpression') {
          add(node.start, node.end, ';');
        }
        return;
      default:
    }
  });
  return found;
}

function visit(node: AnyNode, see: (node: AnyNode) => void): void {
  see(node);
  for (const child of Object.values(node).flat()) if (isNode(child)) visit(child, see);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}
