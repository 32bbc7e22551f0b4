import * as v from 'valibot';
import { count, downloadId, ipv4, requestId, sha256, shortText, urlText } from './fields.ts';
import { maxHandedOverBytes, pieceBytes } from './limits.ts';

/** The first message on every port. Only `protocol` is sure to be there in every version. */
const helloSchema = v.looseObject({
  type: v.literal('hello'),
  protocol: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

export type Hello = v.InferOutput<typeof helloSchema>;

/** What the extension may ask for; each gets one answer with the same `id`. */
const requestSchema = v.variant('type', [
  /** An image is handed over: its pieces follow, in order. Answer: `taken`. */
  v.strictObject({
    type: v.literal('take'),
    id: requestId,
    name: shortText,
    bytes: v.pipe(count, v.minValue(1), v.maxValue(maxHandedOverBytes)),
    sha256,
  }),
  /** Bytes of the image of the `take` with this `id`, as base64. No answer of its own. */
  v.strictObject({
    type: v.literal('piece'),
    id: requestId,
    offset: count,
    data: v.pipe(v.string(), v.maxLength(Math.ceil(pieceBytes / 3) * 4)),
  }),
  /** Lets devices download an image that was taken. Answer: `serving`, with the URL for `device`. */
  v.strictObject({ type: v.literal('serve'), id: requestId, sha256, device: v.nullable(ipv4) }),
  /**
   * `device` is about to be told to download. To be sent, and its answer awaited, before `ota_flash`: from here on
   * the program goes on without a browser. Answer: `expected`.
   */
  v.strictObject({ type: v.literal('expect'), id: requestId, sha256, device: ipv4 }),
  /** Asks a mirror for the whole file on a connection of its own, as a device does. Answer: `probed`. */
  v.strictObject({ type: v.literal('probe'), id: requestId, url: urlText }),
  /** Looks for devices until it is cancelled or the port closes; they come as events. Answer: `done`. */
  v.strictObject({ type: v.literal('find'), id: requestId }),
  /** Ends the request `of`, which is answered by `cancelled`, or the search. Answer: `done`. */
  v.strictObject({ type: v.literal('cancel'), id: requestId, of: requestId }),
  /** The person has seen how a download ended. Answer: `done`. */
  v.strictObject({ type: v.literal('forget'), id: requestId, download: downloadId }),
]);

export type Request = v.InferOutput<typeof requestSchema>;
export type RequestOf<Type extends Request['type']> = Extract<Request, { type: Type }>;

/** The greeting of an extension of any version; null when it is none. */
export function readHello(message: unknown): Hello | null {
  const read = v.safeParse(helloSchema, message);
  return read.success ? read.output : null;
}

/** A request of this version; null when it is none. */
export function readRequest(message: unknown): Request | null {
  const read = v.safeParse(requestSchema, message);
  return read.success ? read.output : null;
}

const identifiedSchema = v.looseObject({ id: requestId });

/** The `id` of what is otherwise no request, so that whoever waits for its answer gets one. */
export function readRequestId(message: unknown): number | null {
  const read = v.safeParse(identifiedSchema, message);
  return read.success ? read.output.id : null;
}
