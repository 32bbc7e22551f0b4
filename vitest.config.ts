import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import LongestFirst from './scripts/longest-first.ts';
import { mutantsOf, withoutTypes } from './scripts/mutants.ts';

/** Under `npm run mutate`: the number of a mutant and the file that it stands in for. */
const [, mutant, mutated] = /^(\d+):(.*)$/.exec(process.env.MUTANT ?? '') ?? [];

const plugins =
  mutant === undefined || mutated === undefined
    ? []
    : [
        {
          name: 'mutant',
          enforce: 'pre' as const,
          async load(id: string) {
            if (id !== resolve(mutated)) return null;
            return mutantsOf(await withoutTypes(readFileSync(id, 'utf8')))[Number(mutant)]?.code;
          },
        },
      ];

/** Files about one browser alone, which have nothing to say where the other one is tested. */
const otherBrowsers: Readonly<Record<string, string[]>> = {
  chromium: ['test/e2e/https-only.test.ts'],
  firefox: ['test/e2e/pseudo-locale.test.ts'],
};

export default defineConfig({
  plugins,
  test: {
    sequence: { sequencer: LongestFirst },
    coverage: {
      provider: 'v8',
      include: ['src/{flash,zeroconf,mirror,firmware}/**/*.ts'],
      // These decide nothing over a flash, and are told of in the end-to-end tests.
      exclude: [
        // Renders what has happened.
        'src/flash/journal/{events-of,json-report,markdown-report,outcome-words,rendered-log,request-lines,run-list,run-record}.ts',
        // What else can be done with a device; whether it may be done beside a flash, `guard.ts`, is measured.
        'src/flash/tools/{desk,device-tools,errands,hand-requests,identify,relay}.ts',
      ],
      reporter: ['text'],
      thresholds: { perFile: true, branches: 95 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // A process of its own for each file would take longer than what most of them test.
          isolate: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: otherBrowsers[process.env.E2E_BROWSER ?? ''] ?? [],
          // The files of one process hand their browsers on.
          isolate: false,
          globalSetup: 'test/e2e/harness/sweep-up.ts',
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
