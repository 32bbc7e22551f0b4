import { type Text, type TextArgument, text } from '../../core/text.ts';
import { isEncoded, lengthOf } from '../fetch/fetch-bytes.ts';
import { again, another, useRecipe } from '../sentences.ts';
import { type Judgement, judge } from './judgement.ts';
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
      return judge(
        'fail',
        text(
          'mirror_total_missing',
          '{host} does not say which part of the file it sends (Content-Range is missing).',
          { host },
        ),
        useRecipe,
      );
    }
    if (total === undefined || Number(total) !== size) {
      return judge(
        'fail',
        text('mirror_total_wrong', '{host} says "{told}", but the file that was checked has {size}.', {
          host,
          told: told.slice(0, 60),
          size: { bytes: size },
        }),
        again,
      );
    }
    if (told.trim() === `bytes ${start}-${end}/${size}`) return null;
    return judge(
      'warn',
      text(
        'mirror_total_odd',
        '{host} says "{told}" when it is asked for bytes {range}. The total is right, which is what the device is known to read.',
        { host, told: told.slice(0, 60), range: `${start}-${end}` },
      ),
      another,
    );
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
    return judge(
      'fail',
      text('mirror_bytes_wrong', 'Bytes {range} from {host} are not those of the file that was checked.', {
        range: `${part.start}-${part.end}`,
        host,
      }),
      again,
    );
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

type Sent = (what: {
  readonly host: string;
  readonly asked: TextArgument;
  readonly received: TextArgument;
}) => Text;

const endings: Record<Answered['ended'], Sent> = {
  complete: (what) =>
    text('mirror_length_ended', '{host} was asked for {asked}, sent {received} then ended.', what),
  left: (what) =>
    text('mirror_length_over_long', '{host} was asked for {asked}, sent {received} and did not stop.', what),
  'broken-off': (what) =>
    text('mirror_length_broken_off', '{host} was asked for {asked}, sent {received} then broke off.', what),
  late: (what) =>
    text('mirror_length_late', '{host} was asked for {asked}, sent {received} then fell silent.', what),
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
        endings[ended]({ host, asked: { bytes: asked }, received: { bytes: received } }),
        useRecipe,
      );
    }
    if (announced === asked) return null;
    return announced === null
      ? judge(
          'fail',
          text(
            'mirror_length_missing',
            '{host} does not announce how much it sends (Content-Length is missing), and the device waits for that.',
            { host },
          ),
          useRecipe,
        )
      : judge(
          'fail',
          text('mirror_length_wrong', '{host} announces {announced} and sends {received}.', {
            host,
            announced: { bytes: announced },
            received: { bytes: received },
          }),
          useRecipe,
        );
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
    if (!isEncoded(headers)) return null;
    const action = text(
      'mirror_encoding_do',
      'Switch off compression (Content-Encoding) for firmware files on the mirror.',
    );
    return judge(
      'fail',
      text(
        'mirror_encoding_wrong',
        '{host} sends the file compressed, and the device would write it as it comes.',
        { host },
      ),
      action,
    );
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
    return judge(
      'fail',
      text('mirror_unchanged_wrong', 'The file on {host} changed while it was being checked.', { host }),
      again,
    );
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
