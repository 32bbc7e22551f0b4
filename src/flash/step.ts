import type { Failure } from '../core/result.ts';

/** How far one repeatable piece of work has come. Times are milliseconds since the epoch. */
export type Step<Value> =
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly since: number; readonly progress: Progress | null }
  | { readonly state: 'done'; readonly at: number; readonly value: Value }
  | { readonly state: 'failed'; readonly at: number; readonly failure: Failure };

/** Bytes so far, and of how many where the server said. */
export interface Progress {
  readonly received: number;
  readonly total: number | null;
}

/** Whether it failed for want of a permission, and may go on as soon as that is granted. */
export function lacksPermission(step: Step<unknown>): boolean {
  return step.state === 'failed' && step.failure.kind === 'no-permission';
}
