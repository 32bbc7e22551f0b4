import type { Clock } from '../../core/clock.ts';
import { MAX_IMAGE_BYTES } from '../../firmware/limits.ts';
import { buildDeviceQuery } from '../../mirror/probe/device-query.ts';
import type { DownloadUrl } from '../../mirror/url/url-rules.ts';
import { type AnswerHead, type PartFault, readPart } from './part-answer.ts';
import { type NoLink, RawLink } from './raw-link.ts';

/** How a download ended. */
export type DownloadEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: NoLink | 'closed' | 'silent' | 'out-of-time' | 'cancelled' }
  | { readonly kind: 'too-large'; readonly total: number }
  | { readonly kind: 'unusable'; readonly fault: PartFault; readonly head: AnswerHead | null };

/** What a download was like on the wire. */
export interface DownloadLog {
  readonly end: DownloadEnd;
  /** The head of the first answer. */
  readonly first: AnswerHead | null;
  /** The longest head, in bytes. */
  readonly longestHead: number;
  readonly requests: number;
  readonly connections: number;
  /** The ETags that were seen, each once. */
  readonly etags: readonly string[];
  /** What was fetched, in one piece. */
  readonly bytes: Uint8Array;
}

/** The firmware's patience, in milliseconds. */
export interface FirmwareTimes {
  /** For the whole download (DLSRC). */
  readonly wholeMs: number;
  /** For one answer. The firmware has no limit of its own; nobody wants to watch nothing for longer. */
  readonly partMs: number;
  /** For a connection. */
  readonly connectMs: number;
  /** Before the first reconnect; twice and three times that before the others (DLSRC). */
  readonly reconnectMs: number;
}

const firmwareTimes: FirmwareTimes = {
  wholeMs: 180_000,
  partMs: 30_000,
  connectMs: 10_000,
  reconnectMs: 1000,
};

const partBytes = 4096;
const maxReconnects = 3;

/**
 * Downloads a file as firmware 3.6.0 does: its own bytes on a TCP connection of its own, `Host: dl.itead.cn`, the
 * query appended, 4096 bytes at a time to the end, at most three reconnects (protocol §4.2 to §4.4, capture
 * device-download-request-shape). Never throws.
 */
export async function downloadAsDevice(
  url: DownloadUrl,
  clock: Clock,
  signal: AbortSignal,
  times: FirmwareTimes = firmwareTimes,
): Promise<DownloadLog> {
  const { hostname, port } = new URL(url.href);
  const chunks: Buffer[] = [];
  const etags = new Set<string>();
  const started = clock.now();
  const cut = new AbortController();
  const cancel = () => cut.abort();
  signal.addEventListener('abort', cancel);
  const open: { link: RawLink | null } = { link: null };
  let [connections, requests, longestHead, offset, total] = [0, 0, 0, 0, 0];
  let first: AnswerHead | null = null;

  /**
   * The connection, or another one; else why the firmware would give up. It would try the first one four times as
   * well, and come to the same end six seconds later.
   */
  async function connected(): Promise<RawLink | NoLink | 'closed'> {
    while (!open.link?.isOpen) {
      if (connections > maxReconnects) return 'closed';
      if (connections > 0) await clock.sleep(connections * times.reconnectMs, cut.signal).catch(() => {});
      if (cut.signal.aborted) return 'closed';
      connections += 1;
      const link = await RawLink.open(hostname, port === '' ? 80 : Number(port), times.connectMs, cut.signal);
      if (link instanceof RawLink) open.link = link;
      else if (connections === 1) return link;
    }
    return open.link;
  }

  async function run(): Promise<DownloadEnd> {
    while (total === 0 || offset < total) {
      if (clock.now() - started > times.wholeMs) return { kind: 'out-of-time' };
      const link = await connected();
      if (!(link instanceof RawLink)) return { kind: link };
      const last = total === 0 ? partBytes - 1 : Math.min(offset + partBytes, total) - 1;
      link.send(requestFor(url, offset, last));
      requests += 1;
      const patience = patienceFor(link, times.partMs);
      const answer = await readPart(link, offset, last - offset + 1, total > 0);
      if (patience.isOver()) return { kind: 'silent' };
      if (answer.kind === 'closed') {
        link.close();
        continue;
      }
      first ??= answer.head;
      longestHead = Math.max(longestHead, answer.head?.bytes ?? 0);
      if (answer.kind === 'unusable') return answer;
      const etag = answer.head.lines.find((line) => /^etag:/i.test(line));
      if (etag !== undefined) etags.add(etag);
      // The total is that of the first answer, whatever later ones say.
      if (total === 0) total = answer.total;
      if (total > MAX_IMAGE_BYTES) return { kind: 'too-large', total };
      chunks.push(answer.body);
      offset += answer.body.length;
    }
    return { kind: 'complete' };
  }

  const end = await run();
  signal.removeEventListener('abort', cancel);
  open.link?.close();
  return {
    end: signal.aborted ? { kind: 'cancelled' } : end,
    first,
    longestHead,
    requests,
    connections,
    etags: [...etags],
    bytes: new Uint8Array(Buffer.concat(chunks)),
  };
}

/** Closes the connection when an answer takes longer than that. */
function patienceFor(link: RawLink, ms: number): { isOver(): boolean } {
  let over = false;
  const timer = setTimeout(() => {
    over = true;
    link.close();
  }, ms);
  return {
    isOver() {
      clearTimeout(timer);
      return over;
    },
  };
}

function requestFor(url: DownloadUrl, from: number, to: number): string {
  return (
    `GET ${url.path}?${buildDeviceQuery()} HTTP/1.1\r\nHost: dl.itead.cn\r\n` +
    `Range: bytes=${from}-${to}\r\nUser-Agent: itead-device\r\n\r\n`
  );
}
