import { text } from '../../core/text.ts';
import { again, useRecipe } from '../sentences.ts';
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

/** The name by which devices ask whomever they download from. */
const name = 'dl.itead.cn';

const nameAction = text(
  'mirror_name_do',
  'Make it the default server, or add {name} to its names ({setting}), as in the recipes.',
  { name, setting: `nginx: server_name _ ${name}` },
);

type BySituation = Record<Situation, (exchange: Exchange, verdict: Verdict) => Judgement>;

const rangeBySituation: BySituation = {
  ranges: ({ host }) =>
    judge(
      'pass',
      text('mirror_range_well', '{host} sends just the part of the file that is asked for.', { host }),
    ),
  whole: ({ host }) =>
    judge(
      'fail',
      text(
        'mirror_range_whole',
        '{host} sends the whole file when it is asked for 4 KB of it. The device would ask for the first 4 KB for ever.',
        { host },
      ),
      useRecipe,
    ),
  other: ({ host }) =>
    judge(
      'fail',
      text('mirror_range_other', '{host} sends something else when it is asked for a part of the file.', {
        host,
      }),
      useRecipe,
    ),
  redirect: ({ host }) =>
    judge(
      'fail',
      text(
        'mirror_range_redirect',
        '{host} does not send a part of the file, but sends the device on to another address.',
        { host },
      ),
      useRecipe,
    ),
  refused: ({ host }, { status }) =>
    judge(
      'fail',
      text('mirror_range_refused', '{host} refuses to send a part of the file (it answers {status}).', {
        host,
        status: String(status),
      }),
      useRecipe,
    ),
  'server-error': ({ host }, { status }) =>
    judge(
      'fail',
      text(
        'mirror_range_error',
        '{host} had trouble of its own when it was asked for a part of the file (error {status}).',
        { host, status: String(status) },
      ),
      again,
    ),
  silent: ({ host, timeoutMs }) =>
    judge(
      'fail',
      text(
        'mirror_range_silent',
        '{host} did not answer within {span} when it was asked for a part of the file.',
        { host, span: { span: timeoutMs } },
      ),
      again,
    ),
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
        name,
      })
    : text('mirror_name_right', 'The firmware of this device is known to ask by the right name.');
  if (exchange.hostOverride === 'unavailable') {
    if (!hostRequired) return judge('pass', why);
    const sentence =
      hostKnownFrom === null
        ? text(
            'mirror_name_untested',
            '{why} Whether {host} answers to that name could not be tested in this browser.',
            { why, host },
          )
        : text(
            'mirror_name_said',
            '{why} {host} is said to answer to that name ({source}), but it could not be tested in this browser.',
            { why, host, source: hostKnownFrom },
          );
    return judge(
      'warn',
      sentence,
      text(
        'mirror_name_untested_do',
        'Allow the test in the settings, or use a mirror that you know to answer to any name.',
      ),
    );
  }
  const verdict = verdictOf(exchange);
  if (blamesTheName(exchange, verdict)) {
    const status = String(verdict.status);
    return judge(
      hostRequired ? 'fail' : 'warn',
      verdict.status === 0 || verdict.status === 200
        ? text(
            'mirror_name_wrong',
            '{host} does not give out the file to a device that asks for {name}. {why}',
            { host, name, why },
          )
        : text(
            'mirror_name_wrong_status',
            '{host} does not give out the file to a device that asks for {name} (it answers {status}). {why}',
            { host, name, status, why },
          ),
      nameAction,
    );
  }
  if (verdict.situation === 'whole')
    return judge(
      'pass',
      text('mirror_name_well', '{host} gives out the file to a device that asks for {name}.', { host, name }),
    );
  if (verdict.situation !== 'ranges') {
    return judge(
      'unknown',
      text(
        'mirror_name_nothing',
        '{why} {host} did not send the file at all, and that name may be the reason.',
        { why, host },
      ),
      nameAction,
    );
  }
  return partsOf(exchange).every((part) => part.digest === sliceDigest(exchange, part))
    ? judge(
        'pass',
        text('mirror_name_well', '{host} gives out the file to a device that asks for {name}.', {
          host,
          name,
        }),
      )
    : judge(
        'unknown',
        text(
          'mirror_name_other',
          '{host} answers to a device that asks for {name}, but not with this file.',
          { host, name },
        ),
      );
}

/** Whether it answers by itself. */
export function checkRedirect(exchange: Exchange): Judgement {
  const { host } = exchange;
  const { situation } = verdictOf(exchange);
  if (situation === 'redirect') {
    return judge(
      'fail',
      text(
        'mirror_redirect_wrong',
        '{host} sends the device on to another address, and the device does not follow.',
        { host },
      ),
      text(
        'mirror_redirect_wrong_do',
        'Let the mirror answer over plain http without a redirect, as in the recipes.',
      ),
    );
  }
  if (situation === 'silent' || situation === 'cancelled')
    return judge('unknown', text('mirror_redirect_untested', 'Redirects could not be tested.'));
  return judge(
    'pass',
    text('mirror_redirect_well', '{host} answers by itself, without a redirect.', { host }),
  );
}
