import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withoutIntegrity } from '../../../scripts/lock-integrity.ts';

it('finds what a lock file would take whatever it contains', () => {
  const packages = {
    '': {},
    'node_modules/good': { version: '1.0.0', integrity: 'sha512-x' },
    'node_modules/a/node_modules/@b/bad': { version: '2.0.0' },
    'node_modules/linked': { link: true },
    'node_modules/inside': { version: '3.0.0', inBundle: true },
  };
  expect(withoutIntegrity({ packages })).toEqual(['@b/bad@2.0.0']);
});

it('finds in ours only the ones that README.md names', () => {
  const lock: unknown = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  for (const wanted of withoutIntegrity(lock)) expect(wanted).toMatch(/^@biomejs\/cli-/);
});
