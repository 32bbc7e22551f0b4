import { against } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import { sliceSize } from '../fetch/slices.ts';
import { type Judgement, judge } from './judgement.ts';
import type { Answered } from './probe-request.ts';
import { type Exchange, partsOf } from './probe-situation.ts';
import { headerObjection, speedObjection } from './wire-objections.ts';

/** Header and body that fit into the device together, in bytes (sonoff-diy-protocol §4.3). */
const room = 5120;
/** The device gives up a download after this many milliseconds (sonoff-diy-protocol §4.4). */
const patience = 180_000;

/** The header on the wire has at least this many bytes: a browser hides cookies and joins repeated lines. */
function headerSize({ headers }: Answered): number {
  const end = 'HTTP/1.1 206 Partial Content\r\n\r\n'.length;
  return [...headers].reduce(
    (size, [name, value]) => size + name.length + value.length + ': \r\n'.length,
    end,
  );
}

/** Whether the header leaves room for a part of the file. */
export function checkHeaderSize(exchange: Exchange): Judgement {
  const { host } = exchange;
  const parts = partsOf(exchange);
  if (parts.length === 0)
    return judge('unknown', text('mirror_header_untested', 'The size of the header could not be tested.'));
  const largest = Math.max(...parts.map(headerSize));
  if (largest <= room - sliceSize) {
    return judge(
      'pass',
      text('mirror_header_well', '{host} sends a short header ({size}, as far as your browser shows it).', {
        host,
        size: { bytes: largest },
      }),
    );
  }
  return against(headerObjection, {
    host,
    size: { bytes: largest },
    room: { bytes: room - sliceSize },
  });
}

/** Whether all parts would arrive before the device gives up, at the pace of the fastest one. */
export function checkSpeed(exchange: Exchange): Judgement {
  const { host, size } = exchange;
  const parts = partsOf(exchange).filter(({ ended }) => ended === 'complete');
  if (parts.length === 0)
    return judge('unknown', text('mirror_speed_untested', 'The speed could not be tested.'));
  const fastest = Math.min(...parts.map(({ took }) => took));
  const whole = fastest * Math.ceil(size / sliceSize);
  const span = { span: Math.max(1, Math.round(whole / 1000)) * 1000 };
  if (whole <= patience / 2)
    return judge(
      'pass',
      text('mirror_speed_well', 'From {host}, the download takes about {span} or more.', { host, span }),
    );
  return against(
    speedObjection,
    { host, span, patience: { span: patience } },
    { answer: whole > patience ? 'fail' : 'warn' },
  );
}
