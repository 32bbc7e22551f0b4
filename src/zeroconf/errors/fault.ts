import * as v from 'valibot';
import type { FaultKind } from './failure-kind.ts';

/**
 * The codes that an error's `cause` may carry, as Node's fetch gives them. A browser's fetch gives none; the
 * code around it may add the same ones.
 */
const faultCodes = new Map<string, FaultKind>(
  Object.entries({
    ECONNREFUSED: 'refused',
    ECONNRESET: 'reset',
    ECONNABORTED: 'reset',
    EPIPE: 'reset',
    // undici: the other side closed, with half an answer or with none.
    UND_ERR_SOCKET: 'empty-reply',
    EMPTY_RESPONSE: 'empty-reply',
    EHOSTUNREACH: 'unreachable',
    ENETUNREACH: 'unreachable',
    EHOSTDOWN: 'unreachable',
    EADDRNOTAVAIL: 'unreachable',
    ENOTFOUND: 'name-not-found',
    EAI_AGAIN: 'name-not-found',
    ETIMEDOUT: 'time-out',
    UND_ERR_CONNECT_TIMEOUT: 'time-out',
    UND_ERR_HEADERS_TIMEOUT: 'time-out',
    UND_ERR_BODY_TIMEOUT: 'time-out',
    ENETRESET: 'network-changed',
    NO_PERMISSION: 'no-permission',
    HTTPS_ONLY: 'https-only',
  } as const),
);

const withCode = v.object({ cause: v.object({ code: v.string() }) });
const named = v.object({ name: v.string() });

/** Which silence a rejected fetch, or a body that broke off, stands for. */
export function faultOf(error: unknown): FaultKind {
  const coded = v.safeParse(withCode, error);
  const known = coded.success ? faultCodes.get(coded.output.cause.code) : undefined;
  if (known !== undefined) return known;
  const thrown = v.safeParse(named, error);
  if (thrown.success && thrown.output.name === 'AbortError') return 'cancelled';
  if (thrown.success && thrown.output.name === 'TimeoutError') return 'time-out';
  return 'no-connection';
}
