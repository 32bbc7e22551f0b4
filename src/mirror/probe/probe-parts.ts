import { isEncoded, lengthOf } from '../fetch/fetch-bytes.ts';
import { again, another, type Judgement, judge, useRecipe } from './judgement.ts';
import type { Answered } from './probe-request.ts';
import { type Exchange, partsOf, sliceDigest } from './probe-situation.ts';

const untested = (what: string): Judgement =>
  judge('unknown', `${what} could not be tested, because no part of the file arrived.`);

/** Judges every part that arrived; `well` when there is no fault in any of them. */
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

/** Whether it says which part of how many bytes it sends. */
export function checkContentRange(exchange: Exchange): Judgement {
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

/** Whether the parts are those of the file that was checked. */
export function checkBytes(exchange: Exchange): Judgement {
  const { host } = exchange;
  const fault = (part: Answered): Judgement | null => {
    if (part.digest === null || part.digest === sliceDigest(exchange, part)) return null;
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

/** Whether it sends as much as it announces and was asked for. */
export function checkLength(exchange: Exchange): Judgement {
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

/** Whether it sends the bytes as they are. */
export function checkEncoding(exchange: Exchange): Judgement {
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

/** Whether the file stayed the same from the whole download to the last part. */
export function checkUnchanged(exchange: Exchange): Judgement {
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
