import * as v from 'valibot';
import type { ReplyFault } from '../errors/failure-kind.ts';

/** An HTTP answer as it came. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** A reply of the protocol. `data` is whatever came under that name. */
export interface Reply {
  readonly error: number;
  readonly data: unknown;
}

/** The content of `data`, and whether it came as a JSON string. */
export interface ReplyData {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly wasText: boolean;
}

/** A reply, or why it is none. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: ReplyFault | 'empty-reply' };

const replySchema = v.object({
  error: v.pipe(v.number(), v.safeInteger()),
  data: v.optional(v.unknown()),
});
const fieldsSchema = v.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** Real replies nest 2 deep. More than this is made to break whoever stores or copies it. */
const deepest = 16;

/** Reads an HTTP answer as a reply of the protocol. */
export function parseReply({ status, contentType, text }: Answer): Parsed<Reply> {
  const body = text.trim();
  if (looksLikeHtml(body, contentType)) return none('html');
  if (status !== 200) return none('http-status');
  if (body === '') return none('empty-reply');
  const json = parseJson(body);
  if (!json.ok) return json;
  const reply = v.safeParse(replySchema, json.value);
  if (!reply.success) return none('wrong-shape');
  return { ok: true, value: { error: reply.output.error, data: reply.output.data } };
}

/** Reads `data`: an object (v2.x), or a JSON string of one (v1.4 devices, itead#34, itead#77). */
export function parseData(data: unknown): Parsed<ReplyData> {
  const wasText = typeof data === 'string';
  const json: Parsed<unknown> = wasText ? parseJson(data) : { ok: true, value: data };
  if (!json.ok || !v.is(fieldsSchema, json.value)) return none('wrong-shape');
  return { ok: true, value: { fields: json.value, wasText } };
}

function parseJson(text: string): Parsed<unknown> {
  if (depthOf(text) > deepest) return none('wrong-shape');
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return none('not-json');
  }
}

/** How deep brackets nest, those inside strings counted too: a little too much is as good as the truth here. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const sign of text) {
    if (sign === '[' || sign === '{') most = Math.max(most, ++depth);
    else if (sign === ']' || sign === '}') depth--;
  }
  return most;
}

function looksLikeHtml(body: string, contentType: string): boolean {
  // The type alone proves nothing: a device may label its JSON wrongly.
  return body.startsWith('<') || (/\bhtml\b/i.test(contentType) && !body.startsWith('{') && body !== '');
}

function none(fault: ReplyFault | 'empty-reply'): { readonly ok: false; readonly fault: typeof fault } {
  return { ok: false, fault };
}
