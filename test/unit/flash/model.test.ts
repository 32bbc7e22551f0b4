import { expect, it } from 'vitest';
import { explore } from '../../model/explore.ts';
import { tell } from '../../model/words.ts';

/** Milliseconds. The same stories everywhere, as many as fit in; `npm run model -- --seed N` begins elsewhere. */
const budget = 12_000;

it('no story ends in a plan that nobody confirmed', { timeout: 5 * budget }, async () => {
  const seed = Number(process.env.MODEL_SEED ?? 1);
  const until = performance.now() + budget;
  const { found, reached } = await explore({ seed, goOn: () => performance.now() < until });

  const told = found.map(
    (one) =>
      `Story ${one.seed} is bad: npm run model -- --seed ${one.seed} --count 1\n${tell(one.story, one.verdict)}`,
  );
  expect(told.join('\n\n')).toBe('');
  // A model that never gets as far as the plan finds nothing.
  for (const what of ['ready', 'ota_flash', 'download', 'downloaded'])
    expect(reached.get(what) ?? 0).toBeGreaterThan(5);
});
