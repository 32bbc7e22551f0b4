import * as v from 'valibot';
import { maxHandedOverBytes } from '../native-messages/limits.ts';
import { draftText } from './draft.ts';

/** The device's address, where it is known and an IPv4 one. */
const device = v.nullable(v.pipe(v.string(), v.ipv4()));

/**
 * What a view may ask of the local mirror. A file goes to the background as base64 in one message, because only the
 * background owns a port: a second one in the page would start a second host, break off with the page, and have
 * troubles of its own; and on a disk nothing has to be left behind.
 */
export const localMirrorCommands = [
  /** A view that shows the local mirror is open; to be said again at least every half minute. */
  v.strictObject({ command: v.literal('use-local-mirror'), isAsked: v.boolean() }),
  v.strictObject({
    command: v.literal('hand-over'),
    name: v.pipe(v.string(), v.maxLength(1000)),
    data: v.pipe(v.string(), v.maxLength(Math.ceil(maxHandedOverBytes / 3) * 4)),
    device,
  }),
  /** Takes the image from another mirror, if it still has this digest there. */
  v.strictObject({ command: v.literal('hand-over-from'), url: draftText, digest: v.string(), device }),
  /** Takes the newest official Tasmota lite that fits from GitHub. */
  v.strictObject({ command: v.literal('hand-over-release'), device }),
  v.strictObject({ command: v.literal('serve-to'), device: v.pipe(v.string(), v.ipv4()) }),
  v.strictObject({ command: v.literal('forget-download'), download: v.string() }),
  /** Gives Chromium's background the way to the program that it has had no part in since the grant. */
  v.strictObject({ command: v.literal('restart-extension') }),
] as const;

export type LocalMirrorCommand = v.InferOutput<(typeof localMirrorCommands)[number]>;
