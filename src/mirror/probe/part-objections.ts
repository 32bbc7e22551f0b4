import type { Objection, Told } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import { again, another, useRecipe } from '../sentences.ts';
import type { Answered } from './probe-request.ts';

type ByHost = Objection<Told<'host'>>;

/** How a server can tell wrongly which part it sends. */
export const totalObjections = {
  missing: {
    trouble: 'mirror-total-missing',
    answer: 'fail',
    sentence: ({ host }) =>
      text(
        'mirror_total_missing',
        '{host} does not say which part of the file it sends (Content-Range is missing).',
        { host },
      ),
    action: useRecipe,
    source: 'ITEAD downloader: Content-Range',
  } satisfies ByHost,
  wrong: {
    trouble: 'mirror-total-wrong',
    answer: 'fail',
    sentence: ({ host, told, size }) =>
      text('mirror_total_wrong', '{host} says "{told}", but the file that was checked has {size}.', {
        host,
        told,
        size,
      }),
    action: again,
    source: 'ITEAD downloader: Content-Range',
  } satisfies Objection<Told<'host' | 'told' | 'size'>>,
  odd: {
    trouble: 'mirror-total-odd',
    answer: 'warn',
    sentence: ({ host, told, range }) =>
      text(
        'mirror_total_odd',
        '{host} says "{told}" when it is asked for bytes {range}. The total is right, which is what the device is known to read.',
        { host, told, range },
      ),
    action: another,
    source: 'ITEAD downloader: Content-Range',
  } satisfies Objection<Told<'host' | 'told' | 'range'>>,
} as const;

/** Parts of another file than the one that was checked. */
export const bytesObjection: Objection<Told<'host' | 'range'>> = {
  trouble: 'mirror-bytes',
  answer: 'fail',
  sentence: ({ host, range }) =>
    text('mirror_bytes_wrong', 'Bytes {range} from {host} are not those of the file that was checked.', {
      range,
      host,
    }),
  action: again,
  source: 'itead#97',
};

type Length = Objection<Told<'host' | 'asked' | 'received'>>;

const length = (trouble: string, sentence: Length['sentence']): Length => ({
  ...{ trouble, answer: 'fail', sentence, action: useRecipe },
  source: 'ITEAD downloader: Content-Length',
});

/** How a part can have another length than it was asked for. */
export const endingObjections: Readonly<Record<Answered['ended'], Length>> = {
  complete: length('mirror-length-ended', (what) =>
    text('mirror_length_ended', '{host} was asked for {asked}, sent {received} then ended.', what),
  ),
  left: length('mirror-length-over-long', (what) =>
    text('mirror_length_over_long', '{host} was asked for {asked}, sent {received} and did not stop.', what),
  ),
  'broken-off': length('mirror-length-broken-off', (what) =>
    text('mirror_length_broken_off', '{host} was asked for {asked}, sent {received} then broke off.', what),
  ),
  late: length('mirror-length-late', (what) =>
    text('mirror_length_late', '{host} was asked for {asked}, sent {received} then fell silent.', what),
  ),
};

/** How a server can announce another length than it sends. */
export const announcedObjections = {
  missing: {
    trouble: 'mirror-length-missing',
    answer: 'fail',
    sentence: ({ host }) =>
      text(
        'mirror_length_missing',
        '{host} does not announce how much it sends (Content-Length is missing), and the device waits for that.',
        { host },
      ),
    action: useRecipe,
    source: 'ITEAD downloader: Content-Length',
  } satisfies ByHost,
  wrong: {
    trouble: 'mirror-length-wrong',
    answer: 'fail',
    sentence: ({ host, announced, received }) =>
      text('mirror_length_wrong', '{host} announces {announced} and sends {received}.', {
        host,
        announced,
        received,
      }),
    action: useRecipe,
    source: 'ITEAD downloader: Content-Length',
  } satisfies Objection<Told<'host' | 'announced' | 'received'>>,
} as const;

/** A server that packs what it sends. */
export const encodingObjection: ByHost = {
  trouble: 'mirror-encoding',
  answer: 'fail',
  sentence: ({ host }) =>
    text(
      'mirror_encoding_wrong',
      '{host} sends the file compressed, and the device would write it as it comes.',
      { host },
    ),
  action: text(
    'mirror_encoding_do',
    'Switch off compression (Content-Encoding) for firmware files on the mirror.',
  ),
  source: 'ITEAD downloader: no compression',
};

/** A file that is replaced in the middle. */
export const changedObjection: ByHost = {
  trouble: 'mirror-unchanged',
  answer: 'fail',
  sentence: ({ host }) =>
    text('mirror_unchanged_wrong', 'The file on {host} changed while it was being checked.', { host }),
  action: again,
  source: 'RFC 9110, ETag and Last-Modified',
};
