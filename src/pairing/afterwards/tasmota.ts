import { text } from '../../core/text.ts';
import { setupPage } from '../names.ts';
import {
  homeAgain,
  mobileOff,
  openConsole,
  openSetup,
  pressSave,
  stayThere,
  waitWithPower,
} from '../sentences.ts';
import type { Step } from '../step.ts';
import { openFor } from './window.ts';

const tasmotaNetwork = 'tasmota-XXXXXX-####';

const join: Step = {
  id: 'tasmota-join',
  title: text('pairing_tasmota_join', 'Join the network of Tasmota'),
  actions: [
    { says: text('pairing_tasmota_join_wait', 'Wait until the device has restarted.') },
    { says: mobileOff },
    {
      says: text('pairing_tasmota_join_network', 'Join the network {name}, which has no password.', {
        name: tasmotaNetwork,
      }),
      lasts: openFor,
    },
    { says: stayThere },
  ],
  notes: [
    text('pairing_tasmota_join_names', 'Each {x} and {sign} stands for a letter or digit of your device.', {
      x: 'X',
      sign: '#',
    }),
    text('pairing_tasmota_join_older', 'Older releases write {names} instead.', {
      names: { any: ['tasmota_XXXXXX-####', 'tasmota-####', 'sonoff-####'] },
    }),
    text('pairing_tasmota_join_window', 'The network stays open for {time} after each start.', {
      time: { span: openFor },
    }),
  ],
  troubles: ['no-new-network', 'new-network-gone', 'bare-chip'],
  sources: ['tasmota/docs Getting-Started', 'itead#75'],
};

const wifi: Step = {
  id: 'tasmota-wifi',
  title: text('pairing_tasmota_wifi', 'Give it your Wi-Fi'),
  actions: [
    { says: openSetup, copy: setupPage },
    { says: text('pairing_tasmota_wifi_choose', 'Choose your Wi-Fi.') },
    { says: text('pairing_tasmota_wifi_password', 'Type its password and compare it sign by sign.') },
    { says: pressSave },
    { says: text('pairing_tasmota_wifi_note', 'Write down the address that it shows.') },
    { says: homeAgain },
    { says: text('pairing_tasmota_wifi_visit', 'Open that address.') },
  ],
  notes: [
    text('pairing_tasmota_wifi_new', 'The address may be another one than before.'),
    text('pairing_tasmota_wifi_minimal', 'A page that offers no Wi-Fi belongs to a minimal build.'),
  ],
  troubles: ['setup-page-closed', 'minimal'],
  sources: ['tasmota/docs Getting-Started'],
};

const reset: Step = {
  id: 'tasmota-reset',
  title: text('pairing_tasmota_reset', 'Clear what is left of the old firmware'),
  actions: [
    { says: openConsole },
    { says: text('pairing_tasmota_reset_send', 'Send {command}.', { command: 'Reset 5' }), copy: 'Reset 5' },
    {
      says: text('pairing_tasmota_reset_wait', 'Wait for a minute without cutting the power.'),
      lasts: 60_000,
    },
  ],
  notes: [
    text(
      'pairing_tasmota_reset_why',
      'Without it the first upgrade can read the remains as settings, and the device does not come back.',
    ),
    text('pairing_tasmota_reset_keeps', 'Your Wi-Fi is kept, and all other settings are set back.'),
  ],
  troubles: ['upgrade-bricked'],
  sources: ['Tasmota#6333', 'Tasmota#6358', 'Tasmota#6514', 'tasmota/docs Commands'],
};

const upgrade: Step = {
  id: 'tasmota-upgrade',
  title: text('pairing_tasmota_upgrade', 'Upgrade to the full build'),
  actions: [
    { says: openConsole },
    {
      says: text('pairing_tasmota_upgrade_url', 'Send {command} with the first address of the way below.', {
        command: 'OtaUrl',
      }),
    },
    {
      says: text('pairing_tasmota_upgrade_start', 'Send {command}.', { command: 'Upgrade 1' }),
      copy: 'Upgrade 1',
    },
    {
      says: waitWithPower,
      lasts: 300_000,
    },
    { says: text('pairing_tasmota_upgrade_next', 'Go on with the next address until there is none left.') },
  ],
  notes: [
    text('pairing_tasmota_upgrade_optional', 'You can stay with the lite build if it has all that you need.'),
    text(
      'pairing_tasmota_upgrade_steps',
      'From an old release the way has several stops, and none may be left out.',
    ),
    text(
      'pairing_tasmota_upgrade_minimal',
      'Tasmota takes a minimal build as a step in between by itself, which is right here and wrong only as the first image.',
    ),
  ],
  troubles: ['upgrade-bricked'],
  sources: ['Tasmota RELEASENOTES.md', 'tasmota/docs Upgrading'],
};

const template: Step = {
  id: 'tasmota-template',
  title: text('pairing_tasmota_template', 'Tell it which model it is in'),
  actions: [
    { says: text('pairing_tasmota_template_copy', 'Copy the template of your model.') },
    { says: text('pairing_tasmota_template_open', 'Open Configuration and there Configure Other.') },
    { says: text('pairing_tasmota_template_paste', 'Paste it into the field Template.') },
    { says: text('pairing_tasmota_template_activate', 'Tick Activate.') },
    { says: pressSave },
    { says: text('pairing_tasmota_template_try', 'Switch it on and off once with nothing connected to it.') },
  ],
  notes: [
    text(
      'pairing_tasmota_template_model',
      'Go by the name that is printed on the device, because a wrong template switches the wrong pins.',
    ),
    text('pairing_tasmota_template_version', 'These templates are for Tasmota {version} and later.', {
      version: '9.1',
    }),
    text('pairing_tasmota_template_last', 'It comes last, because clearing the settings would clear it too.'),
  ],
  troubles: [],
  sources: ['tasmota/docs Templates', 'Tasmota TEMPLATES.md'],
};

/** From the flash to a device that is set up. `Reset 5` clears a template, so the template comes after it. */
export const tasmotaSteps: readonly Step[] = [join, wifi, reset, upgrade, template];
