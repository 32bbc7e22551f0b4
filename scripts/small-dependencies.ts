import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Minifies what comes from packages, and nothing of ours: who reviews the extension wants to read our names,
 * and compares packages with their releases instead.
 */
export const smallDependencies: Plugin = {
  name: 'small-dependencies',
  setup(build) {
    const { target } = build.initialOptions;
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.m?js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const { code } = await build.esbuild.transform(source, {
        loader: 'js',
        minify: true,
        legalComments: 'none',
        ...(target === undefined ? {} : { target }),
      });
      return { contents: code, loader: 'js' };
    });
  },
};
