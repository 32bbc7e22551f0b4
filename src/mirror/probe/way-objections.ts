import type { Objection, Told } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import { again, useRecipe } from '../sentences.ts';
import type { Situation } from './probe-situation.ts';

type ByHost = Objection<Told<'host'>>;
type ByStatus = Objection<Told<'host' | 'status'>>;

/** How a server can fail to send a part of the file. */
export const rangeObjections = {
  whole: {
    trouble: 'mirror-range-whole',
    answer: 'fail',
    sentence: ({ host }) =>
      text(
        'mirror_range_whole',
        '{host} sends the whole file when it is asked for 4 KB of it. The device would ask for the first 4 KB for ever.',
        { host },
      ),
    action: useRecipe,
    source: 'itead#10',
  } satisfies ByHost,
  other: {
    trouble: 'mirror-range-other',
    answer: 'fail',
    sentence: ({ host }) =>
      text('mirror_range_other', '{host} sends something else when it is asked for a part of the file.', {
        host,
      }),
    action: useRecipe,
    source: 'ITEAD downloader: 206 only',
  } satisfies ByHost,
  redirect: {
    trouble: 'mirror-range-redirect',
    answer: 'fail',
    sentence: ({ host }) =>
      text(
        'mirror_range_redirect',
        '{host} does not send a part of the file, but sends the device on to another address.',
        { host },
      ),
    action: useRecipe,
    source: 'ITEAD downloader: no redirects',
  } satisfies ByHost,
  refused: {
    trouble: 'mirror-range-refused',
    answer: 'fail',
    sentence: ({ host, status }) =>
      text('mirror_range_refused', '{host} refuses to send a part of the file (it answers {status}).', {
        host,
        status,
      }),
    action: useRecipe,
    source: 'ITEAD downloader: 206 only',
  } satisfies ByStatus,
  'server-error': {
    trouble: 'mirror-range-error',
    answer: 'fail',
    sentence: ({ host, status }) =>
      text(
        'mirror_range_error',
        '{host} had trouble of its own when it was asked for a part of the file (error {status}).',
        { host, status },
      ),
    action: again,
    source: 'ITEAD downloader: 206 only',
  } satisfies ByStatus,
  silent: {
    trouble: 'mirror-range-silent',
    answer: 'fail',
    sentence: ({ host, span }) =>
      text(
        'mirror_range_silent',
        '{host} did not answer within {span} when it was asked for a part of the file.',
        { host, span },
      ),
    action: again,
    source: 'cli#9',
  } satisfies Objection<Told<'host' | 'span'>>,
} satisfies Record<Exclude<Situation, 'ranges' | 'cancelled'>, unknown>;

/** The name by which devices ask whomever they download from. */
export const deviceHost = 'dl.itead.cn';

const tryIt = text(
  'mirror_name_untested_do',
  'Allow the test in the settings, or use a mirror that you know to answer to any name.',
);

/** What to do where a server minds the name. */
export const makeItDefault = text(
  'mirror_name_do',
  'Make it the default server, or add {name} to its names ({setting}), as in the recipes.',
  { name: deviceHost, setting: `nginx: server_name _ ${deviceHost}` },
);

const toldByItsName = 'tasmota/docs Sonoff-DIY';

/** How a server can mind the name that a device asks by, or how that could not be tested. */
export const nameObjections = {
  untested: {
    trouble: 'mirror-name-untested',
    answer: 'warn',
    sentence: ({ host, why }) =>
      text(
        'mirror_name_untested',
        '{why} Whether {host} answers to that name could not be tested in this browser.',
        { why, host },
      ),
    action: tryIt,
    source: toldByItsName,
  } satisfies Objection<Told<'host' | 'why'>>,
  said: {
    trouble: 'mirror-name-said',
    answer: 'warn',
    sentence: ({ host, why, source }) =>
      text(
        'mirror_name_said',
        '{why} {host} is said to answer to that name ({source}), but it could not be tested in this browser.',
        { why, host, source },
      ),
    action: tryIt,
    source: toldByItsName,
  } satisfies Objection<Told<'host' | 'why' | 'source'>>,
  wrong: {
    trouble: 'mirror-name-wrong',
    answer: 'fail',
    sentence: ({ host, why }) =>
      text('mirror_name_wrong', '{host} does not give out the file to a device that asks for {name}. {why}', {
        host,
        name: deviceHost,
        why,
      }),
    action: makeItDefault,
    source: toldByItsName,
  } satisfies Objection<Told<'host' | 'why'>>,
  'wrong-status': {
    trouble: 'mirror-name-wrong-status',
    answer: 'fail',
    sentence: ({ host, why, status }) =>
      text(
        'mirror_name_wrong_status',
        '{host} does not give out the file to a device that asks for {name} (it answers {status}). {why}',
        { host, name: deviceHost, status, why },
      ),
    action: makeItDefault,
    source: toldByItsName,
  } satisfies Objection<Told<'host' | 'why' | 'status'>>,
} as const;

/** A server that sends the device away. */
export const redirectObjection: ByHost = {
  trouble: 'mirror-redirect',
  answer: 'fail',
  sentence: ({ host }) =>
    text(
      'mirror_redirect_wrong',
      '{host} sends the device on to another address, and the device does not follow.',
      { host },
    ),
  action: text(
    'mirror_redirect_wrong_do',
    'Let the mirror answer over plain http without a redirect, as in the recipes.',
  ),
  source: 'ITEAD downloader: no redirects',
};
