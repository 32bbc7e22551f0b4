import type { ErrorRow, ErrorText } from './error-row.ts';
import type { DeviceError, FaultKind, ReplyFault, ZeroconfFailureKind } from './failure-kind.ts';

const power = 'Check that the device has power and that its LED blinks twice in a row.';
const router = 'Compare the address with the one in your router.';

const htmlOnCommand: ErrorText = {
  sentence: ({ host }) =>
    `The device at ${host} answered with a web page. It may not know this command, or another device has its address now.`,
  action: 'Ask for Info again.',
  source: 'SonoffLAN#1442: an unknown command is answered with text/html',
};

const stoppedWaiting: ErrorText = {
  sentence: () => 'You stopped waiting for the answer of the device.',
  action: 'Start again whenever you like.',
  source: 'the person; what was sent cannot be called back',
};

/** Replies that never came. */
export const faultTexts: Readonly<Record<FaultKind, ErrorRow>> = {
  refused: {
    evidence: 'hardly-done',
    sentence: ({ host }) =>
      `There is something at ${host}, but it does not listen on port 8081 as a Sonoff in DIY mode does.`,
    action: router,
    source: 'a closed port; protocol v2.0: port 8081',
  },
  reset: {
    evidence: 'not-known',
    sentence: ({ host }) => `The device at ${host} broke off the connection.`,
    action: 'Close every other program that talks to the device. Then try again.',
    source: 'SonoffLAN local.py: a second connection is reset',
  },
  'empty-reply': {
    evidence: 'not-known',
    sentence: ({ host }) => `The device at ${host} closed the connection without an answer.`,
    action: 'Wait ten seconds. Then try again.',
    source: 'cli#6: "generally got Empty reply when something has gone wrong"',
    on: {
      ota_unlock: {
        sentence: ({ host }) =>
          `The device at ${host} closed the connection without an answer, as it does when it cannot reach Itead's unlock service.`,
        action: 'Check that your router lets the device into the Internet. Then try again.',
        source: 'cli#2: "after a couple of minutes … Empty reply"',
      },
    },
  },
  unreachable: {
    evidence: 'hardly-done',
    sentence: ({ host }) => `Your computer finds no way to ${host}. The device is off or in another network.`,
    action: power,
    source: 'EHOSTUNREACH: nobody answers to the address (ARP)',
  },
  'name-not-found': {
    evidence: 'not-done',
    sentence: ({ host }) => `Your network does not know the name ${host}.`,
    action: 'Type the IP address of the device instead.',
    source: 'DNS or mDNS',
  },
  'no-connection': {
    evidence: 'not-known',
    sentence: ({ host }) =>
      `Nothing that speaks the language of a Sonoff answered at ${host}. The device is off, not in DIY mode, or has another address.`,
    action: `${power} ${router}`,
    source: 'a browser may hide the reason of a failed fetch',
  },
  'time-out': {
    evidence: 'not-known',
    sentence: ({ host }) => `Nothing answered at ${host} in time. The device may be off or out of reach.`,
    action: `${power} ${router}`,
    source: 'SonoffLAN local.py: 5 s',
    on: {
      ota_flash: {
        sentence: ({ host }) =>
          `The device at ${host} did not answer in time, as can happen when it has trouble with the mirror.`,
        action: 'Check that the mirror is there.',
        source: 'itead#75: a dead server is answered with nothing',
      },
      ota_unlock: {
        sentence: ({ host }) =>
          `The device at ${host} did not answer in time. It has to ask Itead's unlock service, and that can fail without a word.`,
        action: 'Check that your router lets the device into the Internet. Then try again.',
        source: 'itead#92 and cli#2: more than 90 s without the service',
      },
    },
  },
  'no-permission': {
    evidence: 'not-done',
    sentence: ({ host }) => `The browser has not yet allowed this extension to talk to ${host}.`,
    action: 'Press the button again. Then choose Allow when the browser asks.',
    source: 'host permissions of Manifest V3',
  },
  'https-only': {
    evidence: 'not-done',
    sentence: ({ host }) =>
      `Firefox is in its HTTPS-Only mode and turned the request to ${host} into https, which the device does not speak.`,
    action:
      'Type the IP address of the device instead: Firefox lets that pass. Or make an exception for this extension, as follows.',
    source: 'measured on Firefox 153: names are turned into https, private addresses are not',
  },
  cancelled: {
    evidence: 'not-known',
    sentence: () => 'You stopped it.',
    action: 'Start again whenever you like.',
    source: 'the person',
    on: { ota_unlock: stoppedWaiting, ota_flash: stoppedWaiting },
  },
};

/** Replies that are not those of a Sonoff. */
export const replyTexts: Readonly<Record<ReplyFault, ErrorRow>> = {
  'not-json': {
    evidence: 'not-known',
    sentence: ({ host }) => `What answered at ${host} does not speak the language of a Sonoff.`,
    action: router,
    source: 'protocol v2.0: replies are JSON',
  },
  html: {
    evidence: 'not-known',
    sentence: ({ host }) =>
      `A web page answered at ${host}. This is the address of a router or of another device, not of a Sonoff in DIY mode.`,
    action: 'Look up the address of the Sonoff in your router.',
    source: 'protocol v2.0: replies are JSON',
    on: {
      signal_strength: htmlOnCommand,
      switch: htmlOnCommand,
      startup: htmlOnCommand,
      pulse: htmlOnCommand,
      wifi: htmlOnCommand,
      ota_unlock: htmlOnCommand,
      ota_flash: htmlOnCommand,
    },
  },
  'wrong-shape': {
    evidence: 'not-known',
    sentence: ({ host }) => `What answered at ${host} is not the answer of a Sonoff.`,
    action: router,
    source: 'protocol v2.0: {"seq","error","data"}',
  },
  'too-large': {
    evidence: 'not-known',
    sentence: ({ host }) =>
      `What answered at ${host} sent far more than a Sonoff would, so reading was stopped.`,
    action: router,
    source: 'captures: real replies are under 400 bytes',
  },
  'http-status': {
    evidence: 'not-known',
    sentence: ({ host, code }) =>
      `What answered at ${host} refused the request (${code}), which a Sonoff in DIY mode never does this way.`,
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
      code === null
        ? `The device at ${host} breaks off every connection. It may answer when it is called by its device ID.`
        : `The device at ${host} answers only to those who know its device ID (${code}).`,
    action:
      'Type the Device ID: it is the number in its Wi-Fi name ITEAD-… or in its network name eWeLink_….',
    source: 'protocol v2.2: firmware 3.7.6 and later; protocol v1.4',
  },
  'bad-digest': {
    evidence: 'not-done',
    sentence: () => 'The digest of the firmware is not 64 lower-case hex digits, so nothing was sent.',
    action: 'Choose the firmware again.',
    source: 'itead#102: an upper-case digest fails',
  },
  'bad-url': {
    evidence: 'not-done',
    sentence: () =>
      'The device can download only from an address that begins with http://, so nothing was sent.',
    action: 'Choose another mirror.',
    source: 'ITEAD downloader: http:// only',
  },
};
