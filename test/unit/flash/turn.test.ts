import { expect, it } from 'vitest';
import { preflight } from '../../../src/flash/run/preflight.ts';
import { withProgress, withYes } from '../../../src/flash/several/flash-list.ts';
import { othersFirst } from '../../../src/flash/several/turn.ts';
import type { FlashState } from '../../../src/flash/state.ts';
import { ids, makeReady, setHouse, yesForAll } from './house.ts';
import { inWords } from './stage.ts';

it('says at a device that is on the page that others are flashed first', async () => {
  const house = await setHouse(ids(2));
  await makeReady(house);
  const [first = '', second = ''] = house.hosts;
  const waiting = withYes(null, yesForAll(house), true, 0);
  const begun = withProgress(waiting, first, { state: 'begun', at: 0 });
  const says = (part: Partial<FlashState>) => inWords(othersFirst({ ...house.state(), ...part }));

  expect(says({ shown: second, list: begun })).toContain('waits for its turn');
  expect(says({ shown: null, list: begun })).toContain('under way');
  expect(says({ shown: second, list: null })).toBeNull();
  const skipped = withProgress(begun, second, { state: 'not-begun', why: { id: 'x' } });
  expect(says({ shown: second, list: skipped })).toContain('under way');
  expect(
    says({ shown: second, list: withProgress(skipped, first, { state: 'not-begun', why: { id: 'x' } }) }),
  ).toBeNull();

  // The one whose turn it is says how it goes, and nothing of others.
  const { plan } = preflight(house.run(first), house.state().source);
  const flash = { stage: 'requested', at: 0, plan: plan ?? expect.fail() } as const;
  const runs = house.state().runs.map((run) => (run.address.host === first ? { ...run, flash } : run));
  expect(says({ shown: first, list: begun, runs })).toBeNull();
  expect(says({ shown: second, list: null, runs })).toContain('under way');
});
