import { text } from '../../core/text.ts';
import type { ErrorRow, ErrorText } from './error-row.ts';
import type { DeviceError, FaultKind, ReplyFault, ZeroconfFailureKind } from './failure-kind.ts';
import { router } from './sentences.ts';

const htmlOnCommand: ErrorText = {
  sentence: ({ host }) =>
    text(
      'zeroconf_html_command',
      'The device at {host} answered with a web page. It may not know this command, or another device has its address now.',
      { host },
    ),
  action: text('zeroconf_html_command_do', 'Ask for Info again.'),
  source: 'SonoffLAN#1442: an unknown command is answered with text/html',
};

/** Replies that are not those of a Sonoff. */
export const replyTexts: Readonly<Record<ReplyFault, ErrorRow>> = {
  'not-json': {
    evidence: 'not-known',
    sentence: ({ host }) =>
      text('zeroconf_not_json', 'What answered at {host} does not speak the language of a Sonoff.', { host }),
    action: router,
    source: 'protocol v2.0: replies are JSON',
  },
  html: {
    evidence: 'not-known',
    sentence: ({ host }) =>
      text(
        'zeroconf_html',
        'A web page answered at {host}. This is the address of a router or of another device, not of a Sonoff in DIY mode.',
        { host },
      ),
    action: text('zeroconf_html_do', 'Look up the address of the Sonoff in your router.'),
    source: 'protocol v2.0: replies are JSON',
    on: {
      signal_strength: htmlOnCommand,
      switch: htmlOnCommand,
      switches: htmlOnCommand,
      startup: htmlOnCommand,
      pulse: htmlOnCommand,
      wifi: htmlOnCommand,
      ota_unlock: htmlOnCommand,
      ota_flash: htmlOnCommand,
    },
  },
  'wrong-shape': {
    evidence: 'not-known',
    sentence: ({ host }) =>
      text('zeroconf_wrong_shape', 'What answered at {host} is not the answer of a Sonoff.', { host }),
    action: router,
    source: 'protocol v2.0: {"seq","error","data"}',
  },
  'too-large': {
    evidence: 'not-known',
    sentence: ({ host }) =>
      text(
        'zeroconf_too_large',
        'What answered at {host} sent far more than a Sonoff would, so reading was stopped.',
        { host },
      ),
    action: router,
    source: 'captures: real replies are under 400 bytes',
  },
  'http-status': {
    evidence: 'not-known',
    sentence: ({ host, code }) =>
      text(
        'zeroconf_http_status',
        'What answered at {host} refused the request ({code}), which a Sonoff in DIY mode never does this way.',
        { host, code },
      ),
    action: router,
    source: 'protocol v2.0: HTTP 200 whatever the outcome',
  },
};

/** Failures that this extension finds before or between requests. */
export const ownTexts: Readonly<
  Record<Exclude<ZeroconfFailureKind, FaultKind | ReplyFault | DeviceError>, ErrorRow>
> = {
  'deviceid-needed': {
    evidence: 'not-done',
    sentence: ({ host, code }) =>
      code === ''
        ? text(
            'zeroconf_deviceid_perhaps',
            'The device at {host} breaks off every connection. It may answer when it is called by its device ID.',
            { host },
          )
        : text(
            'zeroconf_deviceid_needed',
            'The device at {host} answers only to those who know its device ID ({code}).',
            { host, code },
          ),
    action: text(
      'zeroconf_deviceid_needed_do',
      'Type the Device ID: it is the number in its Wi-Fi name {wifi} or in its network name {network}.',
      { wifi: 'ITEAD-…', network: 'eWeLink_…' },
    ),
    source: 'protocol v2.2: firmware 3.7.6 and later; protocol v1.4',
  },
  'bad-digest': {
    evidence: 'not-done',
    sentence: () =>
      text(
        'zeroconf_bad_digest',
        'The digest of the firmware is not 64 lower-case hex digits, so nothing was sent.',
      ),
    action: text('zeroconf_bad_digest_do', 'Choose the firmware again.'),
    source: 'itead#102: an upper-case digest fails',
  },
  'bad-url': {
    evidence: 'not-done',
    sentence: () =>
      text(
        'zeroconf_bad_url',
        'The device can download only from an address that begins with {scheme}, so nothing was sent.',
        { scheme: 'http://' },
      ),
    action: text('zeroconf_bad_url_do', 'Choose another mirror.'),
    source: 'ITEAD downloader: http:// only',
  },
};
