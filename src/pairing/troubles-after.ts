import { text } from '../core/text.ts';
import { setupPage } from './names.ts';
import { infoFirst, offTheMains } from './sentences.ts';
import type { Trouble } from './trouble.ts';

/** What goes wrong when the new firmware is on the device. */
export const laterTroubles: readonly Trouble[] = [
  {
    id: 'no-new-network',
    when: 'after',
    symptom: text('pairing_trouble_no_ap', 'No network whose name begins with {name} appears.', {
      name: 'tasmota',
    }),
    happened: text(
      'pairing_trouble_no_ap_why',
      'Tasmota has read settings out of what the old firmware left behind.',
    ),
    state: 'probably-flashed',
    remedy: [
      text(
        'pairing_trouble_no_ap_heed',
        'Leave the power on as long as this extension tells you to, whatever the LED does.',
      ),
      text('pairing_trouble_no_ap_wait', 'Wait for five minutes after the flash.'),
      text('pairing_trouble_no_ap_proof', 'Make sure that the device no longer answers to Info.'),
      text('pairing_trouble_no_ap_cycles', 'Then clear the settings with the seven power cycles.'),
    ],
    sources: ['cli#4', 'cli#5', 'itead#62', 'tasmota/docs Device-Recovery'],
  },
  {
    id: 'new-network-gone',
    when: 'after',
    symptom: text('pairing_trouble_ap_gone', 'The network of Tasmota was there and has gone.'),
    happened: text(
      'pairing_trouble_ap_gone_why',
      'Tasmota keeps it open for three minutes after each start.',
    ),
    state: 'flashed',
    remedy: [
      text(
        'pairing_trouble_ap_gone_again',
        'Switch the power off and on once, and the three minutes begin anew.',
      ),
    ],
    sources: ['tasmota/docs Getting-Started', 'itead#75'],
  },
  {
    id: 'setup-page-closed',
    when: 'after',
    symptom: text('pairing_trouble_setup', 'The page {page} does not open.', { page: setupPage }),
    happened: text(
      'pairing_trouble_setup_why',
      'A phone asks for it over mobile data, or a computer has left the network.',
    ),
    state: 'flashed',
    remedy: [
      text('pairing_trouble_setup_mobile', 'Switch mobile data off.'),
      text('pairing_trouble_setup_join', 'Join the network of Tasmota again.'),
    ],
    sources: ['itead#75'],
  },
  {
    id: 'minimal',
    when: 'after',
    symptom: text('pairing_trouble_minimal', 'Tasmota runs, but there is no way to set up its Wi-Fi.'),
    happened: text('pairing_trouble_minimal_why', 'A minimal build was flashed, which has no page for that.'),
    state: 'flashed',
    remedy: [offTheMains, text('pairing_trouble_minimal_serial', 'Flash a lite build with a serial cable.')],
    sources: ['itead#80', 'Tasmota#6102', 'Tasmota#8217'],
  },
  {
    id: 'upgrade-bricked',
    when: 'after',
    symptom: text(
      'pairing_trouble_upgrade',
      'The device does not come back after the first upgrade of Tasmota.',
    ),
    happened: text(
      'pairing_trouble_upgrade_why',
      'What the old firmware left behind was taken for settings by the new one.',
    ),
    state: 'lost',
    remedy: [
      text('pairing_trouble_upgrade_cycles', 'Try the seven power cycles first.'),
      text('pairing_trouble_upgrade_mains', 'If they do not help, take the device off the mains.'),
      text('pairing_trouble_upgrade_serial', 'Then erase and flash it with a serial cable.'),
      text('pairing_trouble_upgrade_next', 'With the next device, send {command} before the first upgrade.', {
        command: 'Reset 5',
      }),
    ],
    sources: ['Tasmota#6333', 'Tasmota#6358', 'Tasmota#6514'],
  },
  {
    id: 'bare-chip',
    when: 'after',
    symptom: text(
      'pairing_trouble_bare',
      'A network appears that begins with {name}, or nothing for half an hour.',
      { name: 'ESP_' },
    ),
    happened: text('pairing_trouble_bare_why', 'No firmware starts.'),
    state: 'lost',
    remedy: [
      text(
        'pairing_trouble_bare_heed',
        'Leave the power on as long as this extension tells you to, since a dark LED proves nothing.',
      ),
      ...infoFirst,
      text('pairing_trouble_bare_mains', 'Only if there is none, take the device off the mains.'),
      text('pairing_trouble_bare_serial', 'Flash it with a serial cable.'),
    ],
    sources: ['Tasmota#6358'],
  },
  {
    id: 'want-stock-back',
    when: 'after',
    symptom: text('pairing_trouble_stock', 'You want the original firmware back.'),
    happened: text(
      'pairing_trouble_stock_why',
      'It cannot be downloaded, and flashing over the air keeps no copy.',
    ),
    state: 'flashed',
    remedy: [
      text(
        'pairing_trouble_stock_read',
        'Read it out with a serial cable before you flash, if you may ever want it.',
      ),
      text('pairing_trouble_stock_back', 'Put such a copy back with the same cable.'),
    ],
    sources: ['SonOTA#1', 'Tasmota#8936', 'tasmota/docs Sonoff-DIY'],
  },
];
