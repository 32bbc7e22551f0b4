import type { Socket } from 'node:net';
import { version } from '../../../package.json';
import { systemClock } from '../../core/clock.ts';
import { inEnglish } from '../../core/render-text.ts';
import type { Wording } from '../../core/text.ts';
import { parseDownloadUrl } from '../../mirror/url/url-rules.ts';
import type { ProgramMessage, Refusal, WireReport } from '../../native-messages/answers.ts';
import { protocolVersion } from '../../native-messages/limits.ts';
import { Assembly } from '../../native-messages/pieces.ts';
import {
  type Request,
  type RequestOf,
  readHello,
  readRequest,
  readRequestId,
} from '../../native-messages/requests.ts';
import type { Lookout } from '../find/look-out.ts';
import { downloadAsDevice } from '../probe/device-download.ts';
import { type ProbeReport, reportOn } from '../probe/probe-report.ts';
import { encodeFrame, FrameReader } from './frames.ts';
import type { Workplace } from './workplace.ts';

/** A browser that does not read gets no further: what is under way goes on without it. */
const maxUnread = 16 * 1024 * 1024;
/** What a host gets to take the last words. */
const farewellMs = 500;
const maxAssemblies = 4;
const maxProbes = 4;

/** One browser, heard and answered. */
export class Session {
  private readonly socket: Socket;
  private readonly workplace: Workplace;
  private readonly assemblies = new Map<number, Assembly>();
  private readonly probes = new Map<number, AbortController>();
  private search: { readonly id: number; readonly lookout: Lookout } | undefined;
  /** Whether it speaks our version; undefined before its greeting. */
  private isUnderstood: boolean | undefined;

  constructor(socket: Socket, workplace: Workplace) {
    this.socket = socket;
    this.workplace = workplace;
    const frames = new FrameReader();
    socket.on('data', (chunk: Buffer) => {
      for (const frame of frames.take(chunk)) {
        if (frame.kind === 'lost') socket.destroy();
        else void this.hear(frame.kind === 'message' ? frame.message : null);
      }
    });
    socket.on('close', () => this.leave());
  }

  /** Says something, to those who would understand it. */
  tell(message: ProgramMessage): void {
    if (this.isUnderstood) this.say(message);
  }

  /** Hangs up, once what was said is on its way; a host that does not listen any more cannot keep us. */
  end(): void {
    this.socket.end();
    setTimeout(() => this.socket.destroy(), farewellMs);
  }

  private say(message: ProgramMessage): void {
    if (this.socket.destroyed) return;
    if (this.socket.writableLength > maxUnread) this.socket.destroy();
    else this.socket.write(encodeFrame(message));
  }

  private refuse(id: number | null, why: Refusal): void {
    this.say({ type: 'refused', id, why });
  }

  private async hear(message: unknown): Promise<void> {
    const hello = readHello(message);
    if (hello) {
      this.isUnderstood = hello.protocol === protocolVersion;
      this.welcome();
      return;
    }
    const request = readRequest(message);
    if (this.isUnderstood === undefined) this.refuse(readRequestId(message), 'out-of-order');
    else if (!this.isUnderstood || request === null) this.refuse(readRequestId(message), 'unreadable');
    else {
      try {
        await this.obey(request);
      } catch (error) {
        process.stderr.write(`${request.type}: ${error instanceof Error ? error.stack : String(error)}\n`);
        this.refuse(request.id, 'internal');
      }
    }
  }

  private welcome(): void {
    this.say({
      type: 'welcome',
      protocol: protocolVersion,
      program: version,
      platform: process.platform,
      // There a browser may put what it starts into a job that ends with it; nobody has measured which ones do.
      outlivesBrowser: process.platform !== 'win32',
      images: this.workplace.images(),
      downloads: this.workplace.downloads(),
    });
  }

  private async obey(request: Request): Promise<void> {
    const { id } = request;
    switch (request.type) {
      case 'take':
        if (this.assemblies.has(id) || this.assemblies.size >= maxAssemblies) this.refuse(id, 'out-of-order');
        else this.assemblies.set(id, new Assembly(request));
        return;
      case 'piece':
        this.add(request);
        return;
      case 'serve': {
        const served = await this.workplace.serve(request.sha256, request.device);
        if (served.ok) this.say({ type: 'serving', id, ...served.value });
        else this.refuse(id, served.why);
        return;
      }
      case 'expect': {
        const expected = await this.workplace.expect(request.device, request.sha256);
        if (expected.ok) this.say({ type: 'expected', id, download: expected.value });
        else this.refuse(id, expected.why);
        return;
      }
      case 'probe':
        await this.probe(request);
        return;
      case 'find':
        await this.find(id);
        return;
      case 'cancel':
        this.cancel(request.of);
        this.say({ type: 'done', id });
        return;
      case 'forget':
        this.workplace.forget(request.download);
        this.say({ type: 'done', id });
    }
  }

  private add(piece: RequestOf<'piece'>): void {
    const assembly = this.assemblies.get(piece.id);
    const state = assembly?.add(piece) ?? 'wrong';
    if (state === 'more') return;
    this.assemblies.delete(piece.id);
    // Of what was refused, the other pieces still come: one answer is enough.
    if (!assembly) return;
    const taken = assembly.whole && this.workplace.take(assembly.name, assembly.whole, assembly.sha256);
    if (!taken) this.refuse(piece.id, 'out-of-order');
    else if (!taken.ok) this.refuse(piece.id, taken.why);
    else this.say({ type: 'taken', id: piece.id, title: taken.value });
  }

  private async probe({ id, url: text }: RequestOf<'probe'>): Promise<void> {
    const url = parseDownloadUrl(text);
    if (!url.ok) return this.refuse(id, 'unusable-url');
    if (this.probes.has(id) || this.probes.size >= maxProbes) return this.refuse(id, 'out-of-order');
    const cut = new AbortController();
    this.probes.set(id, cut);
    const log = await downloadAsDevice(url.value, systemClock, cut.signal);
    this.probes.delete(id);
    if (log.end.kind === 'cancelled') return this.refuse(id, 'cancelled');
    this.say({ type: 'probed', id, report: onTheWire(reportOn(url.value.href, url.value.file, log)) });
  }

  private async find(id: number): Promise<void> {
    // Loaded when it is asked for: serving needs no multicast DNS in memory.
    const { lookOut } = await import('../find/look-out.ts');
    if (this.socket.destroyed) return;
    this.search?.lookout.stop();
    const lookout = lookOut(
      ({ event, device: { type, id: deviceId, address, port, mode } }) => {
        const [kind, named] = [type.slice(0, 200), deviceId.slice(0, 200)];
        this.say({ type: event, deviceId: named, address, port, kind, mode });
      },
      (address, code) => process.stderr.write(`Multicast DNS does not work on ${address} (${code}).\n`),
    );
    this.search = { id, lookout };
    this.say({ type: 'done', id });
  }

  private cancel(id: number): void {
    this.probes.get(id)?.abort();
    if (this.assemblies.delete(id)) this.refuse(id, 'cancelled');
    if (this.search?.id !== id) return;
    this.search.lookout.stop();
    this.search = undefined;
  }

  private leave(): void {
    for (const cut of this.probes.values()) cut.abort();
    this.search?.lookout.stop();
    this.assemblies.clear();
  }
}

const longest = 4000;

/** A report as it fits into a message, whatever a server has sent. */
function onTheWire(report: ProbeReport): WireReport {
  const short = (wording: Wording) => inEnglish(wording).slice(0, longest);
  return {
    ...report,
    statusLine: report.statusLine === null ? null : short(report.statusLine),
    headers: report.headers.slice(0, 64).map(short),
    checks: report.checks.map(({ id, title, answer, sentence, action }) => ({
      ...{ id, title: short(title), answer, sentence: short(sentence) },
      ...(action === undefined ? {} : { action: short(action) }),
    })),
  };
}
