import * as v from 'valibot';
import type { Text, TextArgument } from './text.ts';

const argumentSchema: v.GenericSchema<TextArgument> = v.lazy(() =>
  v.union([
    v.string(),
    v.number(),
    textSchema,
    v.strictObject({ bytes: v.number() }),
    v.strictObject({ span: v.number() }),
    v.strictObject({ time: v.number() }),
    v.strictObject({ all: v.array(argumentSchema) }),
    v.strictObject({ any: v.array(argumentSchema) }),
  ]),
);

/** A text that comes from storage or in a message. */
export const textSchema: v.GenericSchema<Text> = v.union([
  v.strictObject({ id: v.string() }),
  v.strictObject({ id: v.string(), args: v.record(v.string(), argumentSchema) }),
]);
