import { again, type Judgement, judge, useRecipe } from './judgement.ts';
import {
  blamesTheName,
  type Exchange,
  partsOf,
  type Situation,
  sliceDigest,
  type Verdict,
  verdictOf,
} from './probe-situation.ts';

const nameAction =
  'Make it the default server, or add dl.itead.cn to its names (nginx: server_name _ dl.itead.cn), as in the recipes.';

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

/** Whether the mirror sends parts of the file. */
export function checkRange(exchange: Exchange): Judgement {
  const verdict = verdictOf(exchange);
  if (blamesTheName(exchange, verdict)) {
    return judge(
      'unknown',
      `Whether ${exchange.host} sends parts of the file could not be tested, because it turned the request away.`,
    );
  }
  return rangeBySituation[verdict.situation](exchange, verdict);
}

/** Whether it gives out the file to a device that asks for dl.itead.cn, as far as that matters and was tested. */
export function checkHost(exchange: Exchange): Judgement {
  const { host, hostRequired, hostKnownFrom } = exchange;
  const why = hostRequired
    ? 'This device may ask every server for dl.itead.cn, whatever the address says.'
    : 'The firmware of this device is known to ask by the right name.';
  if (exchange.hostOverride === 'unavailable') {
    if (!hostRequired) return judge('pass', why);
    const known =
      hostKnownFrom === null
        ? `Whether ${host} answers to that name could not be tested in this browser.`
        : `${host} is said to answer to that name (${hostKnownFrom}), but it could not be tested in this browser.`;
    return judge(
      'warn',
      `${why} ${known}`,
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
  return partsOf(exchange).every((part) => part.digest === sliceDigest(exchange, part))
    ? judge('pass', `${host} gives out the file to a device that asks for dl.itead.cn.`)
    : judge('unknown', `${host} answers to a device that asks for dl.itead.cn, but not with this file.`);
}

/** Whether it answers by itself. */
export function checkRedirect(exchange: Exchange): Judgement {
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
