import * as v from 'valibot';
import type { Text } from '../../core/text.ts';
import { textSchema } from '../../core/text-schema.ts';

/** What is at an address in the network, where that is of interest. */
export type FoundThere =
  /** A device in DIY mode; `info` is null where it wants to be called by its ID first. */
  | {
      readonly kind: 'device';
      readonly host: string;
      readonly info: { readonly deviceid: string | null; readonly fwVersion: string | null } | null;
    }
  | { readonly kind: 'not-in-diy-mode'; readonly host: string }
  /** What answers on port 80 where 8081 refused. */
  | { readonly kind: 'runs'; readonly host: string; readonly said: Text };

/** How far a search of a network has come. */
export interface SearchState {
  readonly phase: 'idle' | 'asking' | 'pausing' | 'done' | 'stopped';
  /** As it was typed. */
  readonly network: string;
  readonly asked: number;
  readonly of: number;
  readonly found: readonly FoundThere[];
  /** Hosts that were allowed for this search alone; those where no device is are given back at its end. */
  readonly granted: readonly string[];
  /** Connections that the browser may have left open; see `HalfOpen`. */
  readonly halfOpen: number;
}

export const noSearch: SearchState = {
  phase: 'idle',
  network: '',
  asked: 0,
  of: 0,
  found: [],
  granted: [],
  halfOpen: 0,
};

export function isSearching({ phase }: SearchState): boolean {
  return phase === 'asking' || phase === 'pausing';
}

const foundSchema = v.variant('kind', [
  v.object({
    kind: v.literal('device'),
    host: v.string(),
    info: v.nullable(v.object({ deviceid: v.nullable(v.string()), fwVersion: v.nullable(v.string()) })),
  }),
  v.object({ kind: v.literal('not-in-diy-mode'), host: v.string() }),
  v.object({ kind: v.literal('runs'), host: v.string(), said: textSchema }),
]);

/** A search that comes from storage; what is no search is none. */
export const searchSchema: v.GenericSchema<unknown, SearchState> = v.fallback(
  v.object({
    phase: v.picklist(['idle', 'asking', 'pausing', 'done', 'stopped']),
    network: v.string(),
    asked: v.number(),
    of: v.number(),
    found: v.array(foundSchema),
    granted: v.array(v.string()),
    halfOpen: v.number(),
  }),
  () => ({ ...noSearch, found: [], granted: [] }),
);
