import type { ErrorRow } from './error-row.ts';
import type { DeviceError } from './failure-kind.ts';

const diyMode =
  'Hold the button of the device for 5 seconds. Hold it for another 5 seconds. Join its Wi-Fi ITEAD-…. Then open http://10.10.7.1.';

/** What the device itself gave as the reason. */
export const deviceErrorTexts: Readonly<Record<DeviceError, ErrorRow>> = {
  'malformed-request': {
    evidence: 'not-done',
    sentence: ({ host, code }) => `The device at ${host} could not read the request (${code}).`,
    action: 'Ask for Info again. Then start over.',
    source: 'protocol v2.0, 400',
  },
  'not-in-diy-mode': {
    evidence: 'not-done',
    sentence: ({ host, code }) => `There is a Sonoff at ${host}, but it is not in DIY mode (${code}).`,
    action: `Remove the device from the eWeLink app. ${diyMode}`,
    source: 'protocol v2.0, 401; SonoffLAN#793 (400); itead#137: remove it from the app',
  },
  'command-refused': {
    evidence: 'not-done',
    sentence: ({ host, code }) => `The device at ${host} does not know this command (${code}).`,
    action: 'Use the commands that this model has.',
    source: 'SonoffLAN#251: a D1 answers 400 to switch',
    on: {
      ota_unlock: {
        sentence: ({ host, code }) => `The device at ${host} does not let itself be unlocked (${code}).`,
        action: 'Check the model: this one may have no way to other firmware over the air.',
        source: 'protocol v2.0, 400; SonoffLAN#251',
      },
    },
  },
  'wrong-deviceid': {
    evidence: 'not-done',
    sentence: ({ host, code }) => `The device at ${host} says that the device ID is not its own (${code}).`,
    action:
      'Compare the Device ID with the number in the Wi-Fi name ITEAD-… of the device. Then ask for Info again.',
    source: 'protocol v2.0, 404',
    on: {
      ota_flash: {
        sentence: ({ host, code }) =>
          `The device at ${host} says that the device ID is not its own (${code}). Another device may have this address now.`,
        action: 'Ask for Info again before you flash anything.',
        source: 'protocol v2.0, 404',
      },
    },
  },
  'invalid-parameters': {
    evidence: 'not-done',
    sentence: ({ host, code }) => `The device at ${host} does not accept what it was sent (${code}).`,
    action: 'Ask for Info again. Then start over.',
    source: 'protocol v2.0, 422',
    on: {
      ota_flash: {
        sentence: ({ host, code }) =>
          `The device at ${host} does not accept this address or digest (${code}).`,
        action: 'Choose a mirror with a short address that begins with http://.',
        source: 'protocol v2.0, 422',
      },
    },
  },
  locked: {
    evidence: 'not-done',
    sentence: ({ host, code }) => `The device at ${host} is still locked against other firmware (${code}).`,
    action: 'Press Unlock. Then flash again.',
    source: 'protocol v2.0, 403: to be unlocked first, so nothing was begun',
  },
  'unlock-refused': {
    evidence: 'not-known',
    sentence: ({ host, code }) => `Itead's unlock service said no to the device at ${host} (${code}).`,
    action:
      'Press Info to see whether it is unlocked. If not, remove the device from the eWeLink app. Then unlock again.',
    source:
      'protocol v2.0, 500; itead#45 (422, some were unlocked all the same); itead#137: remove it from the app',
  },
  'vendor-unreachable': {
    evidence: 'not-done',
    sentence: ({ host, code }) => `The device at ${host} could not reach Itead's unlock service (${code}).`,
    action: 'Check that your router lets the device into the Internet. Then unlock again.',
    source: 'protocol v2.0, 503',
  },
  'download-timed-out': {
    evidence: 'stopped-midway',
    sentence: ({ host, code }) => `The download took the device at ${host} too long (${code}).`,
    action: 'Bring the device closer to the router. Then flash again.',
    source: 'protocol v2.0, 408: the "pre-download" timed out; nowhere is it said that nothing was written',
  },
  'image-too-large': {
    evidence: 'not-done',
    sentence: ({ host, code }) => `The firmware is larger than the device at ${host} allows (${code}).`,
    action: 'Choose a smaller firmware, such as tasmota-lite.bin.',
    source: 'protocol v2.0, 413: 508 KB; read from the header of the first part, before any is written',
  },
  'download-failed': {
    evidence: 'stopped-midway',
    sentence: ({ host, code }) => `The device at ${host} could not download the file (${code}).`,
    action: 'Check that the mirror serves the file over plain http and in pieces. Then flash again.',
    source:
      'protocol v2.0, 424: unreachable, missing, or no Range; iotgo_upgrade.c gives up in the middle as well',
  },
  'digest-mismatch': {
    evidence: 'half-written',
    sentence: ({ host, code }) =>
      `What the device at ${host} downloaded is not what was announced (${code}).`,
    action: 'Flash again with the right file while the device still has power.',
    source: 'protocol v2.0, 471; itead tcp_server.py, 409',
  },
  'unknown-code': {
    evidence: 'not-known',
    sentence: ({ host, code }) =>
      `The device at ${host} refused for a reason that nobody has described (${code}).`,
    action: 'Ask for Info again. Then try once more.',
    source: 'not in protocol v1.4 or v2.0',
  },
};
