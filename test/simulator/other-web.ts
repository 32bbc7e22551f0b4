import { headOf, type WebAnswer, type WebSite } from './web-port.ts';

/** Web servers that are no flashed device. `nameless`: an answer that says nothing at all about itself. */
export type OtherWeb = 'router' | 'router-password' | 'router-redirect' | 'nameless' | 'endless';

const close = [['Connection', 'close']] as const;
const loginPage =
  '<!DOCTYPE html><html><head><title>HomeBox 7000</title></head><body><form><input type="password"></form></body></html>';

const answers: Readonly<Record<OtherWeb, WebAnswer>> = {
  router: page('200 OK', [['Server', 'micro_httpd']], loginPage),
  'router-password': page(
    '401 Unauthorized',
    [
      ['Server', 'httpd'],
      ['WWW-Authenticate', 'Basic realm="HomeBox"'],
    ],
    '<html><head><title>401 Unauthorized</title></head></html>',
  ),
  'router-redirect': page(
    '302 Found',
    [
      ['Server', 'nginx'],
      ['Location', 'https://homebox.example/login'],
    ],
    '',
  ),
  nameless: page('200 OK', [], 'hello'),
  // More than anybody reads, and no end to it.
  endless: {
    head: headOf('200 OK', [['Server', 'hose'], ...close]),
    body: Buffer.from(`<title>A hose</title>${' '.repeat(200_000)}`),
    staysOpen: true,
  },
};

/** A web server that has the same thing to say to everybody. */
export function otherSite(kind: OtherWeb): WebSite {
  return { oneAtATime: false, answer: () => answers[kind] };
}

function page(status: string, headers: readonly (readonly [string, string])[], body: string): WebAnswer {
  const type = [['Content-Type', 'text/html']] as const;
  const length = [['Content-Length', String(Buffer.byteLength(body))]] as const;
  return { head: headOf(status, [...headers, ...type, ...length, ...close]), body: Buffer.from(body) };
}
