/*
 * The only room that touches `browser.*`; each store is one kind of item (`storage-item.ts`). May import every room
 * but background, ui and the views.
 */
import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { type ReadState, readStoredState } from '../flash/run/stored-state.ts';
import { readUnfinishedFlash, unfinishedFlashOf } from '../flash/run/unfinished-flash.ts';
import type { FlashState } from '../flash/state.ts';
import { rememberSentTo, removeOldSentTo, sentToKey, sentToLately } from './sent-to.ts';
import { createStorageItem } from './storage-item.ts';

const stateKey = 'state';
const unfinishedFlashKey = 'flash';
const stateItem = createStorageItem<unknown, FlashState>('session', stateKey, v.unknown());
const unfinishedFlashItem = createStorageItem<unknown>('local', unfinishedFlashKey, v.unknown());

/**
 * The state as it was last written, and whether something of it is lost. What is lost of it is taken from what has to
 * outlive the browser, and so is everything after a restart of the browser.
 */
export async function readState(): Promise<ReadState> {
  const [session, local, lately] = await Promise.all([
    stateItem.get(),
    unfinishedFlashItem.get(),
    sentToLately(),
  ]);
  const { state, damaged } = readStoredState(session, local);
  return { state: { ...state, sentTo: [...new Set([...state.sentTo, ...lately])] }, damaged };
}

/** The unfinished flash in the storage, as JSON; not known before the first state is written. */
let knownUnfinishedFlash = '';

/** Writes the state for every view to see, and for a background that has to take it up again. */
export async function writeState(state: FlashState): Promise<void> {
  const unfinished = unfinishedFlashOf(state);
  const text = JSON.stringify(unfinished);
  const changed = text !== knownUnfinishedFlash;
  // First, because the device is asked as soon as the state is written.
  if (unfinished !== null && changed) await unfinishedFlashItem.set(unfinished);
  // With every flash, so that the record is as young as the last one; and with nothing else, else it would never grow old.
  if (state.runs.some(({ flash }) => flash.stage === 'requested')) await rememberSentTo(state.sentTo);
  await stateItem.set(state);
  if (unfinished === null && changed) await unfinishedFlashItem.remove();
  knownUnfinishedFlash = text;
}

/** Calls `changed` with every state that is written, by whomever. */
export function onStateChange(changed: (read: ReadState) => void): void {
  stateItem.onChange((session) => changed(readStoredState(session, undefined)));
}

/**
 * Takes records off the disk that say nothing. One that is damaged stays until the next state is written, so that
 * the first page that is opened can say so.
 */
export async function removeUselessRecords(): Promise<void> {
  await removeOldSentTo();
  const stored = await unfinishedFlashItem.get();
  const { state, damaged } = readUnfinishedFlash(stored);
  if (stored !== undefined && state === null && !damaged) await unfinishedFlashItem.remove();
}

/** Erases what this extension keeps in the browser, but for the state with what a device must not be robbed of. */
export async function eraseAllButState(): Promise<void> {
  const kept: readonly string[] = [unfinishedFlashKey, sentToKey, stateKey];
  for (const area of [browser.storage.local, browser.storage.session]) {
    const keys = Object.keys(await area.get(null));
    await area.remove(keys.filter((key) => !kept.includes(key)));
  }
}
