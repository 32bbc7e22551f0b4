import { sweep } from './profile.ts';

/** After all tests: the browsers that were kept for another file leave their profiles behind. */
export function teardown(): void {
  sweep();
}
