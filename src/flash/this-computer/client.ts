import type { Clock } from '../../core/clock.ts';
import { waitFor } from '../../core/wait.ts';
import {
  type DownloadState,
  type MessageOf,
  type ProgramEvent,
  type ProgramMessage,
  readMessage,
  readProtocol,
  type Welcome,
  type WireReport,
} from '../../native-messages/answers.ts';
import { protocolVersion } from '../../native-messages/limits.ts';
import { piecesOf } from '../../native-messages/pieces.ts';
import type { Request } from '../../native-messages/requests.ts';
import type { NativeBrowser, NativePort } from './native-port.ts';
import {
  type ConnectionTrouble,
  connectionTrouble,
  type LocalMirrorTrouble,
  refusalTrouble,
  troubleOfEnd,
} from './troubles.ts';

/** Hears of what nobody asked for. */
export interface LocalMirrorListeners {
  happened(event: ProgramEvent): void;
  /** The program has gone; what it was asked is answered with the same trouble. */
  lost(trouble: LocalMirrorTrouble): void;
}

/** What was asked for, or why there is none. */
export type Answered<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly trouble: LocalMirrorTrouble };

/** The program at the other end. */
export interface LocalMirrorClient {
  /** What the program said of itself, of its images and of downloads that ended while no browser was there. */
  readonly welcome: Welcome;
  /** Hands an image over; the program inspects it. The value is what it is. */
  take(name: string, bytes: Uint8Array, sha256: string): Promise<Answered<string>>;
  /** Serves an image that was handed over. The value is the URL for `device` (an IPv4 address, if it is known). */
  serve(sha256: string, device: string | null): Promise<Answered<string>>;
  /** Must have succeeded before `ota_flash` is sent: from then on the download outlives the browser. */
  expect(sha256: string, device: string): Promise<Answered<DownloadState>>;
  /** Asks a mirror as a device does. May take three minutes; `signal` ends it. */
  probe(url: string, signal: AbortSignal): Promise<Answered<WireReport>>;
  /** Looks for devices, which come as events, until the value is called. */
  find(): Promise<Answered<() => void>>;
  /** The person has seen how a download ended. */
  forget(download: string): Promise<Answered<null>>;
  /** Closes the port. A device that downloads is served to its end all the same. */
  close(): void;
}

/** A computer that has just woken may take so long to start two programs. */
const welcomeMs = 15_000;
/** What is asked of a program takes it less than a second; one that is silent for so long answers nothing any more. */
const answerMs = 30_000;

/** Reaches the program, which the browser starts for this. */
export async function openLocalMirror(
  browser: NativeBrowser,
  clock: Clock,
  version: string,
  listeners: LocalMirrorListeners,
): Promise<Answered<LocalMirrorClient>> {
  if (!(await browser.mayConnect())) return failure('not-asked');
  if (browser.connect === null) return failure('restart-needed');
  const line = new Line(browser.connect(), () => browser.lastError(), clock, listeners);
  const { signal } = new AbortController();
  const answered = await waitFor(line.greet(version), { ms: welcomeMs, clock, signal });
  const welcome = answered.kind === 'done' ? answered.value : 'crashed';
  if (typeof welcome !== 'string') return { ok: true, value: clientOf(line, welcome) };
  line.close();
  return failure(welcome);
}

function failure(kind: ConnectionTrouble): { readonly ok: false; readonly trouble: LocalMirrorTrouble } {
  return { ok: false, trouble: connectionTrouble(kind) };
}

type Waiting = (answer: ProgramMessage | LocalMirrorTrouble) => void;
type Wish = Request extends infer One ? (One extends Request ? Omit<One, 'id'> : never) : never;

/** A port with questions and answers on it. */
class Line {
  private readonly port: NativePort;
  private readonly clock: Clock;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners: LocalMirrorListeners;
  private welcomed: ((welcome: Welcome | ConnectionTrouble) => void) | undefined;
  private isWelcome = false;
  private ended: LocalMirrorTrouble | undefined;
  private lastId = 0;

  constructor(port: NativePort, lastError: () => string | null, clock: Clock, hears: LocalMirrorListeners) {
    this.port = port;
    this.clock = clock;
    this.listeners = hears;
    port.onMessage.addListener((message) => this.hear(message));
    port.onDisconnect.addListener(({ error }) => this.end(error?.message ?? lastError()));
  }

  greet(version: string): Promise<Welcome | ConnectionTrouble> {
    return new Promise((resolve) => {
      this.welcomed = resolve;
      this.post({ type: 'hello', protocol: protocolVersion, extension: version });
    });
  }

  /** Asks, and resolves with the answer; `more` is sent behind the question. */
  async ask<Type extends ProgramMessage['type']>(
    wish: Wish,
    wanted: Type,
    more?: (id: number) => void,
  ): Promise<Answered<MessageOf<Type>>> {
    if (this.ended) return { ok: false, trouble: this.ended };
    this.lastId += 1;
    const id = this.lastId;
    const answering = new Promise<ProgramMessage | LocalMirrorTrouble>((resolve) => {
      this.waiting.set(id, resolve);
      this.post({ ...wish, id });
      more?.(id);
    });
    // How long a probe takes is up to the mirror, and whoever asks for one ends it.
    if (wish.type !== 'probe') void this.hangUpUnless(answering);
    const answer = await answering;
    if ('kind' in answer && 'sentence' in answer) return { ok: false, trouble: answer };
    if (isOf(answer, wanted)) return { ok: true, value: answer };
    const why = answer.type === 'refused' ? answer.why : 'unreadable';
    return { ok: false, trouble: refusalTrouble(why) };
  }

  /** A program that hangs is as good as none: its host is let go, so that another one can be started. */
  private async hangUpUnless(answering: Promise<unknown>): Promise<void> {
    const { signal } = new AbortController();
    const answered = await waitFor(answering, { ms: answerMs, clock: this.clock, signal });
    if (answered.kind !== 'late' || this.ended) return;
    this.close();
    this.listeners.lost(connectionTrouble('crashed'));
  }

  post(message: object): void {
    try {
      this.port.postMessage(message);
    } catch {
      // The port has closed, and its end is told by itself.
    }
  }

  close(): void {
    this.ended = connectionTrouble('crashed');
    this.settleAll(this.ended);
    this.port.disconnect();
  }

  private hear(raw: unknown): void {
    const protocol = readProtocol(raw);
    if (protocol !== null && protocol !== protocolVersion) {
      this.welcomed?.(protocol < protocolVersion ? 'older' : 'newer');
      return;
    }
    const message = readMessage(raw);
    if (message === null) return;
    if (message.type === 'welcome') {
      this.isWelcome = true;
      this.welcomed?.(message);
    } else if ('id' in message && typeof message.id === 'number') {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    } else if (isEvent(message)) this.listeners.happened(message);
  }

  private end(message: string | null): void {
    if (this.ended) return;
    const kind = this.isWelcome ? 'crashed' : troubleOfEnd(message);
    this.ended = connectionTrouble(kind);
    this.settleAll(this.ended);
    if (this.isWelcome) this.listeners.lost(this.ended);
    else this.welcomed?.(kind);
  }

  private settleAll(trouble: LocalMirrorTrouble): void {
    for (const settle of this.waiting.values()) settle(trouble);
    this.waiting.clear();
  }
}

function isOf<Type extends ProgramMessage['type']>(
  message: ProgramMessage,
  type: Type,
): message is MessageOf<Type> {
  return message.type === type;
}

const eventTypes: ReadonlySet<string> = new Set<ProgramEvent['type']>([
  ...(['serving', 'begun', 'range', 'stalled', 'verdict'] as const),
  ...(['found', 'changed', 'gone'] as const),
]);

function isEvent(message: ProgramMessage): message is ProgramEvent {
  return eventTypes.has(message.type);
}

function clientOf(line: Line, welcome: Welcome): LocalMirrorClient {
  return {
    welcome,
    async take(name, bytes, sha256) {
      const wish = { type: 'take', name, bytes: bytes.length, sha256 } as const;
      const taken = await line.ask(wish, 'taken', (id) => {
        for (const piece of piecesOf(id, bytes)) line.post(piece);
      });
      return taken.ok ? { ok: true, value: taken.value.title } : taken;
    },
    async serve(sha256, device) {
      const serving = await line.ask({ type: 'serve', sha256, device }, 'serving');
      return serving.ok ? { ok: true, value: serving.value.url } : serving;
    },
    async expect(sha256, device) {
      const expected = await line.ask({ type: 'expect', sha256, device }, 'expected');
      return expected.ok ? { ok: true, value: expected.value.download } : expected;
    },
    async probe(url, signal) {
      if (signal.aborted) return { ok: false, trouble: refusalTrouble('cancelled') };
      let cancel = () => {};
      const probed = line.ask({ type: 'probe', url }, 'probed', (id) => {
        cancel = () => void line.ask({ type: 'cancel', of: id }, 'done');
      });
      signal.addEventListener('abort', cancel);
      const answer = await probed;
      signal.removeEventListener('abort', cancel);
      return answer.ok ? { ok: true, value: answer.value.report } : answer;
    },
    async find() {
      const found = await line.ask({ type: 'find' }, 'done');
      if (!found.ok) return found;
      const { id } = found.value;
      return { ok: true, value: () => void line.ask({ type: 'cancel', of: id }, 'done') };
    },
    async forget(download) {
      const done = await line.ask({ type: 'forget', download }, 'done');
      return done.ok ? { ok: true, value: null } : done;
    },
    close: () => line.close(),
  };
}
