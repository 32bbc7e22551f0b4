import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Command, noReply, send } from '../../src/browser/messages.ts';
import { handRequestsItem, toolStatesItem } from '../../src/browser/tools-store.ts';
import type { Text } from '../../src/core/text.ts';
import type { HandRequests, ToolStates } from '../../src/flash/tools/tool-states.ts';
import { followed } from '../../src/ui/followed.ts';

/** Which group of tools a button belongs to. */
export type ToolPlace = 'device' | 'by-hand';

/** What the tools have come to, and how to use them. */
export interface ToolsStore {
  readonly states: ReadonlySignal<ToolStates>;
  readonly requests: ReadonlySignal<HandRequests>;
  /** Why the last command was not taken up, and where it was given; null when it was. */
  readonly refusal: ReadonlySignal<{ readonly place: ToolPlace; readonly sentence: Text } | null>;
  /** Resolves to whether the command was taken up. */
  command(command: Command, place: ToolPlace): Promise<boolean>;
}

/** Reads everything once and keeps it up to date from then on. */
export async function createToolsStore(): Promise<ToolsStore> {
  const [states, requests] = await Promise.all([
    followed<ToolStates>(toolStatesItem.get, toolStatesItem.onChange),
    followed<HandRequests>(handRequestsItem.get, handRequestsItem.onChange),
  ]);
  const refusal: Signal<ToolsStore['refusal']['value']> = signal(null);
  return {
    states,
    requests,
    refusal,
    async command(wanted, place) {
      try {
        const reply = await send(wanted);
        refusal.value = reply.accepted ? null : { place, sentence: reply.reason };
        return reply.accepted;
      } catch {
        refusal.value = { place, sentence: noReply };
        return false;
      }
    },
  };
}
