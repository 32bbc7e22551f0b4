import { type Text, text } from '../core/text.ts';
import { infoFirst, keepPower } from './sentences.ts';
import type { DeviceState, Trouble } from './trouble.ts';

/** What the device tells the mirror at the end of a download (`POST /api/device/otaFlash`, itead `tcp_server.py`). */
export type CallbackCode = 0 | 404 | 406 | 409 | 410;

const testAgain = text('pairing_callback_test', 'Test the mirror and the file before you flash again.');
const flashAgain = text('pairing_callback_again', 'Flash again with the right file.');

function row(
  code: CallbackCode,
  symptom: Text,
  happened: Text,
  state: DeviceState,
  remedy: readonly Text[],
  sources: readonly string[],
): Trouble & { readonly code: CallbackCode } {
  return { id: `callback-${code}`, when: 'callback', code, symptom, happened, state, remedy, sources };
}

/** A row for every code; 0 is the only good news. */
export const callbacks: readonly (Trouble & { readonly code: CallbackCode })[] = [
  row(
    0,
    text('pairing_callback_0', 'The device tells the mirror that all went well ({code}).', { code: '0' }),
    text('pairing_callback_0_why', 'The file has arrived whole and is written.'),
    'flashed',
    [
      text('pairing_callback_0_power', 'Leave the power on until the device has restarted.'),
      text('pairing_callback_0_then', 'Then look for the network that the new firmware opens.'),
    ],
    ['itead tcp_server.py'],
  ),
  row(
    404,
    text(
      'pairing_callback_404',
      'The device tells the mirror that it could not download the file ({code}).',
      { code: '404' },
    ),
    text('pairing_callback_404_why', 'The mirror refused a part, took too long, or the file is too large.'),
    'doubt',
    [...infoFirst, testAgain],
    ['itead tcp_server.py', 'itead#102'],
  ),
  row(
    406,
    text('pairing_callback_406', 'The device tells the mirror that it did not accept the order ({code}).', {
      code: '406',
    }),
    text('pairing_callback_406_why', 'Address or digest were not as the device wants them.'),
    'doubt',
    [...infoFirst, testAgain],
    ['itead tcp_server.py'],
  ),
  row(
    409,
    text('pairing_callback_409', 'The device tells the mirror that the digest does not fit ({code}).', {
      code: '409',
    }),
    text('pairing_callback_409_why', 'What it has written is not what was announced.'),
    'do-not-restart',
    [...keepPower, flashAgain],
    ['itead tcp_server.py', 'itead#97'],
  ),
  row(
    410,
    text('pairing_callback_410', 'The device tells the mirror that something went wrong inside ({code}).', {
      code: '410',
    }),
    text('pairing_callback_410_why', 'Nobody has described what, so it may have failed while writing.'),
    'do-not-restart',
    [...keepPower, flashAgain],
    ['itead tcp_server.py'],
  ),
];
