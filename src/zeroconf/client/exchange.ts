import type { Clock } from '../../core/clock.ts';
import type { Command } from './command.ts';
import { type Heard, post, type Wire } from './wire.ts';

/** One request and what came of it, for the journal. Passwords are not in it. */
export interface Exchange {
  readonly command: Command;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Milliseconds that it took. */
  readonly ms: number;
  /** 1 for the first request of a command. */
  readonly attempt: number;
  readonly requestBody: string;
  readonly status?: number;
  /** The answer, shortened. */
  readonly replyText?: string;
  readonly error?: string;
}

/** One request to be made. */
export interface Request {
  readonly host: string;
  readonly command: Command;
  readonly attempt: number;
  readonly deviceid: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

const longestReply = 1_000;

/** Makes one request and tells `hear` about it. */
export async function makeExchange(
  request: Request,
  wire: Wire & { readonly clock: Clock },
  hear: (exchange: Exchange) => void,
): Promise<Heard> {
  const { host, command, attempt } = request;
  const url = `http://${host}:8081/zeroconf/${command}`;
  const at = wire.clock.now();
  const began = wire.clock.elapsed();
  const heard = await post(url, bodyOf(request, request.data), wire);
  const { answer } = heard;
  const exchange = {
    command,
    at,
    ms: wire.clock.elapsed() - began,
    attempt,
    requestBody: bodyOf(request, redacted(request.data)),
    ...(answer && { status: answer.status, replyText: shortened(answer.text) }),
    ...(!heard.ok && { error: `${heard.fault}: ${heard.detail}` }),
  };
  try {
    hear(exchange);
  } catch {
    // A journal that cannot be written must not hide what the device answered.
  }
  return heard;
}

/** The body of a request; never with `"deviceid":""`, at which 3.7.6 breaks off (itead#128). */
export function bodyOf(
  { deviceid }: Pick<Request, 'deviceid'>,
  data: Readonly<Record<string, unknown>>,
): string {
  return JSON.stringify(deviceid === null ? { data } : { deviceid, data });
}

function redacted(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.hasOwn(data, 'password') ? { ...data, password: '…' } : data;
}

function shortened(text: string): string {
  return text.length > longestReply ? `${text.slice(0, longestReply)}…` : text;
}
