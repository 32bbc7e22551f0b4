import { readText } from '../core/body.ts';
import { waitUnlessAborted } from '../core/wait.ts';

/** The first bytes of an answer and what stood above them. */
export interface Answer {
  /** Null for a redirect, of which a browser shows nothing. */
  readonly status: number | null;
  /** The `Server` header; empty where there is none. */
  readonly server: string;
  readonly contentType: string;
  /** At most `bodyLimit` bytes, and less where the time was up. */
  readonly body: string;
}

/** An answer, or what the request ended with instead. */
export type Heard =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly error: unknown };

/** Bytes. `Status 0` has about 4,000, Tasmota's page 10,000; ESPHome's own may have 220,000, which nobody needs. */
export const bodyLimit = 64 * 1024;

/**
 * GETs `url` once. Never rejects, and never outlasts `signal`, whatever `fetch` does with it. No redirect is
 * followed: captive portals and routers lead to other hosts, which nobody has allowed to be asked.
 *
 * @param enough tells of the body so far whether the rest may be left unread; some never end
 */
export async function get(
  url: string,
  { fetch, signal }: { readonly fetch: typeof globalThis.fetch; readonly signal: AbortSignal },
  enough: (body: string) => boolean = () => false,
): Promise<Heard> {
  if (signal.aborted) return { ok: false, error: signal.reason };
  const done = new AbortController();
  try {
    const asked = fetch(url, {
      redirect: 'manual', // gives an answer that can be told from a dead server; 'error' would not
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: AbortSignal.any([signal, done.signal]),
    });
    const response = await waitUnlessAborted(asked, signal);
    if (response.kind === 'failed') return { ok: false, error: response.error };
    if (response.kind !== 'done') return { ok: false, error: signal.reason };
    const { status, headers, type, body } = response.value;
    const redirects = type === 'opaqueredirect' || (status >= 300 && status < 400);
    // What was read before a body broke off is as good as what comes of one that was read to its end.
    const { text } = await readText(body, { limit: bodyLimit, signal, enough });
    return {
      ok: true,
      answer: {
        status: redirects ? null : status,
        server: headers.get('server') ?? '',
        contentType: headers.get('content-type') ?? '',
        body: text,
      },
    };
  } finally {
    done.abort();
  }
}
