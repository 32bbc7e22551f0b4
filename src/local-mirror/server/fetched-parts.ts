import type { MirrorAnswer } from './answer.ts';

type Part = NonNullable<MirrorAnswer['part']>;

/** A part that a client has been given, at a time of `performance.now()`. */
export interface FetchedPart extends Part {
  readonly address: string;
  readonly at: number;
}

/** So long, in milliseconds, parts wait to be told. */
const collectMs = 20;

/**
 * The parts that were fetched since they were last told. Telling takes as long as serving, and whoever is given a part
 * asks for the next one at once: so it is done for many together, between two requests.
 */
export class FetchedParts {
  private waiting: FetchedPart[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly tell: (part: FetchedPart) => void;

  constructor(tell: (part: FetchedPart) => void) {
    this.tell = tell;
  }

  add({ image, range, deviceId }: Part, address: string): void {
    this.waiting.push({ image, range, deviceId, address, at: performance.now() });
    this.timer ??= setTimeout(() => this.tellAll(), collectMs);
  }

  /** Tells them now, in their order: what else happens must not be heard of before them. */
  tellAll(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = this;
    this.waiting = [];
    for (const part of waiting) this.tell(part);
  }
}
