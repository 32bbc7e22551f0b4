import type { Failure } from '../../core/result.ts';
import { text } from '../../core/text.ts';
import type { DeviceState } from '../../pairing/trouble.ts';
import {
  another,
  clickUnheard,
  held,
  interruptions,
  noRelay,
  noReply,
  notPutBack,
  notStored,
  type ToolFailureKind,
} from '../tools/tool-failures.ts';
import { rowOf, type TroubleRow } from './row.ts';

const nothingBegins = text('flash_tool_held', 'Something else has begun with the device meanwhile.');
const why = text('flash_tool_no_reply', 'the browser does not say why');

const rows: Readonly<
  Record<ToolFailureKind, readonly [failure: Failure, state: DeviceState, source: string]>
> = {
  fault: [interruptions.fault, 'may-have-worked', 'a fault of this extension'],
  stopped: [interruptions.stopped, 'may-have-worked', 'browsers stop an idle background after 30 seconds'],
  'another-device': [another, 'unchanged', 'routers hand addresses out anew'],
  held: [held(nothingBegins), 'as-before', 'two windows on the same device'],
  'no-reply': [noReply('no-connection', why, 5_000), 'may-have-worked', 'cli#6'],
  'no-relay': [noRelay, 'unchanged', 'SonoffLAN#251'],
  'not-put-back': [notPutBack({ state: 'on' }), 'may-have-worked', 'SonoffLAN local.py'],
  'click-unheard': [clickUnheard({ state: 'on' }, 'reset'), 'may-have-worked', 'SonoffLAN local.py'],
  'not-stored': [notStored, 'may-have-worked', 'the next answer of the device'],
};

/** How a tool can fail by itself, beside what its requests can end with. */
export function toolFailures(): readonly TroubleRow[] {
  return Object.values(rows).map(([failure, state, source]) =>
    rowOf(failure, {
      happened: text('flash_comes_of_tool', 'This comes of a tool, or of a request by hand.'),
      ...{ state, remedy: [failure.action], sources: [source] },
    }),
  );
}
