import { describe, expect, it } from 'vitest';
import { followed } from '../../../src/ui/followed.ts';

/** A place that holds one value; what is read from it arrives when the test lets it. */
function setStorage(start: string) {
  const listeners: ((value: string) => void)[] = [];
  const stored = { value: start };
  let arrive = () => {};
  const arrival = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  return {
    read: async () => {
      const { value } = stored;
      await arrival;
      return value;
    },
    onChange: (changed: (value: string) => void) => {
      listeners.push(changed);
    },
    write: (value: string) => {
      stored.value = value;
      for (const listener of listeners) listener(value);
    },
    arrive: () => arrive(),
  };
}

describe('what is followed', () => {
  it('is what was read, and then what is written', async () => {
    const { read, onChange, write, arrive } = setStorage('first');
    const following = followed(read, onChange);
    arrive();
    const current = await following;
    expect(current.value).toBe('first');
    write('second');
    expect(current.value).toBe('second');
  });

  it('is not what was read, where something was written before that arrived', async () => {
    const { read, onChange, write, arrive } = setStorage('working');
    const following = followed(read, onChange);
    write('still working');
    write('done');
    arrive();
    expect((await following).value).toBe('done');
  });

  it('fails as the reading does', async () => {
    await expect(
      followed(
        () => Promise.reject(new Error('damaged')),
        () => {},
      ),
    ).rejects.toThrow('damaged');
  });
});
