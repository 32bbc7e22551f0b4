import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recipesIn } from '../../../src/ui/recipes.ts';

describe('the recipes that the options show', () => {
  it('are those of the page, with code of five lines at most', () => {
    const recipes = recipesIn(readFileSync('docs/mirror-recipes.md', 'utf8'));
    expect(recipes.map(({ name }) => name)).toEqual(['nginx', 'lighttpd', 'darkhttpd', 'Docker']);
    for (const { code } of recipes) expect(code.split('\n').length).toBeLessThanOrEqual(5);
    expect(recipes[0]?.code).toContain('default_server');
    expect(recipes[0]?.words[0]).toContain('/etc/nginx/conf.d/firmware.conf');
  });

  it('leave sections without code out', () => {
    expect(recipesIn('# Title\n\n## A\n\nwords\n\n## B\n\n```sh\nrun\n```\n\nafter\n')).toEqual([
      { name: 'B', words: ['after'], code: 'run' },
    ]);
    expect(recipesIn('')).toEqual([]);
  });
});
