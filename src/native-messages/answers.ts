/*
 * What extension and local mirror say to each other, as schemas. Imports nothing of ours.
 */
import * as v from 'valibot';
import { count, downloadId, ipv4, longText, requestId, sha256, shortText, urlText } from './fields.ts';

const version = count;

/** The answer to a greeting, as far as every version has it. */
const greetingSchema = v.looseObject({ type: v.literal('welcome'), protocol: version });

/** How a download ended. `interrupted`: the program ended in the middle, and nobody saw what became of it. */
const endSchema = v.variant('kind', [
  /** The device's own result (protocol §4.6); null when its report cannot be read. */
  v.strictObject({ kind: v.literal('verdict'), error: v.nullable(v.pipe(v.number(), v.integer())) }),
  v.strictObject({ kind: v.picklist(['silent', 'interrupted']) }),
]);

/** One device's download from the moment it is expected. Times are in milliseconds since the epoch. */
export const downloadSchema = v.strictObject({
  download: downloadId,
  device: shortText,
  /** As the device's query says; null for those that send none, and before the first part. */
  deviceId: v.nullable(shortText),
  name: shortText,
  sha256,
  bytes: count,
  /** One character for each 4096 bytes: `1` when they were fetched. */
  parts: v.pipe(v.string(), v.regex(/^[01]{0,2048}$/)),
  startedAt: count,
  lastAt: count,
  end: v.nullable(endSchema),
});

const imageSchema = v.strictObject({ name: shortText, sha256, bytes: count, url: v.nullable(urlText) });

const checkSchema = v.object({
  id: shortText,
  title: longText,
  answer: v.picklist(['pass', 'warn', 'fail', 'unknown']),
  sentence: longText,
  action: v.exactOptional(longText),
});

/** What a download as the device does it has shown. Texts of the server are as they came. */
const reportSchema = v.strictObject({
  url: urlText,
  ok: v.boolean(),
  statusLine: v.nullable(longText),
  headers: v.pipe(v.array(longText), v.maxLength(64)),
  headerBytes: count,
  connections: count,
  requests: count,
  bytes: count,
  sha256: v.nullable(sha256),
  checks: v.pipe(v.array(checkSchema), v.maxLength(64)),
});

/** Why a request was not done; the words for it are the extension's. */
const refusals = [
  /** The message is none that this version knows. */
  'unreadable',
  /** The same request number is in use, or pieces do not fit together. */
  'out-of-order',
  /** The bytes are not those of the digest. */
  'wrong-digest',
  /** The program's own inspection says that this must not be flashed. */
  'must-not-be-flashed',
  /** No image of this digest was taken, or is served. */
  'unknown-image',
  'too-many-images',
  /** No port could be listened on. */
  'cannot-listen',
  /** The address is none that a device could be told. */
  'unusable-url',
  'cancelled',
  /** Something that should not have happened; the program has written it to standard error. */
  'internal',
] as const;

const device = { device: shortText };
const ofDownload = { download: v.nullable(downloadId), ...device };

const foundSchema = v.strictObject({
  type: v.picklist(['found', 'changed', 'gone']),
  deviceId: shortText,
  address: ipv4,
  port: v.pipe(count, v.maxValue(65_535)),
  kind: shortText,
  mode: v.picklist(['diy', 'encrypted']),
});

/** Everything that the program says in this version. */
const messageSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('welcome'),
    protocol: version,
    program: shortText,
    /** As Node names it; for advice about its firewall. */
    platform: shortText,
    /** Whether a download surely goes on when the browser is closed; false where the system may end it. */
    outlivesBrowser: v.boolean(),
    images: v.pipe(v.array(imageSchema), v.maxLength(64)),
    /** What is under way, and what ended and was not forgotten: oldest first. */
    downloads: v.pipe(v.array(downloadSchema), v.maxLength(64)),
  }),
  v.strictObject({ type: v.literal('taken'), id: requestId, title: longText }),
  v.strictObject({
    type: v.literal('serving'),
    id: v.nullable(requestId),
    ...imageSchema.entries,
    url: urlText,
  }),
  v.strictObject({ type: v.literal('expected'), id: requestId, download: downloadSchema }),
  v.strictObject({ type: v.literal('probed'), id: requestId, report: reportSchema }),
  v.strictObject({ type: v.literal('done'), id: requestId }),
  v.strictObject({ type: v.literal('refused'), id: v.nullable(requestId), why: v.picklist(refusals) }),
  /** A device has begun; from here on `range` and the others name the download. */
  v.strictObject({ type: v.literal('begun'), download: downloadSchema }),
  /** Bytes `from` … `to`, both included, were fetched. */
  v.strictObject({ type: v.literal('range'), ...ofDownload, from: count, to: count, of: count }),
  /** Whole seconds since it was last heard of, or since it was expected. */
  v.strictObject({ type: v.literal('stalled'), ...ofDownload, seconds: count }),
  v.strictObject({
    type: v.literal('verdict'),
    ...ofDownload,
    error: v.nullable(v.pipe(v.number(), v.integer())),
  }),
  foundSchema,
]);

export type ProgramMessage = v.InferOutput<typeof messageSchema>;
export type MessageOf<Type extends ProgramMessage['type']> = Extract<ProgramMessage, { type: Type }>;
/** What is told without being asked for. */
export type ProgramEvent = MessageOf<
  'serving' | 'begun' | 'range' | 'stalled' | 'verdict' | 'found' | 'changed' | 'gone'
>;
export type Welcome = MessageOf<'welcome'>;
export type DownloadState = v.InferOutput<typeof downloadSchema>;
export type ServedAs = v.InferOutput<typeof imageSchema>;
export type WireReport = v.InferOutput<typeof reportSchema>;
export type Refusal = (typeof refusals)[number];

/** A message of the program; null when this version knows none such. */
export function readMessage(message: unknown): ProgramMessage | null {
  const read = v.safeParse(messageSchema, message);
  return read.success ? read.output : null;
}

/** The version that a program of any version speaks; null when this is no greeting. */
export function readProtocol(message: unknown): number | null {
  const read = v.safeParse(greetingSchema, message);
  return read.success ? read.output.protocol : null;
}
