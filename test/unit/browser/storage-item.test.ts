import * as v from 'valibot';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeBrowser, type FakeBrowser } from '../background/fake-browser.ts';

let fake: FakeBrowser;
let items: typeof import('../../../src/browser/storage-item.ts');

beforeEach(async () => {
  vi.resetModules();
  fake = createFakeBrowser();
  vi.doMock('webextension-polyfill', () => ({ default: fake.browser }));
  items = await import('../../../src/browser/storage-item.ts');
});
afterEach(() => {
  vi.doUnmock('webextension-polyfill');
});

const schema = v.fallback(v.number(), 7);

it('is what its schema makes of nothing, of rubbish, and of what was written', async () => {
  const item = items.createStorageItem('local', 'count', schema);
  expect(await item.get()).toBe(7);
  await item.set(8);
  expect(await item.get()).toBe(8);
  fake.local.count = 'rubbish';
  expect(await item.get()).toBe(7);
  await item.remove();
  expect(fake.local).toEqual({});
});

it('tells of its own changes only, read by its schema', async () => {
  const item = items.createStorageItem('session', 'count', schema);
  const heard: number[] = [];
  item.onChange((count) => heard.push(count));
  await item.set(1);
  await items.createStorageItem('session', 'other', schema).set(2);
  await items.createStorageItem('local', 'count', schema).set(3);
  await items.createStorageItem<unknown>('session', 'count', v.unknown()).set('rubbish');
  await item.remove();
  expect(heard).toEqual([1, 7, 7]);
});
