import { text } from '../core/text.ts';
import { infoFirst, keepPower } from './sentences.ts';
import type { Trouble } from './trouble.ts';

/** What goes wrong between Unlock and the last byte. */
export const flashingTroubles: readonly Trouble[] = [
  {
    id: 'unlock-hangs',
    when: 'flashing',
    symptom: text('pairing_trouble_unlock', 'Unlock goes on for minutes or ends with an empty reply.'),
    happened: text(
      'pairing_trouble_unlock_why',
      'The device asks its maker for permission over the Internet and gets no answer.',
    ),
    state: 'may-have-worked',
    remedy: [
      text('pairing_trouble_unlock_info', 'Press Info, because it may have worked all the same.'),
      text(
        'pairing_trouble_unlock_internet',
        'Let the device into the Internet, in the router and in any filter.',
      ),
      text('pairing_trouble_unlock_account', 'Delete it from the eWeLink app.'),
      text('pairing_trouble_unlock_again', 'Press Unlock again.'),
    ],
    sources: ['itead#45', 'itead#77', 'itead#92', 'itead#137', 'cli#2', 'cli#15'],
  },
  {
    id: 'no-range',
    when: 'flashing',
    symptom: text(
      'pairing_trouble_range',
      'The device asks the server for the beginning of the file again and again.',
    ),
    happened: text(
      'pairing_trouble_range_why',
      'The server sends the whole file instead of the part that was asked for.',
    ),
    state: 'doubt',
    remedy: [
      ...infoFirst,
      text('pairing_trouble_range_mirror', 'Choose a mirror that passes the test in the settings.'),
      text('pairing_trouble_range_again', 'Then flash again.'),
    ],
    sources: ['itead#10', 'Tasmota#6953'],
  },
  {
    id: 'host-name',
    when: 'flashing',
    symptom: text('pairing_trouble_host', 'The server has the file, but answers the device that it has not.'),
    happened: text(
      'pairing_trouble_host_why',
      'The device asks every server for {name}, whatever the address says.',
      {
        name: 'dl.itead.cn',
      },
    ),
    state: 'doubt',
    remedy: [
      ...infoFirst,
      text(
        'pairing_trouble_host_mirror',
        'Choose a mirror that answers to every name and passes the test in the settings.',
      ),
    ],
    sources: ['cli README', 'tasmota/docs Sonoff-DIY'],
  },
  {
    id: 'only-lan',
    when: 'flashing',
    symptom: text('pairing_trouble_lan', 'You have read that the file has to lie on a computer at home.'),
    happened: text(
      'pairing_trouble_lan_why',
      'Servers on the Internet often give a file out under one name only, and the device asks for another.',
    ),
    state: 'unchanged',
    remedy: [
      text(
        'pairing_trouble_lan_default',
        'Try the mirror that is chosen at first, which answers to every name.',
      ),
      text('pairing_trouble_lan_own', 'Run a mirror of your own if that fails.'),
    ],
    sources: ['itead#10', 'itead#75', 'itead#80'],
  },
  {
    id: 'too-large',
    when: 'flashing',
    symptom: text(
      'pairing_trouble_large',
      'The download starts and ends early, and the device goes on as before.',
    ),
    happened: text(
      'pairing_trouble_large_why',
      'The file is larger than the {size} that the device has room for.',
      {
        size: { bytes: 520_192 },
      },
    ),
    state: 'doubt',
    remedy: [
      ...infoFirst,
      text('pairing_trouble_large_lite', 'Choose a smaller firmware, such as {name}.', {
        name: 'tasmota-lite.bin',
      }),
    ],
    sources: ['itead#102', 'protocol v2.0'],
  },
  {
    id: 'wrong-digest',
    when: 'flashing',
    symptom: text('pairing_trouble_digest', 'The device says that the digest of the file is wrong.'),
    happened: text(
      'pairing_trouble_digest_why',
      'The digest had capital letters, or belonged to another file or an older one.',
    ),
    state: 'do-not-restart',
    remedy: [
      ...keepPower,
      text('pairing_trouble_digest_fetch', 'Fetch the firmware here once more.'),
      text('pairing_trouble_digest_again', 'Flash it again.'),
    ],
    sources: ['itead#75', 'itead#95', 'itead#97', 'itead#102'],
  },
  {
    id: 'mirror-down',
    when: 'flashing',
    symptom: text('pairing_trouble_down', 'The mirror does not answer when it is tested.'),
    happened: text('pairing_trouble_down_why', 'The mirror is down, or your network does not lead there.'),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_down_other', 'Choose another mirror in the settings.'),
      text('pairing_trouble_down_own', 'Run a mirror of your own if there is none.'),
    ],
    sources: ['cli#9'],
  },
  {
    id: 'bulb-request',
    when: 'flashing',
    symptom: text(
      'pairing_trouble_bulb',
      'The log of the server has a request without a slash before the name.',
    ),
    happened: text(
      'pairing_trouble_bulb_why',
      'The bulbs with firmware {version} ask in a way that no web server accepts.',
      {
        version: '1.4.1',
      },
    ),
    state: 'doubt',
    remedy: [...infoFirst, text('pairing_trouble_bulb_not', 'Do not flash these bulbs over the air.')],
    sources: ['itead#129'],
  },
  {
    id: 'no-verdict',
    when: 'flashing',
    symptom: text('pairing_trouble_verdict', 'The device took the command and says nothing more.'),
    happened: text(
      'pairing_trouble_verdict_why',
      'It tells only the mirror how the download ends, and an empty reply can come before a success.',
    ),
    state: 'doubt',
    remedy: [
      text('pairing_trouble_verdict_wait', 'Wait for five minutes.'),
      text('pairing_trouble_verdict_look', 'Look for a network whose name begins with {name}.', {
        name: 'tasmota',
      }),
      text('pairing_trouble_verdict_none', 'If there is none, ask the device itself.'),
      ...infoFirst,
    ],
    sources: ['itead#95', 'cli#6', 'cli README'],
  },
];
