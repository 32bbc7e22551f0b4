import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

/** What GitHub says of one release's file. */
export interface OfficialFile {
  readonly tag: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How GitHub behaves: it answers, or takes the question and says nothing. */
export type GithubMood = 'answers' | 'silent';

/** The list of releases as api.github.com gives it, on a free port of this machine. */
export interface SimulatedGithub {
  readonly port: number;
  /** How often the list was asked for. */
  asked(): number;
  /** How many who asked still wait for an answer. */
  waiting(): number;
  mood: GithubMood;
  files: readonly OfficialFile[];
  stop(): Promise<void>;
}

/** A key that is no secret: browsers under test are told to trust any. */
const pem = readFileSync(new URL('simulated-github.pem', import.meta.url));

/** Starts a GitHub that knows these files, on any free port unless one is named. */
export async function startGithub(files: readonly OfficialFile[], port = 0): Promise<SimulatedGithub> {
  let asked = 0;
  let waiting = 0;
  const server = createServer({ key: pem, cert: pem }, (request, response) => {
    const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'if-none-match' };
    if (request.method === 'OPTIONS') {
      response.writeHead(204, cors).end();
      return;
    }
    if (!request.url?.startsWith('/repos/arendst/Tasmota/releases')) {
      response.writeHead(404).end();
      return;
    }
    asked += 1;
    waiting += 1;
    response.on('close', () => {
      waiting -= 1;
    });
    if (github.mood === 'silent') return;
    const list = github.files.map(({ tag, name, bytes }) => ({
      tag_name: tag,
      draft: false,
      assets: [{ name, size: bytes.length, digest: `sha256:${sha256(bytes)}` }],
    }));
    response.writeHead(200, { ...cors, 'Content-Type': 'application/json' }).end(JSON.stringify(list));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const github: SimulatedGithub = {
    port: typeof address === 'object' && address ? address.port : 0,
    asked: () => asked,
    waiting: () => waiting,
    mood: 'answers',
    files,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return github;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
