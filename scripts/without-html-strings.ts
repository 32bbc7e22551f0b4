import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const assignment = /\(\w+\.innerHTML=\w+\.__html\)/g;

/**
 * Cuts `dangerouslySetInnerHTML` out of Preact: the extension shows text from devices and mirrors and must
 * have no way at all to turn it into HTML. It is also what `web-ext lint` warns about. The build fails when
 * a new Preact writes that line differently, so the cut cannot get lost unseen.
 */
export const withoutHtmlStrings: Plugin = {
  name: 'without-html-strings',
  setup(build) {
    build.onLoad({ filter: /preact[\\/]dist[\\/]preact\.mjs$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const found = source.match(assignment)?.length ?? 0;
      if (found !== 1) {
        return { errors: [{ text: `expected one innerHTML assignment in Preact, found ${found}` }] };
      }
      const contents = source.replace(
        assignment,
        '(()=>{throw new Error("this build makes no HTML from strings")})()',
      );
      return { contents, loader: 'js' };
    });
  },
};
