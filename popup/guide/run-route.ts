import type { RunRecord } from '../../src/flash/journal/run-record.ts';
import { hashOf, type Route } from './route.ts';

/** The address of a kept run within the guide. Of devices that were asked at once the runs began at the same time. */
export function hashOfRun({ began, host }: Pick<RunRecord, 'began' | 'host'>): string {
  return hashOf('record', String(began), host);
}

/** The one of `runs` that the place names, if any. */
export function runAt({ part, step }: Route, runs: readonly RunRecord[]): RunRecord | undefined {
  return runs.find(({ began, host }) => String(began) === part && (step === null || host === step));
}
