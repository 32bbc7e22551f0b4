import type { Objection, Told } from '../core/check.ts';
import {
  announcedObjections,
  bytesObjection,
  changedObjection,
  encodingObjection,
  endingObjections,
  totalObjections,
} from './probe/part-objections.ts';
import { nameObjections, rangeObjections, redirectObjection } from './probe/way-objections.ts';
import { wholeFileObjections } from './probe/whole-file-objections.ts';
import {
  headerObjection,
  keepAliveObjections,
  serverObjection,
  speedObjection,
} from './probe/wire-objections.ts';
import { reachObjections } from './url/reach.ts';

/** All that an objection to a mirror may name. */
export type ToldOfMirror = Told<
  | ('host' | 'mirror' | 'server' | 'status' | 'span' | 'patience' | 'why' | 'source')
  | ('told' | 'size' | 'range' | 'asked' | 'received' | 'announced' | 'answers' | 'most' | 'ranges' | 'room')
>;

/** Everything that can speak against a mirror. */
export const everyMirrorObjection: readonly Objection<ToldOfMirror>[] = [
  ...Object.values(reachObjections),
  ...Object.values(rangeObjections),
  ...Object.values(nameObjections),
  redirectObjection,
  ...Object.values(totalObjections),
  ...Object.values(endingObjections),
  ...Object.values(announcedObjections),
  bytesObjection,
  encodingObjection,
  changedObjection,
  ...Object.values(keepAliveObjections),
  headerObjection,
  speedObjection,
  serverObjection,
  ...Object.values(wholeFileObjections),
];
