import { createHash } from 'node:crypto';
import { type Answer, type Check, gravest } from '../../core/check.ts';
import { inEnglish } from '../../core/render-text.ts';
import { inBytes, MAX_IMAGE_BYTES } from '../../firmware/limits.ts';
import { examine } from '../../firmware/report.ts';
import type { DownloadEnd, DownloadLog } from './device-download.ts';
import { type AnswerHead, receiveBufferBytes, wantedStatusLine } from './part-answer.ts';

/** What a download as the device does it has shown. Texts of the server are as they came: print with care. */
export interface ProbeReport {
  readonly url: string;
  /** Whether the device would have the whole file, and could be given it. */
  readonly ok: boolean;
  readonly statusLine: string | null;
  readonly headers: readonly string[];
  /** The longest head of an answer, in bytes. */
  readonly headerBytes: number;
  readonly connections: number;
  readonly requests: number;
  readonly bytes: number;
  /** Of the whole file; null when it is not whole. */
  readonly sha256: string | null;
  readonly checks: readonly Check<string>[];
}

/** Judges a download. `name` is the file's, as the address has it. */
export function reportOn(url: string, name: string, log: DownloadLog): ProbeReport {
  const isWhole = log.end.kind === 'complete';
  const sha256 = isWhole ? createHash('sha256').update(log.bytes).digest('hex') : null;
  const checks = [
    judgeReach(log),
    judgeStatusLine(log),
    judgeNames(log),
    judgeHeadSize(log),
    judgeParts(log),
    judgeKeepAlive(log),
    judgeSize(log),
    ...(sha256 === null ? [] : [judgeSame(log), judgeImage(log.bytes, name, sha256)]),
  ];
  return {
    url,
    ok: isWhole && gravest(checks) !== 'fail',
    statusLine: log.first?.statusLine ?? null,
    headers: log.first?.lines ?? [],
    headerBytes: log.longestHead,
    connections: log.connections,
    requests: log.requests,
    bytes: log.bytes.length,
    sha256,
    checks,
  };
}

const recipes = 'Set the server up as in docs/mirror-recipes.md, or serve the file with this program.';

type Judgement = (answer: Answer, sentence: string, action?: string) => Check<string>;

function question(id: string, title: string): Judgement {
  return (answer, sentence, action) => ({
    id,
    title,
    answer,
    sentence,
    ...(action === undefined ? {} : { action }),
  });
}

function faultOf(end: DownloadEnd): string {
  return end.kind === 'unusable' ? end.fault : end.kind;
}

function judgeReach({ end }: DownloadLog): Check<string> {
  const judge = question('reach', 'Connection');
  const why: Partial<Record<DownloadEnd['kind'], string>> = {
    'unknown-name': 'No server of this name can be found.',
    refused: 'Nobody listens at this address and port.',
    unreachable: 'Nobody answers at this address.',
    silent: 'The server fell silent in the middle.',
    'out-of-time': 'The file was not complete after 180 seconds, and the device gives up then.',
    cancelled: 'It was stopped before the end.',
  };
  const sentence = why[end.kind];
  return sentence === undefined
    ? judge('pass', 'The server answers.')
    : judge('fail', sentence, 'Check the address, the server and its firewall.');
}

function judgeStatusLine({ end, first }: DownloadLog): Check<string> {
  const judge = question('status-line', 'Status line');
  if (first === null) return judge('unknown', 'There was no answer to look at.');
  const head = end.kind === 'unusable' && end.fault === 'status-line' ? end.head : null;
  if (head === null) return judge('pass', `It is literally "${wantedStatusLine}".`);
  const line = `The server answers "${head.statusLine}"`;
  if (/^HTTP\/1\.[01] 200/.test(head.statusLine))
    return judge(
      'fail',
      `${line}: the whole file instead of a part. The device would begin again for ever.`,
      recipes,
    );
  if (/^HTTP\/1\.[01] 3/.test(head.statusLine))
    return judge('fail', `${line}, and the device does not follow.`, recipes);
  if (/^HTTP\/1\.[01] 4/.test(head.statusLine)) {
    return judge(
      'fail',
      `${line} when it is asked for dl.itead.cn.`,
      `See that the file is there. ${recipes}`,
    );
  }
  return judge('fail', `${line}; the device takes "${wantedStatusLine}" only.`, recipes);
}

/** The header as it stands there, whatever its case. */
function spelling(head: AnswerHead | null, name: string): string | null {
  return head?.lines.find((line) => line.toLowerCase().startsWith(`${name}:`)) ?? null;
}

function judgeNames({ end, first }: DownloadLog): Check<string> {
  const judge = question('header-names', 'Header names');
  const names = { 'content-length': 'Content-Length: N', 'content-range': 'Content-Range: bytes A-B/N' };
  const fault = faultOf(end);
  if (end.kind === 'unusable' && (fault === 'content-length' || fault === 'content-range')) {
    const given = spelling(end.head, fault);
    const sentence =
      given === null
        ? `The server sends no ${names[fault].split(':')[0]}.`
        : `The server sends "${given}", and the device looks for "${names[fault]}" in exactly this case.`;
    return judge('fail', sentence, recipes);
  }
  if (first === null || fault === 'status-line') return judge('unknown', 'There was no part to look at.');
  return judge('pass', 'Content-Length and Content-Range are written as the device looks for them.');
}

function judgeHeadSize({ end, first, longestHead }: DownloadLog): Check<string> {
  const judge = question('header-size', 'Header size');
  const fault = faultOf(end);
  if (fault === 'head-too-long' || fault === 'buffer-full') {
    const size = fault === 'buffer-full' ? ` of ${inBytes(longestHead)}` : '';
    return judge(
      'fail',
      `The headers${size} and a part do not fit into the ${inBytes(receiveBufferBytes)} that the device has for both.`,
      recipes,
    );
  }
  if (first === null) return judge('unknown', 'There was no answer to look at.');
  return judge('pass', `The headers have ${inBytes(longestHead)}; there is room for ${inBytes(1024)}.`);
}

function judgeParts({ end, bytes, requests }: DownloadLog): Check<string> {
  const judge = question('parts', 'Parts');
  if (end.kind === 'complete') return judge('pass', `${inBytes(bytes.length)} came in ${requests} parts.`);
  const fault = faultOf(end);
  if (fault === 'too-many-bytes')
    return judge('fail', 'The server sends more bytes at a time than were asked for.', recipes);
  if (fault === 'wrong-length')
    return judge('fail', 'The server sends another number of bytes than was asked for.', recipes);
  return judge('unknown', `It ended after ${inBytes(bytes.length)}.`);
}

function judgeKeepAlive({ end, connections, first }: DownloadLog): Check<string> {
  const judge = question('keep-alive', 'Kept connection');
  if (end.kind === 'closed')
    return judge(
      'fail',
      'The server closes the connection again and again; the device reconnects three times.',
      recipes,
    );
  if (connections > 1) {
    const times = connections === 2 ? 'once' : `${connections - 1} times`;
    return judge(
      'warn',
      `The server closed the connection ${times}; the device reconnects three times at most.`,
      recipes,
    );
  }
  if (end.kind === 'complete') return judge('pass', 'One connection was kept through the whole file.');
  return judge(
    'unknown',
    first === null ? 'There was no connection.' : 'It ended before this could be seen.',
  );
}

function judgeSize({ end, bytes }: DownloadLog): Check<string> {
  const judge = question('size', 'Size');
  if (end.kind === 'too-large') {
    return judge(
      'fail',
      `The file has ${inBytes(end.total)}, and the device has room for ${inBytes(MAX_IMAGE_BYTES)}.`,
      'Choose a smaller build, such as Tasmota lite.',
    );
  }
  if (end.kind !== 'complete') return judge('unknown', 'The size is not known for certain.');
  return judge('pass', `The file has ${inBytes(bytes.length)}.`);
}

function judgeSame({ etags }: DownloadLog): Check<string> {
  const judge = question('same-file', 'Same file');
  return etags.length > 1
    ? judge(
        'fail',
        'The file changed on the server while it was fetched.',
        'Probe again when it no longer changes.',
      )
    : judge('pass', 'All parts are of the same file, as far as the server says.');
}

function judgeImage(bytes: Uint8Array, name: string, digest: string): Check<string> {
  const judge = question('image', 'Image');
  const { answer, title, checks } = examine(bytes, { digest, name });
  const [worst] = checks;
  if (answer === 'fail')
    return judge(
      'fail',
      `This must not be flashed (${title}). ${inEnglish(worst?.sentence ?? '')}`,
      inEnglish(worst?.action ?? ''),
    );
  if (answer === 'warn')
    return judge('warn', `${title}. ${inEnglish(worst?.sentence ?? '')}`, inEnglish(worst?.action ?? ''));
  return judge('pass', `${title}.`);
}
