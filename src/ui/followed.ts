import { type Signal, signal } from '@preact/signals';

/**
 * Something stored, as a signal that is kept up to date from then on. It is listened for before it is read: what
 * is written between the two would otherwise never be seen, and a last step not seen looks like one that never
 * ends.
 *
 * @param read answers with what is stored now
 * @param onChange has its argument called with all that is stored later
 */
export async function followed<Value>(
  read: () => Promise<Value>,
  onChange: (changed: (value: Value) => void) => void,
): Promise<Signal<Value>> {
  const heard: Value[] = [];
  let hear = (value: Value): void => {
    heard.splice(0, 1, value);
  };
  onChange((value) => hear(value));
  const stored = await read();
  // What was heard is at least as new as what was read.
  const [start = stored] = heard;
  const current = signal(start);
  hear = (value) => {
    current.value = value;
  };
  return current;
}
