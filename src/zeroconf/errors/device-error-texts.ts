import { text } from '../../core/text.ts';
import type { ErrorRow } from './error-row.ts';
import type { DeviceError } from './failure-kind.ts';

const startOver = text('zeroconf_start_over', 'Ask for Info again. Then start over.');

/** What the device itself gave as the reason. */
export const deviceErrorTexts: Readonly<Record<DeviceError, ErrorRow>> = {
  'malformed-request': {
    evidence: 'not-done',
    sentence: ({ host, code }) =>
      text('zeroconf_malformed_request', 'The device at {host} could not read the request ({code}).', {
        host,
        code,
      }),
    action: startOver,
    source: 'protocol v2.0, 400',
  },
  'not-in-diy-mode': {
    evidence: 'not-done',
    sentence: ({ host, code }) =>
      text('zeroconf_not_in_diy_mode', 'There is a Sonoff at {host}, but it is not in DIY mode ({code}).', {
        host,
        code,
      }),
    action: text(
      'zeroconf_not_in_diy_mode_do',
      'Remove the device from the eWeLink app. Hold the button of the device for 5 seconds. Hold it for another 5 seconds. Join its Wi-Fi {network}. Then open {page}.',
      { network: 'ITEAD-…', page: 'http://10.10.7.1' },
    ),
    source: 'protocol v2.0, 401; SonoffLAN#793 (400); itead#137: remove it from the app',
  },
  'command-refused': {
    evidence: 'not-done',
    sentence: ({ host, code }) =>
      text('zeroconf_command_refused', 'The device at {host} does not know this command ({code}).', {
        host,
        code,
      }),
    action: text('zeroconf_command_refused_do', 'Use the commands that this model has.'),
    source: 'SonoffLAN#251: a D1 answers 400 to switch',
    on: {
      ota_unlock: {
        sentence: ({ host, code }) =>
          text(
            'zeroconf_command_refused_unlock',
            'The device at {host} does not let itself be unlocked ({code}).',
            { host, code },
          ),
        action: text(
          'zeroconf_command_refused_unlock_do',
          'Check the model: this one may have no way to other firmware over the air.',
        ),
        source: 'protocol v2.0, 400; SonoffLAN#251',
      },
    },
  },
  'wrong-deviceid': {
    evidence: 'not-done',
    sentence: ({ host, code }) =>
      text(
        'zeroconf_wrong_deviceid',
        'The device at {host} says that the device ID is not its own ({code}).',
        { host, code },
      ),
    action: text(
      'zeroconf_wrong_deviceid_do',
      'Compare the Device ID with the number in the Wi-Fi name {network} of the device. Then ask for Info again.',
      { network: 'ITEAD-…' },
    ),
    source: 'protocol v2.0, 404',
    on: {
      ota_flash: {
        sentence: ({ host, code }) =>
          text(
            'zeroconf_wrong_deviceid_flash',
            'The device at {host} says that the device ID is not its own ({code}). Another device may have this address now.',
            { host, code },
          ),
        action: text('zeroconf_wrong_deviceid_flash_do', 'Ask for Info again before you flash anything.'),
        source: 'protocol v2.0, 404',
      },
    },
  },
  'invalid-parameters': {
    evidence: 'not-done',
    sentence: ({ host, code }) =>
      text('zeroconf_invalid_parameters', 'The device at {host} does not accept what it was sent ({code}).', {
        host,
        code,
      }),
    action: startOver,
    source: 'protocol v2.0, 422',
    on: {
      ota_flash: {
        sentence: ({ host, code }) =>
          text(
            'zeroconf_invalid_parameters_flash',
            'The device at {host} does not accept this address or digest ({code}).',
            { host, code },
          ),
        action: text(
          'zeroconf_invalid_parameters_flash_do',
          'Choose a mirror with a short address that begins with {scheme}.',
          { scheme: 'http://' },
        ),
        source: 'protocol v2.0, 422',
      },
    },
  },
  locked: {
    evidence: 'not-done',
    sentence: ({ host, code }) =>
      text('zeroconf_locked', 'The device at {host} is still locked against other firmware ({code}).', {
        host,
        code,
      }),
    action: text('zeroconf_locked_do', 'Press Unlock. Then flash again.'),
    source: 'protocol v2.0, 403: to be unlocked first, so nothing was begun',
  },
  'unlock-refused': {
    evidence: 'not-known',
    sentence: ({ host, code }) =>
      text('zeroconf_unlock_refused', "Itead's unlock service said no to the device at {host} ({code}).", {
        host,
        code,
      }),
    action: text(
      'zeroconf_unlock_refused_do',
      'If not, remove the device from the eWeLink app. Then unlock again.',
    ),
    source:
      'protocol v2.0, 500; itead#45 (422, some were unlocked all the same); itead#137: remove it from the app',
  },
  'vendor-unreachable': {
    evidence: 'not-done',
    sentence: ({ host, code }) =>
      text(
        'zeroconf_vendor_unreachable',
        "The device at {host} could not reach Itead's unlock service ({code}).",
        { host, code },
      ),
    action: text(
      'zeroconf_vendor_unreachable_do',
      'Check that your router lets the device into the Internet. Then unlock again.',
    ),
    source: 'protocol v2.0, 503',
  },
  'download-timed-out': {
    evidence: 'stopped-midway',
    sentence: ({ host, code }) =>
      text('zeroconf_download_timed_out', 'The download took the device at {host} too long ({code}).', {
        host,
        code,
      }),
    action: text(
      'zeroconf_download_timed_out_do',
      'Bring the device closer to the router. Then flash again.',
    ),
    source: 'protocol v2.0, 408: the "pre-download" timed out; nowhere is it said that nothing was written',
  },
  'image-too-large': {
    evidence: 'not-done',
    sentence: ({ host, code }) =>
      text('zeroconf_image_too_large', 'The firmware is larger than the device at {host} allows ({code}).', {
        host,
        code,
      }),
    action: text('zeroconf_image_too_large_do', 'Choose a smaller firmware, such as {file}.', {
      file: 'tasmota-lite.bin',
    }),
    source: 'protocol v2.0, 413: 508 KB; read from the header of the first part, before any is written',
  },
  'download-failed': {
    evidence: 'stopped-midway',
    sentence: ({ host, code }) =>
      text('zeroconf_download_failed', 'The device at {host} could not download the file ({code}).', {
        host,
        code,
      }),
    action: text(
      'zeroconf_download_failed_do',
      'Check that the mirror serves the file over plain http and in pieces. Then flash again.',
    ),
    source:
      'protocol v2.0, 424: unreachable, missing, or no Range; iotgo_upgrade.c gives up in the middle as well',
  },
  'digest-mismatch': {
    evidence: 'half-written',
    sentence: ({ host, code }) =>
      text(
        'zeroconf_digest_mismatch',
        'What the device at {host} downloaded is not what was announced ({code}).',
        { host, code },
      ),
    action: text(
      'zeroconf_digest_mismatch_do',
      'Flash again with the right file while the device still has power.',
    ),
    source: 'protocol v2.0, 471; itead tcp_server.py, 409',
  },
  'unknown-code': {
    evidence: 'not-known',
    sentence: ({ host, code }) =>
      text(
        'zeroconf_unknown_code',
        'The device at {host} refused for a reason that nobody has described ({code}).',
        { host, code },
      ),
    action: text('zeroconf_unknown_code_do', 'Ask for Info again. Then try once more.'),
    source: 'not in protocol v1.4 or v2.0',
  },
};
