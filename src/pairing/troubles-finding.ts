import { text } from '../core/text.ts';
import type { Trouble } from './trouble.ts';

/** What keeps a device that is in DIY mode from being found and asked. */
export const findingTroubles: readonly Trouble[] = [
  {
    id: 'not-found',
    when: 'before',
    symptom: text('pairing_trouble_not_found', 'You do not find the address of the device.'),
    happened: text(
      'pairing_trouble_not_found_why',
      'Tools that search for it look into one network only, and routers hide names.',
    ),
    state: 'unchanged',
    remedy: [
      text(
        'pairing_trouble_not_found_led',
        'Look at the LED, which flashes twice in a row when the device is in your Wi-Fi.',
      ),
      text(
        'pairing_trouble_not_found_list',
        'Compare the list in your router with the devices that you know.',
      ),
      text('pairing_trouble_not_found_one', 'Leave all other networks, cables and VPNs on your computer.'),
    ],
    sources: ['itead#8', 'itead#16', 'itead#25', 'itead#35', 'itead#48', 'cli#7', 'cli#11'],
  },
  {
    id: 'guest-network',
    when: 'before',
    symptom: text('pairing_trouble_guest', 'The router shows the address, but the device does not answer.'),
    happened: text(
      'pairing_trouble_guest_why',
      'Guest networks, and some routers, keep the devices in them apart.',
    ),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_guest_same', 'Join the very Wi-Fi that the device is in.'),
      text('pairing_trouble_guest_isolation', 'Switch the isolation of Wi-Fi devices off in your router.'),
    ],
    sources: ['itead#35', 'itead#48'],
  },
  {
    id: 'empty-id',
    when: 'before',
    symptom: text('pairing_trouble_empty_id', 'Other tools get an empty reply or a reset from the device.'),
    happened: text(
      'pairing_trouble_empty_id_why',
      'Firmware {version} breaks off when it is sent an empty Device ID.',
      {
        version: '3.7.6',
      },
    ),
    state: 'unchanged',
    remedy: [
      text(
        'pairing_trouble_empty_id_info',
        'Press Info here, which leaves the Device ID out or sends the right one.',
      ),
      text('pairing_trouble_empty_id_type', 'Type the Device ID when you are asked for it.'),
    ],
    sources: ['cli#18', 'cli#19', 'cli#20', 'itead#95', 'itead#138'],
  },
  {
    id: 'exe-trojan',
    when: 'before',
    symptom: text('pairing_trouble_exe', 'Your virus scanner warns of the tool that the maker offers.'),
    happened: text('pairing_trouble_exe_why', 'Nobody has found out whether that warning is right.'),
    state: 'unchanged',
    remedy: [text('pairing_trouble_exe_not', 'Do not run it, since this extension needs no other program.')],
    sources: ['itead#36'],
  },
  {
    id: 'other-system',
    when: 'before',
    symptom: text('pairing_trouble_system', 'A guide on the web asks for Windows, a Mac or a command line.'),
    happened: text('pairing_trouble_system_why', 'The older tools run on one system each.'),
    state: 'unchanged',
    remedy: [
      text(
        'pairing_trouble_system_here',
        'Stay in this extension, which works the same wherever your browser runs.',
      ),
    ],
    sources: ['itead#12', 'itead#14', 'itead#38', 'cli#8', 'cli#11'],
  },
  {
    id: 'many-devices',
    when: 'before',
    symptom: text('pairing_trouble_many', 'You have many devices to flash.'),
    happened: text(
      'pairing_trouble_many_why',
      'A device takes one request at a time, and a mirror serves one after the other best.',
    ),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_many_first', 'Bring the first one to its end, with Tasmota set up.'),
      text('pairing_trouble_many_next', 'Then go on with the next, with the same firmware and mirror.'),
    ],
    sources: ['itead#8', 'itead#9', 'itead#16', 'cli#5'],
  },
];
