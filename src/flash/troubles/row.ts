import type { Text } from '../../core/text.ts';
import type { DeviceState, Trouble } from '../../pairing/trouble.ts';

/** What a row of the table says, wherever it comes from. */
export type TroubleRow = Omit<Trouble, 'when'>;

/** What an alert says, with the id of its row. */
interface Alert {
  readonly sentence: Text;
  readonly trouble?: string;
}

/** The row of `alert`, in the alert's own words. Throws where it has no id: nothing would lead to its row. */
export function rowOf(
  { sentence, trouble }: Alert,
  {
    happened,
    state,
    remedy,
    sources,
  }: {
    readonly happened: Text;
    readonly state: DeviceState;
    readonly remedy: readonly Text[];
    readonly sources: readonly string[];
  },
): TroubleRow {
  if (trouble === undefined) throw new Error(`No id leads to “${sentence.id}”.`);
  return { id: trouble, symptom: sentence, happened, state, remedy, sources };
}
