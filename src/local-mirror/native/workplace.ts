import { createHash } from 'node:crypto';
import { inEnglish } from '../../core/render-text.ts';
import { type Failure, type Result, success } from '../../core/result.ts';
import { examine } from '../../firmware/report.ts';
import type { DownloadState, ProgramMessage, Refusal, ServedAs } from '../../native-messages/answers.ts';
import { addressForDevice, ownAddresses } from '../addresses.ts';
import { startListening } from '../serve/start-listening.ts';
import { LocalMirror } from '../server/server.ts';
import type { ServedImage } from '../server/shelf.ts';
import { type BookedImage, DownloadBook } from './download-book.ts';
import type { Lifetime } from './lifetime.ts';
import type { Results } from './results.ts';

interface Held extends BookedImage {
  readonly image: ServedImage;
  readonly title: string;
  /** Once it is served: the device it was served to, and this computer's address on the way there. */
  served: { readonly device: string | null; readonly address: string } | null;
}

/** A server keeps what it holds until it ends; more images than that, nobody has. */
const maxImages = 64;

/** What all browsers of this user share: the images, the server, and what is known of the downloads. */
export class Workplace {
  private readonly held = new Map<string, Held>();
  private readonly book: DownloadBook;
  private readonly mirror: LocalMirror;
  private readonly results: Results;
  private readonly lifetime: Lifetime;
  private readonly tell: (message: ProgramMessage) => void;
  private listening: Promise<Result<number, Failure<string, string>>> | undefined;
  private port = 0;

  /** `tell` hears of every event; `found` are the downloads that an earlier process has left. */
  constructor(
    found: readonly DownloadState[],
    results: Results,
    lifetime: Lifetime,
    tell: (message: ProgramMessage) => void,
  ) {
    this.results = results;
    this.lifetime = lifetime;
    this.tell = tell;
    this.book = new DownloadBook(found, results, lifetime, tell);
    this.mirror = new LocalMirror((event) =>
      this.book.happened(event, (sha256) => this.held.get(sha256) ?? null),
    );
  }

  /** Whether a device is in the middle of its download. */
  get isBusy(): boolean {
    return this.mirror.isBusy;
  }

  images(): ServedAs[] {
    return [...this.held.values()].map((held) => ({ ...plain(held), url: this.urlOf(held) }));
  }

  downloads(): DownloadState[] {
    return this.book.list();
  }

  /** Inspects an image and keeps it. The value is what it is: "Tasmota 14.1.0 lite". */
  take(name: string, bytes: Uint8Array, sha256: string): Done<string> {
    const digest = createHash('sha256').update(bytes).digest('hex');
    if (digest !== sha256) return refused('wrong-digest');
    const known = this.held.get(sha256);
    if (known) return success(known.title);
    const { answer, title: text } = examine(bytes, { digest, name });
    const title = inEnglish(text);
    if (answer === 'fail') return refused('must-not-be-flashed');
    if (this.held.size >= maxImages) return refused('too-many-images');
    const image = this.mirror.handOver(name, bytes, digest);
    this.held.set(sha256, { name, sha256, bytes: bytes.length, image, title, served: null });
    return success(title);
  }

  /** Serves an image that was taken. The value has its URL as `device` can reach it. */
  async serve(sha256: string, device: string | null): Promise<Done<ServedAs & { url: string }>> {
    const held = this.held.get(sha256);
    if (!held) return refused('unknown-image');
    this.listening ??= startListening(this.mirror, undefined, undefined);
    const port = await this.listening;
    if (!port.ok) {
      process.stderr.write(`${port.failure.sentence}\n`);
      this.listening = undefined;
      return refused('cannot-listen');
    }
    this.port = port.value;
    const address = await addressForDevice(device ?? undefined);
    held.served = { device, address };
    this.lifetime.offered(performance.now());
    return success({ ...plain(held), url: this.urlAt(held, address) });
  }

  /**
   * A device is about to be told to download an image that is served. Not before that is written down: a browser that
   * comes back must find it even if this process is killed the next moment.
   */
  async expect(device: string, sha256: string): Promise<Done<DownloadState>> {
    const held = this.held.get(sha256);
    if (!held?.served) return refused('unknown-image');
    this.mirror.expect(device);
    const expected = this.book.expect(device, held);
    await this.results.written();
    return success(expected);
  }

  forget(download: string): void {
    this.book.forget(download);
  }

  /** Tells the new URLs when this computer no longer has an address that was given out. */
  async followAddresses(): Promise<void> {
    const own = new Set(ownAddresses().map(({ address }) => address));
    for (const held of this.held.values()) {
      if (held.served === null || own.has(held.served.address)) continue;
      const address = await addressForDevice(held.served.device ?? undefined);
      if (address === held.served.address) continue;
      held.served = { ...held.served, address };
      this.tell({ type: 'serving', id: null, ...plain(held), url: this.urlAt(held, address) });
    }
  }

  stop(): Promise<void> {
    return this.mirror.stop();
  }

  private urlOf(held: Held): string | null {
    return held.served === null ? null : this.urlAt(held, held.served.address);
  }

  private urlAt({ image }: Held, address: string): string {
    return `http://${address}${this.port === 80 ? '' : `:${this.port}`}${image.path}`;
  }
}

/** What was asked for, or why it was not done; the words for that are the extension's. */
export type Done<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly why: Refusal };

function refused(why: Refusal): { readonly ok: false; readonly why: Refusal } {
  return { ok: false, why };
}

function plain({ name, sha256, bytes }: BookedImage): BookedImage {
  return { name, sha256, bytes };
}
