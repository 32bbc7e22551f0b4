import { against } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import { isEncoded, lengthOf } from '../fetch/fetch-bytes.ts';
import { type Judgement, judge } from './judgement.ts';
import {
  announcedObjections,
  bytesObjection,
  changedObjection,
  encodingObjection,
  endingObjections,
  totalObjections,
} from './part-objections.ts';
import type { Answered } from './probe-request.ts';
import { type Exchange, partsOf, sliceDigest } from './probe-situation.ts';

/** Judges every part that arrived; `well` when there is no fault in any of them. */
function eachPart(
  exchange: Exchange,
  untested: Text,
  faults: (part: Answered) => Judgement | null,
  well: Text,
): Judgement {
  const parts = partsOf(exchange);
  if (parts.length === 0) return judge('unknown', untested);
  for (const part of parts) {
    const fault = faults(part);
    if (fault) return fault;
  }
  return judge('pass', well);
}

/** Whether it says which part of how many bytes it sends. */
export function checkContentRange(exchange: Exchange): Judgement {
  const { host, size } = exchange;
  const fault = ({ headers, start, end }: Answered): Judgement | null => {
    const told = headers.get('content-range');
    const total = /^bytes[ =](?:\d{1,15}-\d{1,15}|\*)\/(\d{1,15})$/i.exec(told?.trim() ?? '')?.[1];
    if (told === null) {
      return against(totalObjections.missing, { host });
    }
    const shown = told.slice(0, 60);
    if (total === undefined || Number(total) !== size) {
      return against(totalObjections.wrong, { host, told: shown, size: { bytes: size } });
    }
    if (told.trim() === `bytes ${start}-${end}/${size}`) return null;
    return against(totalObjections.odd, { host, told: shown, range: `${start}-${end}` });
  };
  return eachPart(
    exchange,
    text(
      'mirror_total_untested',
      'Whether the mirror says how large the file is could not be tested, because no part of the file arrived.',
    ),
    fault,
    text('mirror_total_well', '{host} says rightly which part of how many bytes it sends.', { host }),
  );
}

/** Whether the parts are those of the file that was checked. */
export function checkBytes(exchange: Exchange): Judgement {
  const { host } = exchange;
  const fault = (part: Answered): Judgement | null => {
    if (part.digest === null || part.digest === sliceDigest(exchange, part)) return null;
    return against(bytesObjection, { host, range: `${part.start}-${part.end}` });
  };
  const untested = text(
    'mirror_bytes_untested',
    'Whether the bytes are the same could not be tested, because no part of the file arrived.',
  );
  if (partsOf(exchange).every(({ digest }) => digest === null)) return judge('unknown', untested);
  return eachPart(
    exchange,
    untested,
    fault,
    text('mirror_bytes_well', 'The parts from {host} are the same as in the file that was checked.', {
      host,
    }),
  );
}

/** Whether it sends as much as it announces and was asked for. */
export function checkLength(exchange: Exchange): Judgement {
  const { host } = exchange;
  const fault = ({ headers, start, end, received, ended }: Answered): Judgement | null => {
    const asked = end - start + 1;
    const announced = lengthOf(headers);
    if (ended !== 'complete' || received !== asked) {
      return against(endingObjections[ended], {
        host,
        asked: { bytes: asked },
        received: { bytes: received },
      });
    }
    if (announced === asked) return null;
    return announced === null
      ? against(announcedObjections.missing, { host })
      : against(announcedObjections.wrong, {
          host,
          announced: { bytes: announced },
          received: { bytes: received },
        });
  };
  return eachPart(
    exchange,
    text('mirror_length_untested', 'The length could not be tested, because no part of the file arrived.'),
    fault,
    text('mirror_length_well', '{host} sends as many bytes as it announces.', { host }),
  );
}

/** Whether it sends the bytes as they are. */
export function checkEncoding(exchange: Exchange): Judgement {
  const { host } = exchange;
  const fault = ({ headers }: Answered): Judgement | null => {
    return isEncoded(headers) ? against(encodingObjection, { host }) : null;
  };
  return eachPart(
    exchange,
    text('mirror_encoding_untested', 'Compression could not be tested, because no part of the file arrived.'),
    fault,
    text('mirror_encoding_well', '{host} sends the file without compression.', { host }),
  );
}

/** nginx marks the tag of a page that it compresses as weak; it is the same file. */
const tagOf = (etag: string | null) => etag?.trim().replace(/^W\//, '') || null;

/** Whether the file stayed the same from the whole download to the last part. */
export function checkUnchanged(exchange: Exchange): Judgement {
  const { host } = exchange;
  const parts = partsOf(exchange);
  if (parts.length === 0)
    return judge(
      'unknown',
      text(
        'mirror_unchanged_untested',
        'Whether the file stays the same could not be tested, because no part of the file arrived.',
      ),
    );
  const tags = new Set(parts.map(({ headers }) => tagOf(headers.get('etag'))));
  const first = tagOf(exchange.etag);
  if (first !== null) tags.add(first);
  const dates = new Set(parts.map(({ headers }) => headers.get('last-modified')));
  if (tags.size > 1 || dates.size > 1) {
    return against(changedObjection, { host });
  }
  if (parts.length < exchange.slices.length)
    return judge(
      'unknown',
      text('mirror_unchanged_unknown', 'Whether the file stays the same could not be tested.'),
    );
  return judge(
    'pass',
    text('mirror_unchanged_well', 'The file on {host} did not change while it was being checked.', { host }),
  );
}
