import type { Sight } from './sight.ts';
import { axeSource, sightSource } from './sight-source.ts';
import type { Surface } from './surface.ts';

const absent = '"absent"';

/** Calls the functions of `sight.ts` in a page, and puts them there first if they are not (any more). */
export interface Page {
  ask<Method extends keyof Sight>(
    method: Method,
    ...args: Parameters<Sight[Method]>
  ): Promise<ReturnType<Sight[Method]>>;
  /** Runs axe-core; answers with its result as JSON. */
  runAxe(rules?: readonly string[]): Promise<string>;
}

/** Makes `sight.ts` callable on a surface. */
export function pageOf(surface: Surface): Page {
  async function withSight(expression: string): Promise<string> {
    const guarded = `(() => {
      const sight = globalThis[Symbol.for('harness.sight')];
      return sight ? JSON.stringify(${expression} ?? null) : ${JSON.stringify(absent)};
    })()`;
    const answer = await surface.evaluate(guarded);
    if (answer !== absent) return answer;
    await surface.evaluate(`(() => { ${sightSource()}; return ''; })()`);
    const second = await surface.evaluate(guarded);
    if (second === absent) throw new Error('The page went away while it was being looked at.');
    return second;
  }

  return {
    async ask(method, ...args) {
      return JSON.parse(await withSight(`sight.${method}(...${JSON.stringify(args)})`));
    },
    async runAxe(rules) {
      const only = rules === undefined ? '' : `, runOnly: ${JSON.stringify(rules)}`;
      await surface.evaluate(`(() => { ${axeSource()}; return ''; })()`);
      return surface.evaluate(
        `axe.run(document, { resultTypes: ['violations']${only} }).then((result) => JSON.stringify(result.violations))`,
      );
    },
  };
}
