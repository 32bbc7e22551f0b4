/** How to set up one kind of server, as `docs/mirror-recipes.md` has it. */
export interface Recipe {
  readonly name: string;
  /** What is said before and after the code. */
  readonly words: readonly string[];
  readonly code: string;
}

/** The sections of a Markdown text that have a block of code, in order; one text serves README and options. */
export function recipesIn(markdown: string): Recipe[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .flatMap((section) => {
      const [name = '', ...lines] = section.split('\n');
      const [before = '', fenced, after = ''] = lines.join('\n').split(/^```.*$/m);
      if (fenced === undefined) return [];
      const words = [before, after].flatMap((text) => text.split(/\n{2,}/));
      return [{ name: name.trim(), words: words.map(inOneLine).filter(Boolean), code: fenced.trim() }];
    });
}

function inOneLine(paragraph: string): string {
  return paragraph.replace(/\s+/g, ' ').replaceAll('`', '').trim();
}
