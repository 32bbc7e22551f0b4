import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { type LocalMirrorClient, openLocalMirror } from '../../../src/flash/this-computer/client.ts';
import type { NativeBrowser, NativePort } from '../../../src/flash/this-computer/native-port.ts';
import type { LocalMirrorTrouble } from '../../../src/flash/this-computer/troubles.ts';
import type { ProgramEvent } from '../../../src/native-messages/answers.ts';
import { soon } from '../soon.ts';
import { createHeldClock } from '../zeroconf/held-clock.ts';

type Sent = { readonly type: string; readonly id?: number; readonly [key: string]: unknown };

const welcome = {
  type: 'welcome',
  protocol: 1,
  program: '0.1.0',
  platform: 'linux',
  outlivesBrowser: true,
  images: [],
  downloads: [],
};
const sha256 = 'a'.repeat(64);

/** A port whose other end is the test: `answer` is asked for what comes back on each message. */
class FakePort implements NativePort {
  readonly sent: Sent[] = [];
  isClosed = false;
  private hear: (message: unknown) => void = () => {};
  private closed: (port: { error?: { message: string } | null }) => void = () => {};
  readonly onMessage = {
    addListener: (heard: (message: unknown) => void) => {
      this.hear = heard;
    },
  };
  readonly onDisconnect = {
    addListener: (closed: typeof this.closed) => {
      this.closed = closed;
    },
  };
  private readonly answer: (message: Sent, port: FakePort) => unknown;

  constructor(answer: (message: Sent, port: FakePort) => unknown) {
    this.answer = answer;
  }

  postMessage(message: object): void {
    if (this.isClosed) throw new Error('Attempting to use a disconnected port object');
    const sent = message as Sent;
    this.sent.push(sent);
    const answer = this.answer(sent, this);
    if (answer) queueMicrotask(() => this.hear(answer));
  }

  tell(message: unknown): void {
    this.hear(message);
  }

  disconnect(): void {
    this.isClosed = true;
  }

  /** The program or the browser ends it. */
  break(error?: string): void {
    this.isClosed = true;
    this.closed(error === undefined ? {} : { error: { message: error } });
  }
}

function open(
  answer: (message: Sent, port: FakePort) => unknown,
  changes: Partial<NativeBrowser> & { chromiumSays?: string } = {},
) {
  const port = new FakePort(answer);
  const clock = createHeldClock();
  const events: ProgramEvent[] = [];
  const lost: LocalMirrorTrouble[] = [];
  const opened = openLocalMirror(
    {
      mayConnect: async () => true,
      connect: () => port,
      lastError: () => changes.chromiumSays ?? null,
      ...changes,
    },
    clock,
    '0.1.0',
    { happened: (event) => void events.push(event), lost: (trouble) => void lost.push(trouble) },
  );
  return { port, clock, events, lost, opened };
}

/** A client that is connected; `answer` sees everything after the greeting. */
async function connected(answer: (message: Sent, port: FakePort) => unknown) {
  const desk = open((message, port) => (message.type === 'hello' ? welcome : answer(message, port)));
  const opened = await desk.opened;
  if (!opened.ok) throw new Error(opened.trouble.kind);
  const client: LocalMirrorClient = opened.value;
  return { ...desk, client };
}

describe('what keeps extension and program apart is told apart', () => {
  const breakWith = (error?: string) => (_: Sent, port: FakePort) => queueMicrotask(() => port.break(error));
  it.each<[string, string, ReturnType<typeof open>['opened']]>([
    ['not-asked', 'not granted', open(() => null, { mayConnect: async () => false }).opened],
    ['restart-needed', 'granted after this context began', open(() => null, { connect: null }).opened],
    [
      'not-installed',
      'Chromium',
      open(breakWith(), { chromiumSays: 'Specified native messaging host not found.' }).opened,
    ],
    ['not-installed', 'Firefox', open(breakWith('No such native application x')).opened],
    [
      'not-allowed',
      'Chromium',
      open(breakWith(), { chromiumSays: 'Access to the specified native messaging host is forbidden.' })
        .opened,
    ],
    ['crashed', 'Chromium', open(breakWith(), { chromiumSays: 'Native host has exited.' }).opened],
    ['crashed', 'Firefox', open(breakWith()).opened],
    ['crashed', 'Firefox, not executable', open(breakWith('An unexpected error occurred')).opened],
    ['older', 'a program that speaks 0', open(() => ({ type: 'welcome', protocol: 0 })).opened],
    ['newer', 'a program that speaks 2', open(() => ({ type: 'welcome', protocol: 2, more: true })).opened],
  ])('%s: %s', async (kind, _who, opened) => {
    expect(await opened).toMatchObject({ ok: false, trouble: { kind } });
  });

  it('each with its next step, and the command where that is one', async () => {
    const { opened } = open(breakWith('No such native application x'));
    const answer = await opened;
    if (answer.ok) throw new Error('It is connected.');
    expect(inEnglish(answer.trouble.sentence)).toMatch(/not installed/);
    expect(inEnglish(answer.trouble.action)).toContain('npm run mirror -- install');
  });

  it('waits for a greeting no longer than a computer takes that has just woken', async () => {
    const { opened, port, clock } = open(() => null);
    await soon(() => expect(clock.slept).toEqual([15_000]));
    clock.expire();
    expect(await opened).toMatchObject({ ok: false, trouble: { kind: 'crashed' } });
    expect(port.isClosed).toBe(true);
    // That it ends then is no news.
    port.break();
  });

  it('closes the port of a version that it does not understand', async () => {
    const { opened, port } = open(() => ({ type: 'welcome', protocol: 2 }));
    await opened;
    expect(port.isClosed).toBe(true);
  });
});

describe('a connected client', () => {
  it('hands an image over in pieces, and hears what it is', async () => {
    const bytes = new Uint8Array(150_000).fill(7);
    const { client, port } = await connected(({ type, id, offset }) =>
      type === 'piece' && offset === 131_072 ? { type: 'taken', id, title: 'Tasmota 14' } : null,
    );
    expect(await client.take('x.bin', bytes, sha256)).toEqual({ ok: true, value: 'Tasmota 14' });
    expect(port.sent.map(({ type }) => type)).toEqual(['hello', 'take', 'piece', 'piece', 'piece']);
    expect(port.sent[1]).toMatchObject({ bytes: 150_000, sha256 });
  });

  it('answers a refusal with its words', async () => {
    const { client } = await connected(({ id }) => ({ type: 'refused', id, why: 'cannot-listen' }));
    const answer = await client.serve(sha256, '10.0.0.1');
    if (answer.ok) throw new Error('It is served.');
    expect(answer.trouble.kind).toBe('cannot-listen');
    expect(inEnglish(answer.trouble.sentence)).toContain('8080');
  });

  it('keeps answers apart, and takes an event for no answer', async () => {
    const waiting: Sent[] = [];
    const { client, port, events } = await connected((message) => {
      waiting.push(message);
      return null;
    });
    const [one, two] = [client.serve(sha256, null), client.forget('abc')];
    port.tell({ type: 'range', download: 'abc', device: '10.0.0.1', from: 0, to: 4095, of: 9000 });
    port.tell({ type: 'range', download: 'abc', device: '10.0.0.1', from: -1, to: 4095, of: 9000 });
    port.tell('nonsense');
    port.tell({ type: 'done', id: waiting[1]?.id });
    const served = { name: 'x', sha256, bytes: 9000, url: 'http://10.0.0.2:8080/a/x' };
    port.tell({ type: 'serving', id: waiting[0]?.id, ...served });
    expect(await two).toEqual({ ok: true, value: null });
    expect(await one).toEqual({ ok: true, value: served.url });
    port.tell({ type: 'serving', id: null, ...served });
    expect(events.map(({ type }) => type)).toEqual(['range', 'serving']);
  });

  it('brings what was asked for', async () => {
    const download = {
      ...{ download: 'abc', device: '10.0.0.1', deviceId: null, name: 'x.bin', sha256, bytes: 4096 },
      ...{ parts: '0', startedAt: 1, lastAt: 1, end: null },
    };
    const report = {
      ...{ url: 'http://10.0.0.1/x.bin', ok: true, statusLine: null, headers: [], headerBytes: 0 },
      ...{ connections: 1, requests: 1, bytes: 1, sha256: null, checks: [] },
    };
    const answers: Readonly<Record<string, object>> = {
      expect: { type: 'expected', download },
      probe: { type: 'probed', report },
    };
    const { client, port } = await connected(({ type, id }) => ({ type: 'done', ...answers[type], id }));
    expect(await client.expect(sha256, '10.0.0.1')).toEqual({ ok: true, value: download });
    expect(await client.probe(report.url, new AbortController().signal)).toEqual({ ok: true, value: report });
    const found = await client.find();
    if (!found.ok) throw new Error('Nothing is looked for.');
    const { id } = port.sent.at(-1) ?? expect.fail();
    found.value();
    expect(port.sent.at(-1)).toMatchObject({ type: 'cancel', of: id });
    client.close();
    expect(port.isClosed).toBe(true);
  });

  it('says of everything that is refused why it is', async () => {
    const { client } = await connected(({ type, id }) =>
      // The pieces of an image have the number of their question.
      type === 'piece' ? null : { type: 'refused', id, why: 'internal' },
    );
    for (const answer of [
      await client.take('x.bin', new Uint8Array(1), sha256),
      await client.expect(sha256, '10.0.0.1'),
      await client.probe('http://10.0.0.1/x.bin', new AbortController().signal),
      await client.find(),
      await client.forget('abc'),
    ])
      expect(answer).toMatchObject({ ok: false, trouble: { kind: 'internal' } });
  });

  it('understands no answer to another question', async () => {
    const { client } = await connected(({ id }) => ({ type: 'taken', id, title: 'Tasmota 14' }));
    expect(await client.serve(sha256, null)).toMatchObject({ ok: false, trouble: { kind: 'unreadable' } });
  });

  it('does not take the refusal of nobody’s question for news', async () => {
    const { port, events, lost } = await connected(() => null);
    port.tell({ type: 'refused', id: null, why: 'unreadable' });
    port.tell({ type: 'done', id: 99 });
    expect([...events, ...lost]).toEqual([]);
  });

  it('asks for no probe that is stopped before', async () => {
    const { client, port } = await connected(() => null);
    const { length } = port.sent;
    expect(await client.probe('http://10.0.0.1/x.bin', AbortSignal.abort())).toMatchObject({
      ok: false,
      trouble: { kind: 'cancelled' },
    });
    expect(port.sent).toHaveLength(length);
  });

  it('cancels a probe', async () => {
    const { client, port } = await connected(({ type, id, of }, at) => {
      if (type !== 'cancel') return null;
      queueMicrotask(() => at.tell({ type: 'refused', id: of, why: 'cancelled' }));
      return { type: 'done', id };
    });
    const cut = new AbortController();
    const probed = client.probe('http://10.0.0.1/x.bin', cut.signal);
    cut.abort();
    expect(await probed).toMatchObject({ ok: false, trouble: { kind: 'cancelled' } });
    expect(port.sent.at(-1)).toMatchObject({ type: 'cancel', of: 1 });
  });

  it('tells that the program has gone, to all who wait and to those who ask later', async () => {
    const { client, port, lost } = await connected(() => null);
    const waiting = client.expect(sha256, '10.0.0.1');
    port.break();
    expect(await waiting).toMatchObject({ ok: false, trouble: { kind: 'crashed' } });
    expect(await client.serve(sha256, null)).toMatchObject({ ok: false, trouble: { kind: 'crashed' } });
    port.break();
    expect(lost).toHaveLength(1);
  });

  it('hangs up on a program that has ceased to answer, and says so to all who wait', async () => {
    const { client, port, clock, lost } = await connected(() => null);
    const expected = client.expect(sha256, '10.0.0.1');
    const served = client.serve(sha256, null);
    await soon(() => expect(clock.pending()).toBe(2));
    clock.expire();
    expect(await expected).toMatchObject({ ok: false, trouble: { kind: 'crashed' } });
    expect(await served).toMatchObject({ ok: false, trouble: { kind: 'crashed' } });
    expect(port.isClosed).toBe(true);
    expect(lost).toHaveLength(1);
  });

  it('lets a probe take as long as its mirror needs', async () => {
    const { client, clock } = await connected(() => null);
    void client.probe('http://10.0.0.1/x.bin', new AbortController().signal);
    await soon(() => expect(clock.slept).toEqual([15_000]));
    expect(clock.pending()).toBe(0);
  });
});
