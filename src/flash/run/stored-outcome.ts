import * as v from 'valibot';
import { assurances } from '../../core/assurance.ts';
import { wordingSchema } from '../../core/text-schema.ts';
import { leavings, outcomeKinds } from './outcome.ts';

/** How a flash ended, as it lies in the run of this session and in the record that outlives it. */
export const outcomeSchema = v.object({
  kind: v.picklist(outcomeKinds),
  leaves: v.picklist(leavings),
  mayDownload: v.boolean(),
  title: wordingSchema,
  sentence: wordingSchema,
  assurance: v.exactOptional(v.picklist(assurances)),
  steps: v.array(wordingSchema),
});
