import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import { text } from '../core/text.ts';
import { textSchema } from '../core/text-schema.ts';
import { draftText } from './draft.ts';
import { localMirrorCommands } from './local-mirror-commands.ts';
import { confirmation, manyDevicesCommands } from './many-devices-commands.ts';

/** The device that the person saw when a tool was used on it. */
const device = { host: draftText, deviceid: v.nullable(draftText), refusesId: v.boolean() };

/**
 * What a view may ask of the background. A device is named by the host of its address. `flash` names the flash plan that the person saw and the warnings that the
 * person confirmed, so that a view which is out of date cannot flash something else.
 */
const commandSchema = v.variant('command', [
  v.strictObject({
    command: v.literal('info'),
    address: draftText,
    deviceid: draftText,
  }),
  v.strictObject({ command: v.literal('unlock'), host: draftText }),
  v.strictObject({ command: v.literal('image'), url: draftText }),
  v.strictObject({ command: v.literal('proof'), address: draftText, host: draftText }),
  v.strictObject({ command: v.literal('flash'), ...confirmation }),
  v.variant('what', [
    v.strictObject({ command: v.literal('stop'), what: v.literal('image') }),
    v.strictObject({
      command: v.literal('stop'),
      what: v.picklist(['device', 'flash', 'watch']),
      host: draftText,
    }),
  ]),
  v.strictObject({ command: v.literal('start-over') }),
  ...manyDevicesCommands,
  v.strictObject({
    command: v.picklist(['test-mirror', 'stop-mirror-test']),
    url: draftText,
  }),
  v.strictObject({ command: v.literal('list-mirror'), base: draftText }),
  v.strictObject({ command: v.picklist(['identify', 'measure-signal']), ...device }),
  v.strictObject({ command: v.literal('move-wifi'), ...device, ssid: draftText, password: draftText }),
  v.strictObject({ command: v.literal('startup'), ...device, state: v.picklist(['on', 'off', 'stay']) }),
  v.strictObject({
    command: v.literal('pulse'),
    ...device,
    pulse: v.picklist(['on', 'off']),
    pulseWidth: v.pipe(v.number(), v.integer(), v.minValue(500), v.maxValue(36_000_000), v.multipleOf(500)),
  }),
  v.strictObject({ command: v.literal('by-hand'), host: draftText, path: v.string(), body: v.string() }),
  v.strictObject({ command: v.literal('erase-everything') }),
  ...localMirrorCommands,
  /** Wakes the background, so that a run it had to leave is taken up again. */
  v.strictObject({ command: v.literal('wake') }),
]);

export type Command = v.InferOutput<typeof commandSchema>;

const replySchema = v.union([
  v.strictObject({ accepted: v.literal(true) }),
  v.strictObject({ accepted: v.literal(false), reason: textSchema }),
]);

/** What to say when nobody has answered a command at all. */
export const noReply = text(
  'browser_no_reply',
  'The extension’s background did not answer. Reload the extension and try again.',
);

/** Whether the background has taken the command up; what comes of it appears in the run. */
export type Reply = v.InferOutput<typeof replySchema>;

/** Sends `command` to the background, starting it if it sleeps. */
export async function send(command: Command): Promise<Reply> {
  return v.parse(replySchema, await browser.runtime.sendMessage(command));
}

/** Calls `handle` with every well-formed command from this extension's own pages, and with nothing else. */
export function listen(handle: (command: Command) => Promise<Reply>): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    const command = v.safeParse(commandSchema, message);
    if (sender.id !== browser.runtime.id || !command.success) return undefined;
    return handle(command.output);
  });
}
