import { text } from '../core/text.ts';
import { safety } from './guide-safety.ts';
import { accessPointPassword, accessPointPrefix, devicePage, localName } from './names.ts';
import { homeAgain, mobileOff, pressInfo, stayThere, typeAddress } from './sentences.ts';
import type { Step } from './step.ts';

/** How long the button is held, each time (protocol v2.0). */
const hold = 5000;

const update: Step = {
  id: 'update',
  title: text('pairing_update', 'Update it once'),
  actions: [
    { says: text('pairing_update_add', 'Add the device to the eWeLink app.') },
    { says: text('pairing_update_firmware', 'Install the update that the app offers for it.') },
    { says: text('pairing_update_id', 'Write down the Device ID that the app shows.') },
    { says: text('pairing_update_remove', 'Delete the device from the app and so from your account.') },
  ],
  notes: [
    text(
      'pairing_update_why',
      'From firmware {version} on you need no jumper, so then this update can be left out.',
      { version: '3.5.0' },
    ),
    text(
      'pairing_update_account',
      'A device that stays in an account often refuses to be unlocked, so do not leave out the deleting.',
    ),
    text(
      'pairing_update_wifi',
      'Stay in reach of the Wi-Fi that you give it here, because later steps may fail without that.',
    ),
  ],
  troubles: ['still-in-account'],
  sources: ['tasmota/docs Sonoff-DIY', 'itead#90', 'itead#137', 'itead#75'],
};

const button: Step = {
  id: 'button',
  title: text('pairing_button', 'Hold the button twice'),
  actions: [
    { says: text('pairing_button_power', 'Switch the power of the device on.') },
    {
      says: text('pairing_button_first', 'Hold its button for {time}.', { time: { span: hold } }),
      lasts: hold,
      led: 'pairing',
    },
    { says: text('pairing_button_release', 'Let go of the button.') },
    {
      says: text('pairing_button_second', 'Hold the button for another {time}.', { time: { span: hold } }),
      lasts: hold,
      led: 'access-point',
    },
  ],
  notes: [
    text('pairing_button_window', 'The network of the device stays open for {time}.', {
      time: { span: 180_000 },
    }),
  ],
  troubles: ['no-own-network'],
  sources: ['protocol v2.0', 'tasmota/docs Sonoff-DIY', 'SonOTA README'],
};

const join: Step = {
  id: 'join',
  title: text('pairing_join', 'Join the network of the device'),
  actions: [
    { says: mobileOff },
    {
      says: text('pairing_join_network', 'Join the Wi-Fi network whose name begins with {name}.', {
        name: accessPointPrefix,
      }),
    },
    {
      says: text('pairing_join_password', 'Type the password {password}.', { password: accessPointPassword }),
      copy: accessPointPassword,
    },
    { says: stayThere },
  ],
  notes: [
    text('pairing_join_id', 'What follows {name} in its name is the Device ID.', { name: accessPointPrefix }),
  ],
  troubles: ['no-own-network'],
  sources: ['protocol v2.0', 'itead#75'],
};

const page: Step = {
  id: 'page',
  title: text('pairing_page', 'Tell it your Wi-Fi'),
  actions: [
    { says: text('pairing_page_open', 'Open {page}.', { page: devicePage }), copy: devicePage },
    { says: text('pairing_page_name', 'Enter the name of your Wi-Fi.') },
    { says: text('pairing_page_password', 'Enter its password.') },
    {
      says: text('pairing_page_wait', 'Wait {time} after you have saved it.', { time: { span: 20_000 } }),
      lasts: 20_000,
      led: 'joined',
    },
  ],
  notes: [
    text('pairing_page_band', 'It has to be a Wi-Fi at 2.4 GHz, because the device knows no other.'),
    text(
      'pairing_page_internet',
      'It has to lead to the Internet, because the device needs that for Unlock.',
    ),
  ],
  troubles: [
    'page-wrong-network',
    'page-mobile-data',
    'page-no-address',
    'page-old-wifi',
    'page-already-diy',
    'page-closed-again',
    'page-jumper-firmware',
    'password-signs',
  ],
  sources: ['protocol v2.0', 'itead#90', 'tasmota/docs Sonoff-DIY'],
};

const address: Step = {
  id: 'address',
  title: text('pairing_address', 'Find its address'),
  actions: [
    { says: homeAgain },
    { says: text('pairing_address_router', 'Open the list of devices in your router.') },
    {
      says: text('pairing_address_new', 'Look for a new device, often with the maker {maker}.', {
        maker: 'Espressif',
      }),
    },
    { says: typeAddress },
    { says: pressInfo },
  ],
  notes: [
    text('pairing_address_name', 'Many computers also find it by the name {name}.', {
      name: `${localName}1000abcdef.local`,
    }),
    text('pairing_address_own', 'Put your own Device ID in the place of {id} there.', { id: '1000abcdef' }),
  ],
  troubles: ['not-found', 'guest-network'],
  sources: ['tasmota/docs Sonoff-DIY', 'protocol v2.0', 'itead#8'],
};

/** The way into DIY mode from firmware 3.5.0 on: no jumper, only the button. */
export const buttonGuide: readonly Step[] = [safety, update, button, join, page, address];
