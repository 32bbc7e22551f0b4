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
  const stopped = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true, signal: done.signal });
  });
  try {
    const response = await Promise.race([
      fetch(url, {
        redirect: 'manual', // gives an answer that can be told from a dead server; 'error' would not
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        signal: AbortSignal.any([signal, done.signal]),
      }),
      stopped,
    ]);
    if (response === null) return { ok: false, error: signal.reason };
    const { status, headers } = response;
    const redirects = response.type === 'opaqueredirect' || (status >= 300 && status < 400);
    return {
      ok: true,
      answer: {
        status: redirects ? null : status,
        server: headers.get('server') ?? '',
        contentType: headers.get('content-type') ?? '',
        body: await readStart(response.body, stopped, enough),
      },
    };
  } catch (error) {
    return { ok: false, error };
  } finally {
    done.abort();
  }
}

/** What was read before a body broke off is as good as what comes of one that was read to its end. */
async function readStart(
  body: ReadableStream<Uint8Array> | null,
  stopped: Promise<null>,
  enough: (body: string) => boolean,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  if (body === null) return text;
  const reader = body.getReader();
  try {
    for (let left = bodyLimit; left > 0 && !enough(text); ) {
      const read = await Promise.race([reader.read(), stopped]);
      if (read === null || read.done) break;
      const chunk = read.value.subarray(0, left);
      left -= chunk.byteLength;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch {
    // The connection was lost, or the body was packed in a way that this browser cannot unpack.
  }
  void reader.cancel().catch(() => {});
  return text;
}
