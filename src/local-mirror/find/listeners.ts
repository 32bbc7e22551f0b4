import makeMdns from 'multicast-dns';
import { codeOf, wordsOf } from '../../core/error-words.ts';
import { ownAddresses } from '../addresses.ts';
import { type DnsRecord, readRecords } from './dns-records.ts';

type Question = { readonly name: string; readonly type: 'PTR' | 'SRV' | 'TXT' | 'A' };

/** Multicast DNS on every interface that this computer has, also on those that come later. */
export class MulticastListeners {
  private readonly byAddress = new Map<string, makeMdns.MulticastDNS>();
  private readonly troubled = new Set<string>();
  private readonly heard: (records: DnsRecord[]) => void;
  private readonly trouble: (address: string, code: string) => void;

  /** `heard` gets the records of every answer; `trouble` an interface that cannot be listened on, once each. */
  constructor(heard: (records: DnsRecord[]) => void, trouble: (address: string, code: string) => void) {
    this.heard = heard;
    this.trouble = trouble;
  }

  /** The addresses that are listened on. */
  get addresses(): string[] {
    return [...this.byAddress.keys()];
  }

  /** Opens what has come and closes what has gone. The library has one instance for each interface's queries. */
  refresh(): void {
    const present = new Set(
      ownAddresses().flatMap(({ address, isLoopback }) => (isLoopback ? [] : [address])),
    );
    for (const [address, mdns] of this.byAddress) if (!present.has(address)) this.close(address, mdns);
    for (const address of present) if (!this.byAddress.has(address)) this.open(address);
  }

  /** Asks on every interface. */
  ask(questions: readonly Question[]): void {
    if (questions.length === 0) return;
    // A network that has just gone is found out by refresh().
    for (const mdns of this.byAddress.values()) mdns.query([...questions], () => {});
  }

  stop(): void {
    for (const [address, mdns] of this.byAddress) this.close(address, mdns);
  }

  private open(address: string): void {
    // Bound to all addresses: where it is bound to one, Linux does not hand it what is sent to the group.
    const mdns = makeMdns({ interface: address, bind: '0.0.0.0', loopback: true });
    mdns.on('response', ({ answers = [], additionals = [] }) => {
      this.heard(readRecords([...answers, ...additionals]));
    });
    mdns.on('warning', () => {}); // a packet that is none
    mdns.on('error', (error: Error) => {
      this.close(address, mdns);
      if (this.troubled.has(address)) return;
      this.troubled.add(address);
      this.trouble(address, codeOf(error) || wordsOf(error));
    });
    this.byAddress.set(address, mdns);
  }

  private close(address: string, mdns: makeMdns.MulticastDNS): void {
    this.byAddress.delete(address);
    try {
      mdns.destroy();
    } catch {
      // It was never bound.
    }
  }
}
