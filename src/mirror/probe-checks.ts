import type { Answer, Check } from '../check.ts';
import { isEncoded, lengthOf } from './fetch-bytes.ts';
import { checkConnection, checkKeepAlive } from './probe-connection.ts';
import type { Answered } from './probe-request.ts';
import {
  blamesTheName,
  type Exchange,
  partsOf,
  type Situation,
  type Verdict,
  verdictOf,
} from './probe-situation.ts';

/** An answer without its id and title. */
export type Judgement = Omit<Check, 'id' | 'title'>;

const useRecipe = 'Set the server up as in the recipes, or choose another mirror.';
const another = 'Choose another mirror.';
const again = 'Fetch the firmware again.';

const nameAction =
  'Make it the default server, or add dl.itead.cn to its names (nginx: server_name _ dl.itead.cn), as in the recipes.';

const judge = (answer: Answer, sentence: string, action?: string): Judgement =>
  action === undefined ? { answer, sentence } : { answer, sentence, action };

const untested = (what: string): Judgement =>
  judge('unknown', `${what} could not be tested, because no part of the file arrived.`);

/** Judges every part that arrived by the first `rows` row that finds fault with one; `well` when none does. */
function eachPart(
  exchange: Exchange,
  what: string,
  faults: (part: Answered) => Judgement | null,
  well: string,
): Judgement {
  const parts = partsOf(exchange);
  if (parts.length === 0) return untested(what);
  for (const part of parts) {
    const fault = faults(part);
    if (fault) return fault;
  }
  return judge('pass', well);
}

type BySituation = Record<Situation, (exchange: Exchange, verdict: Verdict) => Judgement>;

const rangeBySituation: BySituation = {
  ranges: ({ host }) => judge('pass', `${host} sends just the part of the file that is asked for.`),
  whole: ({ host }) =>
    judge(
      'fail',
      `${host} sends the whole file when it is asked for 4 KB of it. The device would ask for the first 4 KB for ever.`,
      useRecipe,
    ),
  other: ({ host }) =>
    judge('fail', `${host} sends something else when it is asked for a part of the file.`, useRecipe),
  redirect: ({ host }) =>
    judge(
      'fail',
      `${host} does not send a part of the file, but sends the device on to another address.`,
      useRecipe,
    ),
  refused: ({ host }, { status }) =>
    judge('fail', `${host} refuses to send a part of the file (it answers ${status}).`, useRecipe),
  'server-error': ({ host }, { status }) =>
    judge(
      'fail',
      `${host} had trouble of its own when it was asked for a part of the file (error ${status}).`,
      again,
    ),
  silent: ({ host, timeoutMs }) =>
    judge(
      'fail',
      `${host} did not answer within ${timeoutMs / 1000} seconds when it was asked for a part of the file.`,
      again,
    ),
  cancelled: () => judge('unknown', 'The test was stopped.', again),
};

function checkRange(exchange: Exchange): Judgement {
  const verdict = verdictOf(exchange);
  if (blamesTheName(exchange, verdict)) {
    return judge(
      'unknown',
      `Whether ${exchange.host} sends parts of the file could not be tested, because it turned the request away.`,
    );
  }
  return rangeBySituation[verdict.situation](exchange, verdict);
}

function checkHost(exchange: Exchange): Judgement {
  const { host, hostRequired, hostKnownFrom } = exchange;
  const why = hostRequired
    ? 'This device may ask every server for dl.itead.cn, whatever the address says.'
    : 'The firmware of this device is known to ask by the right name.';
  if (exchange.hostOverride === 'unavailable') {
    if (!hostRequired) return judge('pass', why);
    const known =
      hostKnownFrom === null
        ? `Whether ${host} answers to that name`
        : `That ${host} answers to it (${hostKnownFrom})`;
    return judge(
      'unknown',
      `${why} ${known} could not be tested in this browser.`,
      'Allow the test in the settings, or use a mirror that you know to answer to any name.',
    );
  }
  const verdict = verdictOf(exchange);
  if (blamesTheName(exchange, verdict)) {
    const got = verdict.status === 0 || verdict.status === 200 ? '' : ` (it answers ${verdict.status})`;
    return judge(
      hostRequired ? 'fail' : 'warn',
      `${host} does not give out the file to a device that asks for dl.itead.cn${got}. ${why}`,
      nameAction,
    );
  }
  if (verdict.situation === 'whole')
    return judge('pass', `${host} gives out the file to a device that asks for dl.itead.cn.`);
  if (verdict.situation !== 'ranges') {
    return judge(
      'unknown',
      `${why} ${host} did not send the file at all, and that name may be the reason.`,
      nameAction,
    );
  }
  return partsOf(exchange).every((part) => part.digest === digestOf(exchange, part))
    ? judge('pass', `${host} gives out the file to a device that asks for dl.itead.cn.`)
    : judge('unknown', `${host} answers to a device that asks for dl.itead.cn, but not with this file.`);
}

const digestOf = ({ slices }: Exchange, { start }: Answered) =>
  slices.find((slice) => slice.start === start)?.digest ?? null;

function checkContentRange(exchange: Exchange): Judgement {
  const { host, size } = exchange;
  const what = 'Whether the mirror says how large the file is';
  const fault = ({ headers, start, end }: Answered): Judgement | null => {
    const told = headers.get('content-range');
    const total = /^bytes[ =](?:\d{1,15}-\d{1,15}|\*)\/(\d{1,15})$/i.exec(told?.trim() ?? '')?.[1];
    if (told === null) {
      return judge(
        'fail',
        `${host} does not say which part of the file it sends (Content-Range is missing).`,
        useRecipe,
      );
    }
    if (total === undefined || Number(total) !== size) {
      return judge(
        'fail',
        `${host} says "${told.slice(0, 60)}", but the file that was checked has ${size} bytes.`,
        again,
      );
    }
    if (told.trim() === `bytes ${start}-${end}/${size}`) return null;
    return judge(
      'warn',
      `${host} says "${told.slice(0, 60)}" when it is asked for bytes ${start}-${end}. The total is right, which is what the device is known to read.`,
      another,
    );
  };
  return eachPart(exchange, what, fault, `${host} says rightly which part of how many bytes it sends.`);
}

function checkBytes(exchange: Exchange): Judgement {
  const { host } = exchange;
  const fault = (part: Answered): Judgement | null => {
    if (part.digest === null || part.digest === digestOf(exchange, part)) return null;
    return judge(
      'fail',
      `Bytes ${part.start}-${part.end} from ${host} are not those of the file that was checked.`,
      again,
    );
  };
  if (partsOf(exchange).every(({ digest }) => digest === null))
    return untested('Whether the bytes are the same');
  return eachPart(
    exchange,
    '',
    fault,
    `The parts from ${host} are the same as in the file that was checked.`,
  );
}

const endings: Record<Answered['ended'], string> = {
  complete: 'then ended',
  'over-long': 'and did not stop',
  'broken-off': 'then broke off',
  late: 'then fell silent',
};

function checkLength(exchange: Exchange): Judgement {
  const { host } = exchange;
  const fault = ({ headers, start, end, received, ended }: Answered): Judgement | null => {
    const asked = end - start + 1;
    const announced = lengthOf(headers);
    if (ended !== 'complete' || received !== asked) {
      return judge(
        'fail',
        `${host} was asked for ${asked} bytes, sent ${received} ${endings[ended]}.`,
        useRecipe,
      );
    }
    if (announced === asked) return null;
    return announced === null
      ? judge(
          'fail',
          `${host} does not announce how much it sends (Content-Length is missing), and the device waits for that.`,
          useRecipe,
        )
      : judge('fail', `${host} announces ${announced} bytes and sends ${received}.`, useRecipe);
  };
  return eachPart(exchange, 'The length', fault, `${host} sends as many bytes as it announces.`);
}

function checkRedirect(exchange: Exchange): Judgement {
  const { situation } = verdictOf(exchange);
  if (situation === 'redirect') {
    return judge(
      'fail',
      `${exchange.host} sends the device on to another address, and the device does not follow.`,
      'Let the mirror answer over plain http without a redirect, as in the recipes.',
    );
  }
  if (situation === 'silent' || situation === 'cancelled')
    return judge('unknown', 'Redirects could not be tested.');
  return judge('pass', `${exchange.host} answers by itself, without a redirect.`);
}

function checkEncoding(exchange: Exchange): Judgement {
  const { host } = exchange;
  const fault = ({ headers }: Answered): Judgement | null => {
    if (!isEncoded(headers)) return null;
    const action = 'Switch off compression (Content-Encoding) for firmware files on the mirror.';
    return judge(
      'fail',
      `${host} sends the file compressed, and the device would write it as it comes.`,
      action,
    );
  };
  return eachPart(exchange, 'Compression', fault, `${host} sends the file without compression.`);
}

/** nginx marks the tag of a page that it compresses as weak; it is the same file. */
const tagOf = (etag: string | null) => etag?.trim().replace(/^W\//, '') || null;

function checkUnchanged(exchange: Exchange): Judgement {
  const { host } = exchange;
  const parts = partsOf(exchange);
  if (parts.length === 0) return untested('Whether the file stays the same');
  const tags = new Set(parts.map(({ headers }) => tagOf(headers.get('etag'))));
  const first = tagOf(exchange.etag);
  if (first !== null) tags.add(first);
  const dates = new Set(parts.map(({ headers }) => headers.get('last-modified')));
  if (tags.size > 1 || dates.size > 1) {
    return judge('fail', `The file on ${host} changed while it was being checked.`, again);
  }
  if (parts.length < exchange.slices.length)
    return judge('unknown', 'Whether the file stays the same could not be tested.');
  return judge('pass', `The file on ${host} did not change while it was being checked.`);
}

/** Every question to a mirror: a stable id, a title and how it is judged. */
export const mirrorChecks: readonly {
  readonly id: string;
  readonly title: string;
  readonly judge: (exchange: Exchange) => Judgement;
}[] = [
  { id: 'mirror-range', title: 'Parts of the file', judge: checkRange },
  { id: 'mirror-host', title: 'Name dl.itead.cn', judge: checkHost },
  { id: 'mirror-redirect', title: 'No redirect', judge: checkRedirect },
  { id: 'mirror-content-range', title: 'Part and total', judge: checkContentRange },
  { id: 'mirror-length', title: 'Length', judge: checkLength },
  { id: 'mirror-bytes', title: 'Same bytes', judge: checkBytes },
  { id: 'mirror-encoding', title: 'No compression', judge: checkEncoding },
  { id: 'mirror-unchanged', title: 'File unchanged', judge: checkUnchanged },
  { id: 'mirror-keep-alive', title: 'Connection stays open', judge: checkKeepAlive },
  { id: 'mirror-connection', title: 'Kind of server', judge: checkConnection },
];
