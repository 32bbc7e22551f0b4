import { createHash } from 'node:crypto';
import { Download, type DownloadLog, type DownloadOrder, type RangeResult } from './download.ts';
import { readDownloadUrl } from './download-url.ts';
import { PretendFlash } from './pretend-flash.ts';

/**
 * When `ota_flash` is answered: after the first range (protocol §1 "Semantics"), before any (Kukacka), or when
 * all is done (peers A4).
 */
export type Completion = 'first-range' | 'immediate' | 'late';

/** A result that the device has POSTed to the mirror (protocol §4.6), and the HTTP status it got for it. */
export interface Callback {
  readonly error: number;
  readonly status: number | undefined;
  readonly at: number;
}

/** How a flash ended. `cut` is the loss of power or network. */
export type Ending =
  | { readonly kind: 'verified' }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cut' };

export interface FlashOrder extends Omit<DownloadOrder, 'target' | 'log'> {
  readonly url: string;
  readonly sha256sum: string;
  readonly completion: Completion;
  readonly sizeLimit: number;
  readonly preDownloadMs: number;
  /** What `ota_flash` answers when the server refuses the first range. */
  readonly refusedCode: number;
}

/** What the device around it wants to know while it works. */
export interface FlasherEvents {
  readonly wrote: (bytes: number) => void;
  readonly reported: (callback: Callback) => void;
  readonly ended: (ending: Ending) => void;
}

const wholeDownloadMs = 180_000;

/** Downloads into the pretend flash, compares the digest, and tells the mirror what came of it. */
export class Flasher {
  readonly flash = new PretendFlash();
  readonly downloads: DownloadLog[] = [];
  readonly callbacks: Callback[] = [];
  private readonly events: FlasherEvents;

  constructor(events: FlasherEvents) {
    this.events = events;
  }

  /** Starts, and resolves with the `error` that the caller of `ota_flash` is told. The rest goes on behind it. */
  run(order: FlashOrder): Promise<number> {
    return new Promise((resolve, reject) => {
      this.work(order, resolve).then((ending) => this.events.ended(ending), reject);
    });
  }

  private async work(order: FlashOrder, reply: (error: number) => void): Promise<Ending> {
    const log: DownloadLog = { url: order.url, requests: [], reconnects: 0, result: undefined };
    this.downloads.push(log);
    const finish = (ending: Ending): Ending => {
      log.result = ending.kind === 'failed' ? ending.why : ending.kind;
      return ending;
    };
    const target = readDownloadUrl(order.url);
    if (!target) {
      reply(424);
      return finish({ kind: 'failed', why: 'the URL cannot be used' });
    }
    const download = new Download({ ...order, target, log });
    const enough = download.limit(wholeDownloadMs);
    let told = order.completion === 'immediate';
    if (told) reply(0);
    const tell = async (error: number, callback: number) => {
      if (told) await this.report(download, callback);
      reply(error);
    };
    try {
      let range = await this.firstRange(download, order);
      while (told && range.kind === 'refused' && range.status === 200) {
        await download.startOver();
        range = await download.next();
      }
      if (range.kind !== 'range') {
        if (order.signal.aborted) return finish({ kind: 'cut' });
        await tell(codeOf(range, order.refusedCode), 404);
        return finish({ kind: 'failed', why: range.kind === 'refused' ? range.why : range.kind });
      }
      if (range.total > order.sizeLimit) {
        await tell(413, 406);
        return finish({ kind: 'failed', why: `${range.total} bytes are too many` });
      }
      this.flash.begin(range.total);
      if (order.completion === 'first-range') reply(0);
      told = true;
      return finish(await this.rest(range, download, order, tell));
    } finally {
      enough();
      download.close();
      reply(408);
    }
  }

  /** The "pre-download" of the documentation (error 408 of protocol v2.0). */
  private async firstRange(download: Download, order: FlashOrder): Promise<RangeResult> {
    if (order.completion === 'immediate') return download.next();
    const enough = download.limit(order.preDownloadMs);
    const range = await download.next();
    enough();
    return range;
  }

  private async rest(
    first: Extract<RangeResult, { kind: 'range' }>,
    download: Download,
    order: FlashOrder,
    tell: (error: number, callback: number) => Promise<void>,
  ): Promise<Ending> {
    let range: RangeResult = first;
    for (;;) {
      if (order.signal.aborted) return { kind: 'cut' };
      if (range.kind !== 'range') {
        await tell(codeOf(range, 424), 404);
        return { kind: 'failed', why: range.kind === 'refused' ? range.why : range.kind };
      }
      if (!this.flash.write(range.offset, range.body)) {
        await tell(413, 410);
        return { kind: 'failed', why: 'it does not fit into the flash memory' };
      }
      this.events.wrote(this.flash.written);
      if (download.finished) break;
      range = await download.next();
    }
    if (order.signal.aborted) return { kind: 'cut' };
    const same = createHash('sha256').update(this.flash.image).digest('hex') === order.sha256sum;
    await tell(same ? 0 : 471, same ? 0 : 409);
    return { kind: same ? 'verified' : 'mismatch' };
  }

  private async report(download: Download, error: number): Promise<void> {
    const status = await download.report(error);
    const callback = { error, status, at: Date.now() };
    this.callbacks.push(callback);
    this.events.reported(callback);
  }
}

function codeOf(range: Exclude<RangeResult, { kind: 'range' }>, refusedCode: number): number {
  if (range.kind === 'timed out') return 408;
  return range.kind === 'refused' ? refusedCode : 424;
}
