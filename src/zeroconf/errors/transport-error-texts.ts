import { text } from '../../core/text.ts';
import type { ErrorRow, ErrorText } from './error-row.ts';
import type { FaultKind } from './failure-kind.ts';
import { router } from './sentences.ts';

const power = text(
  'zeroconf_power',
  'Check that the device has power and that its LED blinks twice in a row.',
);
const powerAndRouter = text('zeroconf_power_and_router', '{power} {router}', { power, router });
const letIntoInternet = text(
  'zeroconf_let_into_internet',
  'Check that your router lets the device into the Internet. Then try again.',
);
const startAgain = text('zeroconf_start_again', 'Start again whenever you like.');

const stoppedWaiting: ErrorText = {
  sentence: () => text('zeroconf_stopped_waiting', 'You stopped waiting for the answer of the device.'),
  action: startAgain,
  source: 'the person; what was sent cannot be called back',
};

/** Replies that never came. */
export const faultTexts: Readonly<Record<FaultKind, ErrorRow>> = {
  refused: {
    evidence: 'hardly-done',
    sentence: ({ host }) =>
      text(
        'zeroconf_refused',
        'There is something at {host}, but it does not listen on port 8081 as a Sonoff in DIY mode does.',
        { host },
      ),
    action: router,
    source: 'a closed port; protocol v2.0: port 8081',
  },
  reset: {
    evidence: 'not-known',
    sentence: ({ host }) =>
      text('zeroconf_reset', 'The device at {host} broke off the connection.', { host }),
    action: text('zeroconf_reset_do', 'Close every other program that talks to the device. Then try again.'),
    source: 'SonoffLAN local.py: a second connection is reset',
  },
  'empty-reply': {
    evidence: 'not-known',
    sentence: ({ host }) =>
      text('zeroconf_empty_reply', 'The device at {host} closed the connection without an answer.', { host }),
    action: text('zeroconf_empty_reply_do', 'Wait ten seconds. Then try again.'),
    source: 'cli#6: "generally got Empty reply when something has gone wrong"',
    on: {
      ota_unlock: {
        sentence: ({ host }) =>
          text(
            'zeroconf_empty_reply_unlock',
            "The device at {host} closed the connection without an answer, as it does when it cannot reach Itead's unlock service.",
            { host },
          ),
        action: letIntoInternet,
        source: 'cli#2: "after a couple of minutes … Empty reply"',
      },
    },
  },
  unreachable: {
    evidence: 'hardly-done',
    sentence: ({ host }) =>
      text(
        'zeroconf_unreachable',
        'Your computer finds no way to {host}. The device is off or in another network.',
        { host },
      ),
    action: power,
    source: 'EHOSTUNREACH: nobody answers to the address (ARP)',
  },
  'name-not-found': {
    evidence: 'not-done',
    sentence: ({ host }) =>
      text('zeroconf_name_not_found', 'Your network does not know the name {host}.', { host }),
    action: text('zeroconf_name_not_found_do', 'Type the IP address of the device instead.'),
    source: 'DNS or mDNS',
  },
  'no-connection': {
    evidence: 'not-known',
    sentence: ({ host }) =>
      text(
        'zeroconf_no_connection',
        'Nothing that speaks the language of a Sonoff answered at {host}. The device is off, not in DIY mode, or has another address.',
        { host },
      ),
    action: powerAndRouter,
    source: 'a browser may hide the reason of a failed fetch',
  },
  'time-out': {
    evidence: 'not-known',
    sentence: ({ host }) =>
      text(
        'zeroconf_time_out',
        'Nothing answered at {host} in time. The device may be off or out of reach.',
        { host },
      ),
    action: powerAndRouter,
    source: 'SonoffLAN local.py: 5 s',
    on: {
      ota_flash: {
        sentence: ({ host }) =>
          text(
            'zeroconf_time_out_flash',
            'The device at {host} did not answer in time, as can happen when it has trouble with the mirror.',
            { host },
          ),
        action: text('zeroconf_time_out_flash_do', 'Check that the mirror is there.'),
        source: 'itead#75: a dead server is answered with nothing',
      },
      ota_unlock: {
        sentence: ({ host }) =>
          text(
            'zeroconf_time_out_unlock',
            "The device at {host} did not answer in time. It has to ask Itead's unlock service, and that can fail without a word.",
            { host },
          ),
        action: letIntoInternet,
        source: 'itead#92 and cli#2: more than 90 s without the service',
      },
    },
  },
  'network-changed': {
    evidence: 'not-known',
    sentence: ({ host }) =>
      text(
        'zeroconf_network_changed',
        'Your computer changed its network or slept, and lost its connection to {host}.',
        { host },
      ),
    action: text(
      'zeroconf_network_changed_do',
      'Check that your computer is in the network of the device. Then try again.',
    ),
    source: 'net_error_list.h: ERR_NETWORK_CHANGED, ERR_NETWORK_IO_SUSPENDED; measured on Chromium 156',
  },
  'no-permission': {
    evidence: 'not-done',
    sentence: ({ host }) =>
      text('zeroconf_no_permission', 'The browser has not yet allowed this extension to talk to {host}.', {
        host,
      }),
    action: text(
      'zeroconf_no_permission_do',
      'Press the button again. Then choose Allow when the browser asks.',
    ),
    source: 'host permissions of Manifest V3',
  },
  'https-only': {
    evidence: 'not-done',
    sentence: ({ host }) =>
      text(
        'zeroconf_https_only',
        'Firefox is in its HTTPS-Only mode and turned the request to {host} into https, which the device does not speak.',
        { host },
      ),
    action: text(
      'zeroconf_https_only_do',
      'Type the IP address of the device instead: Firefox lets that pass. Or make an exception for this extension, as follows.',
    ),
    source: 'measured on Firefox 153: names are turned into https, private addresses are not',
  },
  cancelled: {
    evidence: 'not-known',
    sentence: () => text('zeroconf_cancelled', 'You stopped it.'),
    action: startAgain,
    source: 'the person',
    on: { ota_unlock: stoppedWaiting, ota_flash: stoppedWaiting },
  },
};
