import { text } from '../core/text.ts';
import type { Answer } from './question.ts';

/** How to ask for the firmware version. */
export const firmware = {
  ask: text('pairing_ask_firmware', 'Which firmware version does it have?'),
  help: text('pairing_ask_firmware_help', 'The eWeLink app shows it in the settings of the device.'),
};

const open1x: Answer = {
  id: 'open-1',
  label: text('pairing_answer_open_1', 'From 1.0 to 1.5.5'),
  why: text('pairing_why_open_1', 'Firmware up to 1.5 downloads from whoever it is told to ask.'),
  leads: { road: 'sonota' },
  sources: ['SonOTA#70', 'SonOTA README'],
};
const open2x: Answer = {
  id: 'open-2',
  label: text('pairing_answer_open_2', 'From 2.0.0 to 2.0.4'),
  why: text('pairing_why_open_2', 'Firmware 2.0 up to 2.0.4 downloads from whoever it is told to ask.'),
  leads: { road: 'sonota' },
  sources: ['SonOTA#36', 'SonOTA#56', 'SonOTA README'],
};
const unreported: Answer = {
  id: 'unreported',
  label: text('pairing_answer_unreported', 'From 2.0.5 to 2.5'),
  why: text(
    'pairing_why_unreported',
    'Nobody has reported from which version on between 2.0.4 and 2.6 the road is closed.',
  ),
  leads: { road: 'try-sonota' },
  sources: ['SonOTA#58'],
};
const closed: Answer = {
  id: 'closed',
  label: text('pairing_answer_closed', 'From 1.6 to 1.9, or 2.6 or later'),
  why: text(
    'pairing_why_closed',
    'From 1.6, from 2.6 and in all of 3.x the firmware trusts only the servers of its maker, and nothing older can be put back.',
  ),
  leads: { road: 'serial' },
  sources: ['SonOTA#58', 'SonOTA#97', 'SonOTA#182'],
};

/** The answers of models without DIY mode: which versions SonOTA can talk to. */
export const oldFirmware: readonly Answer[] = [open1x, open2x, unreported, closed];
