import { createHash, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Hosts, MirrorLink, placeOf } from './download-link.ts';
import type { DownloadTarget } from './download-url.ts';
import { readRangeResponse } from './range-response.ts';

const rangeBytes = 4096;
const maxRequest = 512;
const maxReconnects = 3;

/** What the device sends to the mirror and what came of it. */
export interface RangeRequest {
  readonly range: string;
  /** The bytes of the request. */
  readonly raw: string;
  readonly status: number | undefined;
  readonly bytes: number;
  readonly at: number;
}

/** One download as the device lived it. */
export interface DownloadLog {
  readonly url: string;
  readonly requests: RangeRequest[];
  reconnects: number;
  result: string | undefined;
}

export interface DownloadOrder {
  readonly target: DownloadTarget;
  readonly deviceid: string;
  readonly hostBug: boolean;
  readonly style: 'itead' | 'b02';
  readonly hosts: Hosts;
  /** Multiplies the firmware's own times: 180 s in all, and 1, 2, 3 s between connections (DLSRC). */
  readonly timeScale: number;
  /** Bytes per second; 0 is as fast as it goes. A LAN gave 4096 every 80 ms (SonOTA#10). */
  readonly speed: number;
  readonly log: DownloadLog;
  readonly signal: AbortSignal;
}

export type RangeResult =
  | { readonly kind: 'range'; readonly offset: number; readonly body: Buffer; readonly total: number }
  | { readonly kind: 'refused'; readonly status: number; readonly why: string }
  | { readonly kind: 'unreachable' | 'timed out' };

/**
 * The firmware's downloader: its own TCP client, explicit ranges of 4096 bytes one after the other on one
 * connection, at most three reconnects in all (protocol §4.2 to §4.4; the request's shape is
 * device-download-request-shape.http, that of the B02 bulb is from itead#129).
 */
export class Download {
  private link: MirrorLink | undefined;
  private connected = false;
  private offset = 0;
  private total = 0;
  private timedOut = false;
  private readonly cut = new AbortController();
  private readonly order: DownloadOrder;

  constructor(order: DownloadOrder) {
    this.order = order;
    order.signal.addEventListener('abort', () => this.cut.abort(), { once: true });
  }

  /** Gives up when this much of the firmware's time has gone by. Call what it returns when time no longer matters. */
  limit(firmwareMs: number): () => void {
    const timer = setTimeout(() => {
      this.timedOut = true;
      this.cut.abort();
    }, firmwareMs * this.order.timeScale);
    return () => clearTimeout(timer);
  }

  get finished(): boolean {
    return this.total > 0 && this.offset >= this.total;
  }

  /** Asks for the next range. The total is that of the first answer, whatever later ones say. */
  async next(): Promise<RangeResult> {
    const last = this.total === 0 ? rangeBytes - 1 : Math.min(this.offset + rangeBytes, this.total) - 1;
    const range = `bytes=${this.offset}-${last}`;
    const request = this.requestFor(range);
    if (request.length > maxRequest)
      return { kind: 'refused', status: 0, why: 'request buffer of 512 bytes' };
    for (;;) {
      const link = await this.connection();
      if (!link) return { kind: this.timedOut ? 'timed out' : 'unreachable' };
      link.send(request);
      const answer = await readRangeResponse(link);
      const entry = { range, raw: request.toString('latin1'), at: Date.now() };
      if (answer.kind === 'bytes') {
        this.order.log.requests.push({ ...entry, status: 206, bytes: answer.body.length });
        await this.pace(answer.body.length);
        return this.advance(answer.body, answer.total);
      }
      link.close();
      const status = answer.kind === 'refused' ? answer.status : undefined;
      this.order.log.requests.push({ ...entry, status, bytes: 0 });
      if (answer.kind === 'refused') return answer;
    }
  }

  /** Begins anew with the first range, as firmware does that a server without Range keeps in a loop (Kukacka). */
  async startOver(): Promise<void> {
    this.connected = false;
    await this.pause(80);
  }

  /** POSTs the result to the mirror, with the Host that the GET should have had (itead#112). */
  async report(error: number): Promise<number | undefined> {
    const { host, port } = this.order.target;
    const body = JSON.stringify({ error });
    if (!this.link?.isOpen) {
      const place = placeOf(host, port, this.order.hosts);
      const link = await MirrorLink.open(place.host, place.port, this.order.signal);
      if (link === 'unreachable') return undefined;
      this.link = link;
    }
    const link = this.link;
    link.take(link.received.length);
    link.send(
      Buffer.from(
        `POST /api/device/otaFlash HTTP/1.1\r\nHost: ${hostHeader(host, port)}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      ),
    );
    const enough = setTimeout(() => link.close(), 3000 * this.order.timeScale + 200);
    let seen = '';
    while (!/^HTTP\/1\.\d \d{3}/.test(seen) && (await link.more()))
      seen = link.received.toString('latin1', 0, 16);
    clearTimeout(enough);
    const status = /^HTTP\/1\.\d (\d{3})/.exec(seen)?.[1];
    return status === undefined ? undefined : Number(status);
  }

  close(): void {
    this.link?.close();
  }

  private advance(body: Buffer, total: number): RangeResult {
    const offset = this.offset;
    if (this.total === 0) this.total = total;
    this.offset += rangeBytes;
    return {
      kind: 'range',
      offset,
      body: body.subarray(0, Math.max(0, this.total - offset)),
      total: this.total,
    };
  }

  private async connection(): Promise<MirrorLink | undefined> {
    const { target, hosts, log } = this.order;
    const place = placeOf(target.host, target.port, hosts);
    while (!this.link?.isOpen) {
      if (this.connected) {
        if (log.reconnects === maxReconnects) return undefined;
        log.reconnects += 1;
        await this.pause(log.reconnects * 1000);
      }
      if (this.cut.signal.aborted) return undefined;
      this.connected = true;
      const link = await MirrorLink.open(place.host, place.port, this.cut.signal);
      this.link = link === 'unreachable' ? undefined : link;
    }
    return this.cut.signal.aborted ? undefined : this.link;
  }

  private async pause(firmwareMs: number): Promise<void> {
    await this.sleep(firmwareMs * this.order.timeScale);
  }

  private async pace(bytes: number): Promise<void> {
    if (this.order.speed > 0) await this.sleep((bytes / this.order.speed) * 1000);
  }

  /** Sleeps, or wakes at once when the download is cut: whoever asked finds out from the connection. */
  private async sleep(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.cut.signal }).catch(() => undefined);
  }

  private requestFor(range: string): Buffer {
    const { target, deviceid, hostBug, style } = this.order;
    if (style === 'b02')
      return Buffer.from(`GET ${target.path.slice(1)} HTTP/1.1\r\nRange: ${range}\r\n\r\n`);
    const ts = randomInt(1, 2 ** 31);
    const sign = createHash('sha256').update(`${deviceid}${ts}simulated`).digest('hex');
    const host = hostBug ? 'dl.itead.cn' : hostHeader(target.host, target.port);
    return Buffer.from(
      `GET ${target.path}?deviceid=${deviceid}&ts=${ts}&sign=${sign} HTTP/1.1\r\n` +
        `Host: ${host}\r\nRange: ${range}\r\nUser-Agent: itead-device\r\n\r\n`,
      'latin1',
    );
  }
}

function hostHeader(host: string, port: number): string {
  return port === 80 ? host : `${host}:${port}`;
}
