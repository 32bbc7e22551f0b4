import * as v from 'valibot';

/** What came back from a device's own network, as it came. */
export interface Came {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/**
 * What `http://10.10.7.1/device` told. `with-chip`: firmware 3.x. `plain`: older than that, and how much older it does
 * not say (SonOTA: 1.5.5 and 1.8.1 answer alike). `encrypted`: the newest lines (SonoffLAN#647). The device's key,
 * which is in the answer too, is left behind.
 */
export type DeviceReply =
  | { readonly kind: 'with-chip' | 'plain'; readonly deviceid: string }
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'nothing' };

/** What `http://10.10.7.1/` told: the page for name and password of the Wi-Fi, or anything else. */
export type PageReply = { readonly kind: 'page' } | { readonly kind: 'nothing' };

/** Characters. Real answers are under 200; what is longer comes from something else. */
const longest = 4096;

const plainSchema = v.object({
  deviceid: v.pipe(v.string(), v.regex(/^[0-9a-z]{6,20}$/i)),
  apikey: v.string(),
  chipid: v.optional(v.unknown()),
});
const encryptedSchema = v.object({ data: v.pipe(v.string(), v.minLength(16), v.base64()) });

const nothing = { kind: 'nothing' } as const;

/** Reads the answer to `GET /device`; null when none came. */
export function parseDeviceReply(came: Came | null): DeviceReply {
  if (came === null || came.status !== 200 || came.text.length > longest) return nothing;
  const json = jsonOf(came.text);
  const plain = v.safeParse(plainSchema, json);
  if (plain.success) {
    const { deviceid, chipid } = plain.output;
    return { kind: chipid === undefined ? 'plain' : 'with-chip', deviceid: deviceid.toLowerCase() };
  }
  return v.is(encryptedSchema, json) ? { kind: 'encrypted' } : nothing;
}

/** Reads the answer to `GET /`; null when none came. No capture of the page is known, so any page counts. */
export function parsePageReply(came: Came | null): PageReply {
  if (came === null || came.status !== 200) return nothing;
  const isHtml =
    /\bhtml\b/i.test(came.contentType) || /^\s*<(?:!doctype|html|head|body|form)/i.test(came.text);
  return isHtml && came.text.trim() !== '' ? { kind: 'page' } : nothing;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
