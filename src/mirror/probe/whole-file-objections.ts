import type { Objection, Told } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import { again, another, useRecipe } from '../sentences.ts';

/** What can speak against a mirror when the whole file is read as the device asks for it. */
export const wholeFileObjections = {
  other: {
    trouble: 'mirror-whole-other',
    answer: 'fail',
    sentence: (told) =>
      text(
        'mirror_whole_other',
        '{host} has for the device another file than the one that was checked.',
        told,
      ),
    action: another,
    source: 'itead#97',
  } satisfies Objection<Told<'host'>>,
  short: {
    trouble: 'mirror-whole-short',
    answer: 'fail',
    sentence: (told) =>
      text(
        'mirror_whole_short',
        '{host} sends {received} of {size} when it is asked for the whole file as the device asks.',
        told,
      ),
    action: again,
    source: 'ITEAD downloader: Content-Length',
  } satisfies Objection<Told<'host' | 'received' | 'size'>>,
  long: {
    trouble: 'mirror-whole-long',
    answer: 'fail',
    sentence: (told) =>
      text(
        'mirror_whole_long',
        '{host} sends more than the {size} of the file when it is asked for the whole file as the device asks.',
        told,
      ),
    action: another,
    source: 'ITEAD downloader: Content-Length',
  } satisfies Objection<Told<'host' | 'size'>>,
  status: {
    trouble: 'mirror-whole-status',
    answer: 'fail',
    sentence: (told) =>
      text(
        'mirror_whole_status',
        '{host} does not send the file (it answers {status}) when it is asked for the whole file as the device asks.',
        told,
      ),
    action: useRecipe,
    source: 'ITEAD downloader: 206 only',
  } satisfies Objection<Told<'host' | 'status'>>,
  redirect: {
    trouble: 'mirror-whole-redirect',
    answer: 'fail',
    sentence: (told) =>
      text(
        'mirror_whole_redirect',
        '{host} sends the device on to another address when it is asked for the whole file as the device asks.',
        told,
      ),
    action: useRecipe,
    source: 'ITEAD downloader: no redirects',
  } satisfies Objection<Told<'host'>>,
  encoded: {
    trouble: 'mirror-whole-encoded',
    answer: 'fail',
    sentence: (told) =>
      text(
        'mirror_whole_encoded',
        '{host} sends the file compressed when it is asked for the whole file as the device asks.',
        told,
      ),
    action: useRecipe,
    source: 'ITEAD downloader: no compression',
  } satisfies Objection<Told<'host'>>,
  unreachable: {
    trouble: 'mirror-whole-unreachable',
    answer: 'fail',
    sentence: (told) =>
      text(
        'mirror_whole_unreachable',
        '{host} does not answer when it is asked for the whole file as the device asks.',
        told,
      ),
    action: again,
    source: 'cli#9',
  } satisfies Objection<Told<'host'>>,
  late: {
    trouble: 'mirror-whole-late',
    answer: 'fail',
    sentence: (told) =>
      text(
        'mirror_whole_late',
        '{host} stops sending or is far too slow when it is asked for the whole file as the device asks.',
        told,
      ),
    action: again,
    source: 'ITEAD downloader: 180 s in all',
  } satisfies Objection<Told<'host'>>,
} as const;
