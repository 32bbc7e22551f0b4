import * as v from 'valibot';
import { assurances } from '../../core/assurance.ts';
import { text } from '../../core/text.ts';
import { textSchema } from '../../core/text-schema.ts';
import { leavings, outcomeKinds } from './outcome.ts';

/** A text, or the English itself of which records of earlier versions are made. */
export const storedText = v.union([
  textSchema,
  v.pipe(
    v.string(),
    v.transform((words) => text('flash_stored_words', '{words}', { words })),
  ),
]);

/** How a flash ended, as it lies in the run of this session and in the record that outlives it. */
export const outcomeSchema = v.object({
  kind: v.picklist(outcomeKinds),
  leaves: v.picklist(leavings),
  mayDownload: v.boolean(),
  title: storedText,
  sentence: storedText,
  assurance: v.exactOptional(v.picklist(assurances)),
  trouble: v.exactOptional(v.string()),
  steps: v.array(storedText),
  runsAt: v.exactOptional(v.string()),
});
