import { beside } from '../../core/assurance.ts';
import { text } from '../../core/text.ts';
import { digestOf } from '../../firmware/digest.ts';
import { examine } from '../../firmware/report.ts';
import type { Answered, LocalMirrorClient } from './client.ts';
import type { ElsewhereImage, ServedImage } from './state.ts';
import type { Trouble } from './troubles.ts';

/** An image with what it is, as it goes to the program. */
export interface HandedOver {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Bytes that are to be handed over under a name, or why there are none. */
export type Found =
  | { readonly ok: true; readonly name: string; readonly bytes: Uint8Array }
  | {
      readonly ok: false;
      readonly trouble: Trouble;
      /** What to ask for again as soon as the person has granted the permission that lacks. */
      readonly lacksPermission?: ElsewhereImage;
    };

/** Where bytes come from; `name` is shown until they are there. */
export interface ImageSource {
  readonly name: string;
  find(): Promise<Found>;
}

/** Looks into `bytes` before anything leaves the browser: what must not be flashed is not handed over. */
async function inspected(
  name: string,
  bytes: Uint8Array,
): Promise<
  { readonly ok: true; readonly value: HandedOver } | { readonly ok: false; readonly trouble: Trouble }
> {
  const sha256 = await digestOf(bytes);
  const { title, checks } = examine(bytes, { digest: sha256, name });
  const worst = checks.find(({ answer }) => answer === 'fail');
  if (worst === undefined) return { ok: true, value: { name: name.slice(0, 200), bytes, sha256 } };
  return {
    ok: false,
    trouble: {
      sentence: text('this_computer_unfit', 'This must not be flashed ({title}). {why}', {
        title,
        why: worst.sentence,
      }),
      action: text('this_computer_unfit_action', 'Choose another file.'),
      ...beside(worst),
    },
  };
}

/** Hands `image` to the program and has it served; the value says where, as `device` (an IPv4 address) reaches it. */
export async function served(
  client: LocalMirrorClient,
  { name, bytes, sha256 }: HandedOver,
  device: string | null,
): Promise<Answered<ServedImage>> {
  const taken = await client.take(name, bytes, sha256);
  if (!taken.ok) return taken;
  const url = await client.serve(sha256, device);
  if (!url.ok) return url;
  return { ok: true, value: { name, title: taken.value, sha256, bytes: bytes.length, url: url.value } };
}

/**
 * Finds what `source` names, looks into it, and has it served by the program, as the `device` that is thought of by
 * then reaches it.
 */
export async function handedOver(
  source: ImageSource,
  connected: () => Promise<Answered<LocalMirrorClient>>,
  device: () => string | null,
): Promise<
  | { readonly ok: true; readonly image: HandedOver; readonly value: ServedImage }
  | Extract<Found, { ok: false }>
> {
  const found = await source.find();
  if (!found.ok) return found;
  const looked = await inspected(found.name, found.bytes);
  if (!looked.ok) return looked;
  const client = await connected();
  if (!client.ok) return client;
  const there = await served(client.value, looked.value, device());
  return there.ok ? { ...there, image: looked.value } : there;
}
