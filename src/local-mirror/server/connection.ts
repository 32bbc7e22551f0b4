import { performance } from 'node:perf_hooks';
import type { Duplex } from 'node:stream';
import { answerTo, bare, type MirrorAnswer } from './answer.ts';
import { PartAnswers } from './part-answers.ts';
import { RepeatedRequest } from './repeated-request.ts';
import { readRequest } from './request.ts';
import type { Shelf } from './shelf.ts';

/** How long a connection may take, in milliseconds. */
export interface ConnectionTimes {
  /** From the connection, or from the first byte of a request, to the whole request. */
  readonly requestMs: number;
  /** Between two requests. The device gives up after 180 s (DLSRC). */
  readonly idleMs: number;
  /** From an answer to its last byte being taken. */
  readonly answerMs: number;
}

/** What a connection says of itself. */
export interface ConnectionEvents {
  readonly part: (part: NonNullable<MirrorAnswer['part']>, connection: Connection) => void;
  readonly report: (body: string, connection: Connection) => void;
  readonly closed: (connection: Connection) => void;
}

const nothing = Buffer.alloc(0);

/** Unread bytes that may wait behind a request while its answer is being taken. */
const maxPending = 16_384;
/** Room for a part and its head. */
const onePiece = 5120;

/** One client. Answers its requests one after the other, and holds no more of them than `maxPending` bytes. */
export class Connection {
  /** Who it is, as it is shown. */
  readonly address: string;
  /** True once it has fetched a part of an image: it knows a path, so it is no stranger. */
  isKnown = false;
  /** The id by which its last request for a part named the device; null before there was one, and without one. */
  deviceId: string | null = null;
  private readonly stream: Duplex;
  private readonly shelf: Shelf;
  private readonly events: ConnectionEvents;
  private readonly times: ConnectionTimes;
  private pending: Buffer = nothing;
  private parts: PartAnswers | undefined;
  private repeated: RepeatedRequest | null = null;
  private answering = false;
  private ending = false;
  private deadline: number;

  constructor(
    stream: Duplex,
    address: string,
    shelf: Shelf,
    events: ConnectionEvents,
    times: ConnectionTimes,
  ) {
    this.stream = stream;
    this.address = address;
    this.shelf = shelf;
    this.events = events;
    this.times = times;
    this.deadline = performance.now() + times.requestMs;
    stream.on('data', (chunk: Buffer) => this.take(chunk));
    stream.on('error', () => stream.destroy());
    stream.on('close', () => this.events.closed(this));
  }

  /** Ends the connection if its time is up at `now` (milliseconds of `performance.now()`). */
  check(now: number): void {
    if (now >= this.deadline) this.stream.destroy();
  }

  /** Ends it once what was answered is on its way. */
  end(): void {
    this.ending = true;
    this.stream.end();
  }

  destroy(): void {
    this.stream.destroy();
  }

  private take(chunk: Buffer): void {
    if (this.ending) return;
    if (this.pending.length === 0 && !this.answering) {
      if (this.answerAgain(chunk)) return;
      this.allow(this.times.requestMs);
    }
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    this.work();
  }

  private work(): void {
    while (!this.answering && !this.ending && this.pending.length > 0) {
      const reading = readRequest(this.pending);
      if (reading.state === 'incomplete') {
        // Cut loose from the larger buffer that it came in.
        this.pending = Buffer.from(this.pending);
        return;
      }
      if (reading.state === 'refused') {
        this.send(bare(reading.status, true));
        return;
      }
      const answer = answerTo(reading.request, this.shelf);
      const { part, closes } = answer;
      const request = this.pending.subarray(0, reading.length);
      this.repeated = part && !closes ? RepeatedRequest.of(request, part.image, part.deviceId) : null;
      this.pending = reading.length === this.pending.length ? nothing : this.pending.subarray(reading.length);
      this.send(answer);
    }
    if (this.answering && this.pending.length > maxPending) this.stream.pause();
  }

  /** The short way for the device's hundred requests after the first; false when `chunk` is none of them. */
  private answerAgain(chunk: Buffer): boolean {
    const { repeated } = this;
    const range = repeated?.rangeIn(chunk) ?? null;
    if (!repeated || !range) return false;
    const { image, deviceId } = repeated;
    if (this.parts?.image !== image) this.parts = new PartAnswers(image);
    this.answering = true;
    // The last piece has been taken, so it may be written over.
    this.stream.write(this.parts.pieceOf(range));
    this.whenTaken({ closes: false, part: { image, range, deviceId } });
    return true;
  }

  private send(answer: MirrorAnswer): void {
    const { body, closes, report } = answer;
    this.answering = true;
    const head = Buffer.from(answer.head, 'latin1');
    // One piece saves a system call.
    if (head.length + body.length <= onePiece) this.stream.write(Buffer.concat([head, body]));
    else {
      this.stream.write(head);
      this.stream.write(body);
    }
    this.whenTaken(answer);
    if (this.stream.errored) return;
    if (closes) this.end();
    // It has come, whatever becomes of our answer.
    if (report !== undefined) this.events.report(report, this);
  }

  private whenTaken(answer: Pick<MirrorAnswer, 'closes' | 'part'>): void {
    if (this.stream.errored) return;
    // Nearly always the system has taken it at once, and nothing needs to wait for that.
    if (this.stream.writableLength === 0) this.sent(answer);
    else {
      this.allow(this.times.answerMs);
      this.stream.write(nothing, (error) => {
        if (error) return;
        this.sent(answer);
        if (!answer.closes) this.work();
      });
    }
  }

  /** The whole answer is with the system. */
  private sent({ closes, part }: Pick<MirrorAnswer, 'closes' | 'part'>): void {
    this.answering = false;
    if (part) {
      this.isKnown = true;
      this.deviceId = part.deviceId;
      this.events.part(part, this);
    }
    const { requestMs, idleMs } = this.times;
    this.allow(this.pending.length === 0 && this.isKnown && !closes ? idleMs : requestMs);
    if (!closes && this.stream.isPaused()) this.stream.resume();
  }

  private allow(ms: number): void {
    this.deadline = performance.now() + ms;
  }
}
