import { text } from '../../core/text.ts';

// What is said in more than one place: one text, so that nobody has to translate it twice.

export const pressFlashAgain = text('flash_press_flash_again', 'Press Flash again.');
export const lookAtCard = text(
  'flash_look_at_card',
  'Press Info and look at the device card before you flash.',
);
export const lookAtChecks = text('flash_look_at_checks', 'Look at the checks, then press Flash again.');
export const doNotCutPower = text('flash_do_not_cut_power', 'Do not cut its power.');
export const busyFlashing = text('flash_under_way', 'A flash is under way. Wait for it to end.');
export const joinTasmota = text(
  'flash_find_network',
  'Look for a Wi-Fi network named {network} and join it. On a phone, switch mobile data off.',
  { network: { any: ['tasmota-…', 'tasmota_…'] } },
);
export const enterOwnNetwork = text(
  'flash_find_page',
  'Open {page} and enter your own Wi-Fi. The device offers this for three minutes after each start.',
  { page: 'http://192.168.4.1' },
);
