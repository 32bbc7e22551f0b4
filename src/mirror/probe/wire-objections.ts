import type { Objection, Told } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import { another } from '../sentences.ts';

const keepOpen = text(
  'mirror_keep_open_do',
  'Let the server keep connections open (nginx: keepalive_requests 1000), as in the recipes.',
);
const threeTimes = 'ITEAD downloader: three new connections at most';

/** How a server can close connections too often. */
export const keepAliveObjections = {
  never: {
    trouble: 'mirror-keep-alive-never',
    answer: 'fail',
    sentence: ({ host }) =>
      text(
        'mirror_keep_alive_never',
        '{host} closes the connection after every answer or two, and the device gives up after three new connections.',
        { host },
      ),
    action: keepOpen,
    source: threeTimes,
  } satisfies Objection<Told<'host'>>,
  once: {
    trouble: 'mirror-keep-alive-once',
    answer: 'warn',
    sentence: ({ host, answers }) =>
      text(
        'mirror_keep_alive_once',
        '{host} closed the connection once in {answers} answers. If it does so often, the device gives up after three new connections.',
        { host, answers },
      ),
    action: keepOpen,
    source: threeTimes,
  } satisfies Objection<Told<'host' | 'answers'>>,
  limited: {
    trouble: 'mirror-keep-alive-limited',
    answer: 'warn',
    sentence: ({ host, most, ranges }) =>
      text(
        'mirror_keep_alive_limited',
        '{host} says it will close the connection after {most} more answers, and the device needs {ranges}.',
        { host, most, ranges },
      ),
    action: keepOpen,
    source: threeTimes,
  } satisfies Objection<Told<'host' | 'most' | 'ranges'>>,
} as const;

/** A kind of server that is known not to work; `server` says what is known of it. */
export const serverObjection: Objection<Told<'server'>> = {
  trouble: 'mirror-server',
  answer: 'fail',
  sentence: ({ server }) => text('mirror_server_wrong', '{server}', { server }),
  action: text('mirror_use_recipe_server', 'Use one of the servers in the recipes.'),
  source: 'measured with mini_httpd 1.30 and Python 3.11',
};

/** A header that leaves no room for a part of the file. */
export const headerObjection: Objection<Told<'host' | 'size' | 'room'>> = {
  trouble: 'mirror-header',
  answer: 'fail',
  sentence: ({ host, size, room }) =>
    text('mirror_header_large', '{host} sends a header of {size}, and the device has room for {room}.', {
      host,
      size,
      room,
    }),
  action: text(
    'mirror_header_large_do',
    'Remove headers such as {headers} for firmware files on the mirror.',
    {
      headers: { all: ['Content-Security-Policy', 'Set-Cookie'] },
    },
  ),
  source: 'ITEAD downloader: 5120 bytes',
};

/** A mirror that is too slow, or nearly. */
export const speedObjection: Objection<Told<'host' | 'span' | 'patience'>> = {
  trouble: 'mirror-speed',
  answer: 'fail',
  sentence: ({ host, span, patience }) =>
    text(
      'mirror_speed_slow',
      'From {host}, the download would take {span} or more, and the device gives up after {patience}.',
      { host, span, patience },
    ),
  action: another,
  source: 'ITEAD downloader: 180 s in all',
};
