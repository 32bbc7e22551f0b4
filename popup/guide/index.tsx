import { signal } from '@preact/signals';
import { onRunsChange, readRuns } from '../../src/browser/run-history.ts';
import { onRunChange, readRun } from '../../src/browser/session.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { ReadRuns } from '../../src/flash/journal/run-list.ts';
import type { Run } from '../../src/flash/run/run.ts';
import { followed } from '../../src/ui/followed.ts';
import { show } from '../../src/ui/show.tsx';
import { Guide } from './app.tsx';
import { routeOf } from './route.ts';

void show(async () => {
  const route = signal(routeOf(location.hash));
  addEventListener('hashchange', () => {
    route.value = routeOf(location.hash);
  });
  const [run, runs] = await Promise.all([
    followed<Run>(readRun, onRunChange),
    followed<ReadRuns>(readRuns, onRunsChange),
  ]);
  return <Guide route={route} run={run} runs={runs} clock={systemClock} />;
});
