import * as v from 'valibot';

const common = { name: v.string(), ttl: v.pipe(v.number(), v.minValue(0)) };
const textBytes = v.union([v.string(), v.instance(Uint8Array)]);

const recordSchema = v.variant('type', [
  v.object({ ...common, type: v.literal('PTR'), data: v.string() }),
  v.object({
    ...common,
    type: v.literal('SRV'),
    data: v.object({ target: v.string(), port: v.number() }),
  }),
  v.object({ ...common, type: v.literal('TXT'), data: v.union([textBytes, v.array(textBytes)]) }),
  v.object({ ...common, type: v.literal('A'), data: v.pipe(v.string(), v.ipv4()) }),
]);

/** A record of one of the four types that describe a service (RFC 6763). `ttl` is in seconds. */
export type DnsRecord = v.InferOutput<typeof recordSchema>;

/** The records that matter among decoded ones; whatever else there is, is left out. */
export function readRecords(decoded: readonly unknown[]): DnsRecord[] {
  return decoded.flatMap((one) => {
    const read = v.safeParse(recordSchema, one);
    return read.success ? [read.output] : [];
  });
}

/** The `key=value` pairs of a TXT record; keys in lower case, the first of a kind counts (RFC 6763 §6.4). */
export function readTxt(data: Extract<DnsRecord, { type: 'TXT' }>['data']): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const entry of Array.isArray(data) ? data : [data]) {
    const text = typeof entry === 'string' ? entry : Buffer.from(entry).toString('utf8');
    const [key = ''] = text.split('=', 1);
    const name = key.toLowerCase();
    if (name !== '' && !pairs.has(name)) pairs.set(name, text.slice(key.length + 1));
  }
  return pairs;
}
