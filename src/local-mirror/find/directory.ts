import { type DnsRecord, readTxt } from './dns-records.ts';

/** A Sonoff as it announces itself. */
export interface FoundDevice {
  readonly id: string;
  /** Its IPv4 address. */
  readonly address: string;
  readonly port: number;
  /** `diy_plug`, `diylight`, or, outside DIY mode, `plug` and others. */
  readonly type: string;
  /** Whether it takes plain requests, or only encrypted ones from the vendor's app. */
  readonly mode: 'diy' | 'encrypted';
}

/** A device has come, says something new of itself, or is gone. */
export interface Sighting {
  readonly event: 'found' | 'changed' | 'gone';
  readonly device: FoundDevice;
}

/** What Sonoff devices announce (captures: mdns-txt). */
export const serviceName = '_ewelink._tcp.local';

interface Instance {
  txt: ReadonlyMap<string, string> | null;
  target: string | null;
  port: number;
  /** When the last of what was said of it is out of date, in milliseconds. */
  until: number;
  shown: FoundDevice | null;
}

/** More than any house has; a flood of made-up names gets no further. */
const maxEntries = 512;
/** A goodbye is given a second, in case somebody else knows better (RFC 6762 §10.1). */
const goodbyeMs = 1000;

/** Asked every 20 s, an address that is not named for so long is the old one of a device that has moved. */
const staleMs = 30_000;
const maxAddresses = 8;

const usualPort = 8081;

/** Puts the records of multicast DNS together into devices. Times are in milliseconds, of any clock. */
export class Directory {
  private readonly instances = new Map<string, Instance>();
  /** Host name → address → when it was heard and until when it is good. */
  private readonly hosts = new Map<string, Map<string, { readonly heard: number; readonly until: number }>>();

  /** Takes the records of one answer, and tells what is new by them. */
  take(records: readonly DnsRecord[], now: number): Sighting[] {
    for (const record of records) {
      if (record.type === 'A') this.takeAddress(record, now);
      else this.takeService(record, now);
    }
    return this.look(now);
  }

  /** Tells what has changed, and whose time has run out. */
  look(now: number): Sighting[] {
    const sightings: Sighting[] = [];
    for (const [name, instance] of this.instances) {
      if (instance.until <= now) {
        this.instances.delete(name);
        if (instance.shown) sightings.push({ event: 'gone', device: instance.shown });
        continue;
      }
      const device = this.describe(name, instance, now);
      if (device === null || same(device, instance.shown)) continue;
      sightings.push({ event: instance.shown ? 'changed' : 'found', device });
      instance.shown = device;
    }
    for (const [name, addresses] of this.hosts) {
      for (const [address, { until }] of addresses) if (until <= now) addresses.delete(address);
      if (addresses.size === 0) this.hosts.delete(name);
    }
    return sightings;
  }

  /** What is still to be asked about devices that are known by name only. */
  missing(now: number): { readonly name: string; readonly type: 'SRV' | 'TXT' | 'A' }[] {
    return [...this.instances].flatMap(([name, { txt, target }]) => [
      ...(txt === null ? [{ name, type: 'TXT' } as const] : []),
      ...(target === null ? [{ name, type: 'SRV' } as const] : []),
      ...(target !== null && this.addressOf(target, now) === null
        ? [{ name: target, type: 'A' } as const]
        : []),
    ]);
  }

  private takeAddress({ name, ttl, data }: Extract<DnsRecord, { type: 'A' }>, now: number): void {
    // A responder on this very computer publishes its loopback address as well.
    if (data.startsWith('127.')) return;
    const host = name.toLowerCase();
    const addresses = this.hosts.get(host) ?? new Map();
    if (!this.hosts.has(host)) {
      if (this.hosts.size >= maxEntries) return;
      this.hosts.set(host, addresses);
    }
    if (addresses.size < maxAddresses || addresses.has(data))
      addresses.set(data, { heard: now, until: now + ttl * 1000 });
  }

  private takeService(record: Exclude<DnsRecord, { type: 'A' }>, now: number): void {
    const name = (record.type === 'PTR' ? record.data : record.name).toLowerCase();
    if (record.type === 'PTR' && record.name.toLowerCase() !== serviceName) return;
    if (!name.endsWith(`.${serviceName}`)) return;
    let instance = this.instances.get(name);
    if (record.ttl === 0) {
      // Of its own accord, or because its records go away one by one: it leaves.
      if (instance && record.type !== 'TXT') instance.until = Math.min(instance.until, now + goodbyeMs);
      return;
    }
    if (!instance) {
      if (this.instances.size >= maxEntries) return;
      instance = { txt: null, target: null, port: usualPort, until: 0, shown: null };
      this.instances.set(name, instance);
    }
    if (record.type === 'TXT') instance.txt = readTxt(record.data);
    if (record.type === 'SRV') {
      instance.target = record.data.target.toLowerCase();
      instance.port = record.data.port;
    }
    // SRV lives two minutes and tells sooner than the others, which live for 75, that a device was unplugged.
    if (record.type === 'SRV' || instance.target === null) instance.until = now + record.ttl * 1000;
  }

  private describe(name: string, { txt, target, port, shown }: Instance, now: number): FoundDevice | null {
    const address = target === null ? null : this.addressOf(target, now, shown?.address);
    if (txt === null || address === null) return null;
    const isEncrypted = txt.get('encrypt')?.toLowerCase() === 'true' || txt.has('iv');
    return {
      id: txt.get('id') ?? name.slice(0, -serviceName.length - 1),
      address,
      port,
      type: txt.get('type') ?? 'unknown',
      mode: isEncrypted ? 'encrypted' : 'diy',
    };
  }

  /** Of several addresses the one that was shown, as long as it goes on being named; else the newest. */
  private addressOf(host: string, now: number, shown?: string): string | null {
    const good = [...(this.hosts.get(host) ?? [])].filter(([, { until }]) => until > now);
    const kept = good.find(([address, { heard }]) => address === shown && now - heard < staleMs);
    const newest = good.toSorted(([, one], [, other]) => other.heard - one.heard)[0];
    return (kept ?? newest)?.[0] ?? null;
  }
}

function same(one: FoundDevice, other: FoundDevice | null): boolean {
  return (
    other !== null &&
    one.id === other.id &&
    one.address === other.address &&
    one.port === other.port &&
    one.type === other.type &&
    one.mode === other.mode
  );
}
