import './guide.css';
import { computed, signal } from '@preact/signals';
import { runsItem } from '../../src/browser/run-history.ts';
import { onStateChange, readState } from '../../src/browser/session.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { ReadRuns } from '../../src/flash/journal/run-list.ts';
import type { ReadState } from '../../src/flash/run/stored-state.ts';
import { followed } from '../../src/ui/followed.ts';
import { show } from '../../src/ui/show.tsx';
import { Guide } from './app.tsx';
import { routeOf } from './route.ts';

void show(async () => {
  const route = signal(routeOf(location.hash));
  addEventListener('hashchange', () => {
    route.value = routeOf(location.hash);
  });
  const [kept, runs] = await Promise.all([
    followed<ReadState>(readState, onStateChange),
    followed<ReadRuns>(runsItem.get, runsItem.onChange),
  ]);
  return <Guide route={route} state={computed(() => kept.value.state)} runs={runs} clock={systemClock} />;
});
