import { against } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import { again } from '../sentences.ts';
import { type Judgement, judge } from './judgement.ts';
import {
  blamesTheName,
  type Exchange,
  partsOf,
  type Situation,
  sliceDigest,
  type Verdict,
  verdictOf,
} from './probe-situation.ts';
import {
  deviceHost,
  makeItDefault,
  nameObjections,
  rangeObjections,
  redirectObjection,
} from './way-objections.ts';

type BySituation = Record<Situation, (exchange: Exchange, verdict: Verdict) => Judgement>;

const rangeBySituation: BySituation = {
  ranges: ({ host }) =>
    judge(
      'pass',
      text('mirror_range_well', '{host} sends just the part of the file that is asked for.', { host }),
    ),
  whole: ({ host }) => against(rangeObjections.whole, { host }),
  other: ({ host }) => against(rangeObjections.other, { host }),
  redirect: ({ host }) => against(rangeObjections.redirect, { host }),
  refused: ({ host }, { status }) => against(rangeObjections.refused, { host, status: String(status) }),
  'server-error': ({ host }, { status }) =>
    against(rangeObjections['server-error'], { host, status: String(status) }),
  silent: ({ host, timeoutMs }) => against(rangeObjections.silent, { host, span: { span: timeoutMs } }),
  cancelled: () => judge('unknown', text('mirror_range_cancelled', 'The test was stopped.'), again),
};

/** Whether the mirror sends parts of the file. */
export function checkRange(exchange: Exchange): Judgement {
  const verdict = verdictOf(exchange);
  if (blamesTheName(exchange, verdict)) {
    return judge(
      'unknown',
      text(
        'mirror_range_untested',
        'Whether {host} sends parts of the file could not be tested, because it turned the request away.',
        { host: exchange.host },
      ),
    );
  }
  return rangeBySituation[verdict.situation](exchange, verdict);
}

/** Whether it gives out the file to a device that asks for dl.itead.cn, as far as that matters and was tested. */
export function checkHost(exchange: Exchange): Judgement {
  const { host, hostRequired, hostKnownFrom } = exchange;
  const why = hostRequired
    ? text('mirror_name_why', 'This device may ask every server for {name}, whatever the address says.', {
        name: deviceHost,
      })
    : text('mirror_name_right', 'The firmware of this device is known to ask by the right name.');
  if (exchange.hostOverride === 'unavailable') {
    if (!hostRequired) return judge('pass', why);
    return hostKnownFrom === null
      ? against(nameObjections.untested, { host, why })
      : against(nameObjections.said, { host, why, source: hostKnownFrom });
  }
  const verdict = verdictOf(exchange);
  if (blamesTheName(exchange, verdict)) {
    const milder = hostRequired ? {} : ({ answer: 'warn' } as const);
    return verdict.status === 0 || verdict.status === 200
      ? against(nameObjections.wrong, { host, why }, milder)
      : against(nameObjections['wrong-status'], { host, why, status: String(verdict.status) }, milder);
  }
  if (verdict.situation === 'whole')
    return judge(
      'pass',
      text('mirror_name_well', '{host} gives out the file to a device that asks for {name}.', {
        host,
        name: deviceHost,
      }),
    );
  if (verdict.situation !== 'ranges') {
    return judge(
      'unknown',
      text(
        'mirror_name_nothing',
        '{why} {host} did not send the file at all, and that name may be the reason.',
        { why, host },
      ),
      makeItDefault,
    );
  }
  return partsOf(exchange).every((part) => part.digest === sliceDigest(exchange, part))
    ? judge(
        'pass',
        text('mirror_name_well', '{host} gives out the file to a device that asks for {name}.', {
          host,
          name: deviceHost,
        }),
      )
    : judge(
        'unknown',
        text(
          'mirror_name_other',
          '{host} answers to a device that asks for {name}, but not with this file.',
          { host, name: deviceHost },
        ),
      );
}

/** Whether it answers by itself. */
export function checkRedirect(exchange: Exchange): Judgement {
  const { host } = exchange;
  const { situation } = verdictOf(exchange);
  if (situation === 'redirect') {
    return against(redirectObjection, { host });
  }
  if (situation === 'silent' || situation === 'cancelled')
    return judge('unknown', text('mirror_redirect_untested', 'Redirects could not be tested.'));
  return judge(
    'pass',
    text('mirror_redirect_well', '{host} answers by itself, without a redirect.', { host }),
  );
}
