import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createHeldClock, type HeldClock } from './held-clock.ts';

/** A request as the device heard it. */
export interface HeardRequest {
  readonly command: string;
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How the device answers: an object is sent as JSON, a string as the name says, a function does it itself. */
export type Manner = object | 'reset' | 'empty' | 'hang' | ((response: ServerResponse) => void);

/** A device of the test's own, on a free port of this machine. */
export interface FakeDevice {
  readonly heard: readonly HeardRequest[];
  /** The bodies heard, parsed. */
  bodies(): unknown[];
  readonly clock: HeldClock;
  /** A fetch that takes port 8081 for this device's. */
  readonly fetch: typeof fetch;
  /** Resolves as soon as `count` requests have been heard. */
  reached(count: number): Promise<void>;
  close(): Promise<void>;
}

const ways: Record<'reset' | 'empty' | 'hang', (response: ServerResponse) => void> = {
  reset: (response) => response.socket?.resetAndDestroy(),
  empty: (response) => response.socket?.destroy(),
  hang: () => {},
};

/** Starts a device that answers as `answer` says; `count` is 1 for the first request. */
export async function startFakeDevice(
  answer: (request: HeardRequest, count: number) => Manner,
): Promise<FakeDevice> {
  const heard: HeardRequest[] = [];
  const waiting: { readonly count: number; readonly go: () => void }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => {
      body += piece;
    });
    request.on('end', () => {
      const { method, headers, url = '' } = request;
      const one = { command: url.replace('/zeroconf/', ''), method, headers, body };
      heard.push(one);
      const manner = answer(one, heard.length);
      if (typeof manner === 'function') manner(response);
      else if (typeof manner === 'string') ways[manner](response);
      else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(manner));
      for (const { count, go } of waiting) if (heard.length >= count) go();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  return {
    heard,
    bodies: () => heard.map(({ body }): unknown => JSON.parse(body)),
    clock: createHeldClock(),
    fetch: (input, init) => fetch(String(input).replace(':8081', `:${port}`), init),
    reached: (count) =>
      new Promise((go) => {
        if (heard.length >= count) go();
        else waiting.push({ count, go });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
