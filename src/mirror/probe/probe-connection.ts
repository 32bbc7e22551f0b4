import { against } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import { sliceSize } from '../fetch/slices.ts';
import { knownServer } from '../url/known-servers.ts';
import type { Judgement } from './judgement.ts';
import type { Answered } from './probe-request.ts';
import type { Exchange } from './probe-situation.ts';
import { keepAliveObjections, serverObjection } from './wire-objections.ts';

/** The device reconnects three times at most in a whole download (sonoff-diy-protocol §4.4). */
const connections = 4;

const answered = ({ answers }: Exchange): readonly Answered[] =>
  answers.flatMap((answer) => (answer.kind === 'answered' ? [answer] : []));

const closes = ({ headers }: Answered) => /(?:^|,)\s*close\s*(?:,|$)/i.test(headers.get('connection') ?? '');
const keeps = ({ headers }: Answered) =>
  /(?:^|,)\s*keep-alive\s*(?:,|$)/i.test(headers.get('connection') ?? '');

/** How many more answers the server still gives on this connection (`Keep-Alive: timeout=5, max=99`), or null. */
function remaining({ headers }: Answered): number | null {
  const max = /(?:^|[,\s])max=(\d{1,6})\b/i.exec(headers.get('keep-alive') ?? '')?.[1];
  return max === undefined ? null : Number(max);
}

/**
 * Whether the connection survives an answer. Both browsers show the `Connection` header (measured: Chromium
 * 156, Firefox 153); where there is none, only the kind of server tells.
 */
export function checkKeepAlive(exchange: Exchange): Judgement {
  const { host, size } = exchange;
  const all = answered(exchange);
  const closed = all.filter(closes).length;
  if (all.length === 0)
    return {
      answer: 'unknown',
      sentence: text('mirror_keep_alive_untested', 'Whether connections stay open could not be tested.'),
    };
  if (closed === all.length || closed > 1) {
    return against(keepAliveObjections.never, { host });
  }
  if (closed === 1) {
    return against(keepAliveObjections.once, { host, answers: all.length });
  }
  const ranges = Math.ceil(size / sliceSize);
  const most = Math.max(...all.map((answer) => remaining(answer) ?? Number.POSITIVE_INFINITY));
  if ((most + all.length) * connections < ranges) {
    return against(keepAliveObjections.limited, { host, most, ranges });
  }
  if (all.every(keeps))
    return {
      answer: 'pass',
      sentence: text('mirror_keep_alive_well', '{host} keeps the connection open.', { host }),
    };
  const server = knownServer(all[0]?.headers.get('server') ?? null);
  return server?.verdict === 'right'
    ? {
        answer: 'pass',
        sentence: text('mirror_keep_alive_known', '{host} runs {server}, which keeps connections open.', {
          host,
          server: server.name,
        }),
      }
    : {
        answer: 'unknown',
        sentence: text(
          'mirror_keep_alive_unseen',
          'Your browser cannot see whether {host} keeps connections open.',
          { host },
        ),
      };
}

const tryAnother = text('mirror_try_other', 'If the device does not download, choose another mirror.');

/** What a browser cannot see at all, answered from the table of known servers. */
export function checkConnection(exchange: Exchange): Judgement {
  const { host } = exchange;
  const header = answered(exchange)[0]?.headers.get('server') ?? null;
  const server = knownServer(header);
  if (server?.verdict === 'right') return { answer: 'pass', sentence: server.said(host) };
  if (server?.verdict === 'wrong' && !answered(exchange).every(keeps)) {
    return against(serverObjection, { server: server.said(host) });
  }
  return {
    answer: 'unknown',
    sentence:
      server === null
        ? text(
            'mirror_server_unknown',
            'Your browser cannot see everything the device depends on (how the answer is spelled, how long its header is) at {host}. It is not a kind of server known to be right.',
            { host },
          )
        : text(
            'mirror_server_doubtful',
            'Your browser cannot see everything the device depends on (how the answer is spelled, how long its header is) at {host}. {server}',
            { host, server: server.said(host) },
          ),
    action: tryAnother,
  };
}
