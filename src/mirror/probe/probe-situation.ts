import type { Wording } from '../../core/text.ts';
import type { Slice } from '../fetch/slices.ts';
import type { Answered, RangeAnswer } from './probe-request.ts';

/** What the mirror was asked about and how; every check judges this. */
export interface Exchange {
  /** The mirror's host, for sentences. */
  readonly host: string;
  readonly size: number;
  readonly etag: string | null;
  readonly slices: readonly Slice[];
  readonly answers: readonly RangeAnswer[];
  /** Whether the requests carried `Host: dl.itead.cn`. */
  readonly hostOverride: 'active' | 'unavailable';
  /** Whether this device's firmware asks by that name, or is not known not to. */
  readonly hostRequired: boolean;
  /** Where it is known from that the mirror answers by that name, or null. */
  readonly hostKnownFrom: Wording | null;
  readonly timeoutMs: number;
}

/** In one word, how the mirror took the requests. */
export type Situation =
  | 'ranges' // every answer is a 206
  | 'whole' // 200 with our file: Range is ignored
  | 'other' // 200 with something else
  | 'redirect'
  | 'refused' // a status that says no
  | 'server-error'
  | 'silent'
  | 'cancelled';

/** The status of the answer that decided, for sentences; 0 where there was none. */
export interface Verdict {
  readonly situation: Situation;
  readonly status: number;
}

/** The answers that are a part of the file. */
export function partsOf({ answers }: Exchange): readonly Answered[] {
  return answers.flatMap((answer) => (answer.kind === 'answered' && answer.status === 206 ? [answer] : []));
}

const situationOfSilence = {
  redirect: 'redirect',
  late: 'silent',
  unreachable: 'silent',
  cancelled: 'cancelled',
} as const;

/** Finds the first answer that is no 206 and says what it amounts to. */
export function verdictOf(exchange: Exchange): Verdict {
  const { answers, slices } = exchange;
  const odd = answers.find((answer) => answer.kind !== 'answered' || answer.status !== 206);
  if (!odd) return { situation: answers.length > 0 ? 'ranges' : 'cancelled', status: 206 };
  if (odd.kind !== 'answered') return { situation: situationOfSilence[odd.kind], status: 0 };
  const { status, digest } = odd;
  if (status >= 500) return { situation: 'server-error', status };
  if (status < 200 || status >= 300) return { situation: 'refused', status };
  return { situation: digest !== null && digest === slices[0]?.digest ? 'whole' : 'other', status };
}

/** Statuses that have nothing to do with the name a server is asked by. */
const notAboutTheName: readonly number[] = [408, 416, 425, 429];

/**
 * Whether the name dl.itead.cn is to blame: the plain download of the same file has just succeeded, and the
 * server turned away the same file asked for by that name.
 */
export function blamesTheName({ hostOverride }: Exchange, { situation, status }: Verdict): boolean {
  if (hostOverride !== 'active') return false;
  if (situation === 'refused') return !notAboutTheName.includes(status);
  return situation === 'other' || situation === 'redirect';
}

/** The digest that a part must have, or null when no such part was kept. */
export function sliceDigest({ slices }: Exchange, { start }: Answered): string | null {
  return slices.find((slice) => slice.start === start)?.digest ?? null;
}
