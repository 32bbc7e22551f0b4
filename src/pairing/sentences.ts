import { type Text, text } from '../core/text.ts';
import { setupPage } from './names.ts';

// What is said in more than one place: one text, so that nobody has to translate it twice.

export const pressInfo = text('pairing_press_info', 'Press Info.');
export const typeAddress = text('pairing_type_address', 'Type its IP address into this extension.');
export const homeAgain = text('pairing_home_again', 'Join your own Wi-Fi again.');
export const mobileOff = text('pairing_mobile_off', 'Switch mobile data off if you do this on a phone.');
export const stayThere = text('pairing_stay_there', 'Stay in it when you are told that it has no Internet.');
export const openSetup = text('pairing_open_setup', 'Open {page}.', { page: setupPage });
export const pressSave = text('pairing_press_save', 'Press Save.');
export const openConsole = text('pairing_open_console', 'Open the console of Tasmota.');
export const waitWithPower = text(
  'pairing_wait_with_power',
  'Wait for five minutes without cutting the power.',
);
export const offTheMains = text('pairing_off_the_mains', 'Take the device off the mains.');
export const twiceAgain = text('pairing_twice_again', 'Hold the button twice again.');
export const oddBulbs = text(
  'pairing_odd_bulbs',
  'These bulbs ask for the file in a way that web servers do not understand.',
);
export const nothingChanged = text('pairing_nothing_changed', 'Nothing has been changed on the device.');

/** What to do first when a device is in doubt. */
export const infoFirst: readonly Text[] = [
  pressInfo,
  text('pairing_wait_for_answer', 'Wait for the answer before you do anything else.'),
];

/** What to do first when a device must not be restarted. */
export const keepPower: readonly Text[] = [text('pairing_keep_power', 'Keep the power of the device on.')];
