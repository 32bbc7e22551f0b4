import { text } from '../core/text.ts';
import { accessPointPrefix, devicePage, jumperNetwork, ownAddress } from './names.ts';
import { twiceAgain } from './sentences.ts';
import type { Trouble } from './trouble.ts';

/** What keeps a device from DIY mode. */
export const pairingTroubles: readonly Trouble[] = [
  {
    id: 'no-own-network',
    when: 'before',
    symptom: text('pairing_trouble_no_network', 'No network that begins with {name} appears.', {
      name: accessPointPrefix,
    }),
    happened: text(
      'pairing_trouble_no_network_why',
      'The button was held once only, or too shortly, or three minutes ago.',
    ),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_no_network_first', 'Hold the button for 5 seconds.'),
      text('pairing_trouble_no_network_release', 'Let go of it.'),
      text('pairing_trouble_no_network_second', 'Hold it for another 5 seconds.'),
      text(
        'pairing_trouble_no_network_look',
        'Look for the network within three minutes, next to the device.',
      ),
    ],
    sources: ['protocol v2.0', 'itead#9', 'SonOTA#83'],
  },
  {
    id: 'page-wrong-network',
    when: 'before',
    symptom: text('pairing_trouble_page', 'The page {page} does not open.', { page: devicePage }),
    happened: text(
      'pairing_trouble_page_network',
      'Your computer has left the network of the device for one with Internet.',
    ),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_page_network_join', 'Join the network of the device again.'),
      text(
        'pairing_trouble_page_network_cable',
        'Pull the network cable out of your computer while you do this.',
      ),
    ],
    sources: ['itead#87', 'itead#94'],
  },
  {
    id: 'page-mobile-data',
    when: 'before',
    symptom: text('pairing_trouble_mobile', 'The page {page} does not open on a phone.', {
      page: devicePage,
    }),
    happened: text('pairing_trouble_mobile_why', 'The phone asks for the page over mobile data.'),
    state: 'unchanged',
    remedy: [text('pairing_trouble_mobile_off', 'Switch mobile data off until the page has been saved.')],
    sources: ['itead#75'],
  },
  {
    id: 'page-no-address',
    when: 'before',
    symptom: text(
      'pairing_trouble_no_address',
      'Your computer is in the network of the device, but has got no address.',
    ),
    happened: text(
      'pairing_trouble_no_address_why',
      'Some systems, Windows among them, do not take the one the device offers.',
    ),
    state: 'unchanged',
    remedy: [
      text(
        'pairing_trouble_no_address_set',
        'Give your computer the address {address} with the mask {mask}.',
        {
          address: ownAddress.address,
          mask: ownAddress.mask,
        },
      ),
      text('pairing_trouble_no_address_router', 'Enter {router} as the router if you are asked for one.', {
        router: ownAddress.router,
      }),
      text('pairing_trouble_no_address_back', 'Set it back to automatic when you are done.'),
    ],
    sources: ['tasmota/docs Sonoff-DIY', 'itead#103'],
  },
  {
    id: 'page-old-wifi',
    when: 'before',
    symptom: text(
      'pairing_trouble_old_wifi',
      'The device was in another Wi-Fi before, and its page does not open.',
    ),
    happened: text(
      'pairing_trouble_old_wifi_why',
      'The page stays closed as long as the earlier Wi-Fi is out of reach.',
    ),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_old_wifi_near', 'Bring the device into reach of its earlier Wi-Fi.'),
      text('pairing_trouble_old_wifi_same', 'If that is gone, give a hotspot the same name and password.'),
      text(
        'pairing_trouble_old_wifi_app',
        'If you do not know them, add the device to the eWeLink app once more.',
      ),
      text('pairing_trouble_old_wifi_again', 'Then hold the button twice again.'),
    ],
    sources: ['itead#90'],
  },
  {
    id: 'page-already-diy',
    when: 'before',
    symptom: text('pairing_trouble_already', 'The device was set up before, and its page does not open.'),
    happened: text(
      'pairing_trouble_already_why',
      'A device that is in DIY mode already shows no page any more.',
    ),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_already_look', 'Look for its address in your router.'),
      text('pairing_trouble_already_info', 'Press Info with that address.'),
      text(
        'pairing_trouble_already_wifi',
        'If its Wi-Fi is gone, add it to the eWeLink app, which ends DIY mode.',
      ),
      text('pairing_trouble_already_over', 'Then start over from the first step.'),
    ],
    sources: ['protocol v2.0', 'itead#109'],
  },
  {
    id: 'page-closed-again',
    when: 'before',
    symptom: text(
      'pairing_trouble_closed',
      'The network of the device disappears while you are filling in its page.',
    ),
    happened: text('pairing_trouble_closed_why', 'The device closes its network after three minutes.'),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_closed_ready', 'Lay the name and the password of your Wi-Fi ready.'),
      twiceAgain,
    ],
    sources: ['SonOTA README'],
  },
  {
    id: 'page-jumper-firmware',
    when: 'before',
    symptom: text('pairing_trouble_no_page', 'The network of the device is there, but it never had a page.'),
    happened: text(
      'pairing_trouble_no_page_why',
      'Firmware 3.3 and 3.4 has no such page and goes into DIY mode by a jumper.',
    ),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_no_page_update', 'Update the device in the eWeLink app to {version} or later.', {
        version: '3.5.0',
      }),
      text('pairing_trouble_no_page_jumper', 'If there is no update, follow the guide with the jumper.'),
    ],
    sources: ['protocol v1.4', 'itead#75'],
  },
  {
    id: 'password-signs',
    when: 'before',
    symptom: text('pairing_trouble_signs', 'The page was saved, but the device never appears in your Wi-Fi.'),
    happened: text(
      'pairing_trouble_signs_why',
      'It was not let in, because the password was mistyped or has signs it cannot send.',
    ),
    state: 'unchanged',
    remedy: [
      text(
        'pairing_trouble_signs_look',
        'Look at the LED, which flashes only once in a row as long as it is not let in.',
      ),
      twiceAgain,
      text('pairing_trouble_signs_type', 'Type the password once more.'),
      text(
        'pairing_trouble_signs_plain',
        'If that fails, use a Wi-Fi whose name and password have letters and digits only.',
      ),
    ],
    sources: ['itead#109', 'itead#110', 'SonOTA#90'],
  },
  {
    id: 'jumper-old-wifi',
    when: 'before',
    symptom: text(
      'pairing_trouble_jumper',
      'With the jumper in place the device does not come into {name}.',
      {
        name: jumperNetwork.name,
      },
    ),
    happened: text(
      'pairing_trouble_jumper_why',
      'It still looks for the Wi-Fi of the eWeLink app, or its firmware takes no jumper.',
    ),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_jumper_remove', 'Delete the device from the eWeLink app.'),
      text(
        'pairing_trouble_jumper_capitals',
        'Compare the name and the password of the network letter by letter.',
      ),
      text(
        'pairing_trouble_jumper_version',
        'If the app shows {version} or later, follow the guide with the button.',
        {
          version: '3.5.0',
        },
      ),
    ],
    sources: ['support.itead.cc 11000029782', 'protocol v1.4'],
  },
  {
    id: 'still-in-account',
    when: 'before',
    symptom: text('pairing_trouble_account', 'The device is still in the eWeLink app.'),
    happened: text(
      'pairing_trouble_account_why',
      'As long as it belongs to an account, it may not answer, or not let itself be unlocked.',
    ),
    state: 'unchanged',
    remedy: [
      text('pairing_trouble_account_delete', 'Delete the device from the app.'),
      text('pairing_trouble_account_again', 'Bring it into DIY mode once more.'),
    ],
    sources: ['itead#137', 'itead#75', 'itead#10'],
  },
];
