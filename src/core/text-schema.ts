import * as v from 'valibot';
import type { Text, TextArgument } from './text.ts';

/** A text that comes from storage or in a message. */
export const textSchema: v.GenericSchema<Text> = v.strictObject({
  id: v.string(),
  args: v.exactOptional(
    v.record(
      v.string(),
      v.lazy(() => argumentSchema),
    ),
  ),
});

// Made once: a schema that is made in `lazy` is made again for everything that is read.
const items = v.array(v.lazy(() => argumentSchema));
const argumentSchema: v.GenericSchema<TextArgument> = v.union([
  v.string(),
  v.number(),
  textSchema,
  v.strictObject({ bytes: v.number() }),
  v.strictObject({ span: v.number() }),
  v.strictObject({ time: v.number() }),
  v.strictObject({ all: items }),
  v.strictObject({ any: items }),
]);
