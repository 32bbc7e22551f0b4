import type { Text, TextArgument } from '../../core/text.ts';
import type { Command } from '../client/command.ts';

/** What a text may name. */
export interface Where {
  readonly host: TextArgument;
  /** The device's error code, or the HTTP status; empty where there is none. */
  readonly code: string;
}

/** What happened, and what to do next. What it means for the device is added by `zeroconf-failure.ts`. */
export interface ErrorText {
  readonly sentence: (at: Where) => Text;
  readonly action: Text;
  readonly source: string;
}

/**
 * What a failure says about the device. `not-done`: it refused, or never heard. `not-known`: it may have done
 * what it was told. `hardly-done`: as good as not done, but not good enough for a flash. `half-written`: the
 * firmware it would start next is damaged. `stopped-midway`: it has given up by its own word, nobody knows how far on.
 */
export type Evidence = 'not-done' | 'not-known' | 'hardly-done' | 'stopped-midway' | 'half-written';

/** A text, and others for the commands on which the same failure means something else. */
export interface ErrorRow extends ErrorText {
  readonly evidence: Evidence;
  readonly on?: Partial<Record<Command, ErrorText>>;
}
