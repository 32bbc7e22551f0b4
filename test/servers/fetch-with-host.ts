import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Fetch } from '../../src/mirror/fetch/fetch-bytes.ts';

/** A `fetch` with a `Host` of its own choice, and a way to let go of its connections. */
export interface HostFetch {
  readonly fetch: Fetch;
  close(): void;
}

/**
 * What the browser does under a declarativeNetRequest rule, in Node, whose own fetch drops `Host`: keeps the
 * connection, asks for no compression (as browsers do with Range), follows no redirect.
 */
export function createFetchWithHost(host: string): HostFetch {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const fetchWithHost: Fetch = (url, { headers, signal }) =>
    new Promise((resolve, reject) => {
      const wanted = { ...Object.fromEntries(new Headers(headers)), host, 'accept-encoding': 'identity' };
      let answer: IncomingMessage | null = null;
      const asked = request(url, { agent, headers: wanted }, (response) => {
        answer = response;
        response.on('error', () => {}); // who reads the body is told by its stream
        resolve(responseOf(response));
      });
      asked.on('error', (error) => reject(new TypeError('fetch failed', { cause: error })));
      // A connection whose answer is complete goes back to the agent and must be left alone.
      const letGo = () => !answer?.complete && asked.destroy();
      if (signal?.aborted) letGo();
      signal?.addEventListener('abort', letGo, { once: true });
      asked.end();
    });
  return { fetch: fetchWithHost, close: () => agent.destroy() };
}

function responseOf(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 500;
  const empty = status === 204 || status === 205 || status === 304;
  const body = empty ? null : bodyOf(answer);
  return new Response(body, { status, headers: headersOf(answer.headers) });
}

/** The body piece by piece, and an error when the connection breaks, as a browser has it. */
function bodyOf(answer: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = answer[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: () => {
      answer.destroy();
    },
  });
}

function headersOf(received: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(received)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}
