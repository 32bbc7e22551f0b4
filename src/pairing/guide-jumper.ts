import { text } from '../core/text.ts';
import { safety } from './guide-safety.ts';
import { jumperNetwork, localName } from './names.ts';
import { offTheMains, pressInfo, typeAddress } from './sentences.ts';
import type { Step } from './step.ts';

const hotspot: Step = {
  id: 'jumper-network',
  title: text('pairing_jumper_network', 'Make the network it looks for'),
  actions: [
    {
      says: text('pairing_jumper_network_name', 'Set up a Wi-Fi at 2.4 GHz with the name {name}.', {
        name: jumperNetwork.name,
      }),
      copy: jumperNetwork.name,
    },
    {
      says: text('pairing_jumper_network_password', 'Give it the password {password}.', {
        password: jumperNetwork.password,
      }),
      copy: jumperNetwork.password,
    },
    { says: text('pairing_jumper_network_internet', 'Let this network lead to the Internet.') },
  ],
  notes: [
    text('pairing_jumper_network_where', 'The hotspot of a phone or a second Wi-Fi of your router will do.'),
    text('pairing_jumper_network_capitals', 'Capital letters count in the name.'),
    text(
      'pairing_jumper_network_why',
      'The device asks its maker for permission to be flashed, so without the Internet unlocking never ends.',
    ),
  ],
  troubles: ['unlock-hangs'],
  sources: ['protocol v1.4', 'tasmota/docs Sonoff-DIY', 'itead#24', 'itead#33'],
};

const jumper: Step = {
  id: 'jumper',
  title: text('pairing_jumper', 'Set the OTA jumper'),
  actions: [
    { says: offTheMains },
    { says: text('pairing_jumper_open', 'Open its lid.') },
    { says: text('pairing_jumper_set', 'Put a jumper on the two pins that are marked OTA.') },
    { says: text('pairing_jumper_close', 'Close the lid.') },
    { says: text('pairing_jumper_on', 'Switch the power on.'), led: 'joined' },
  ],
  notes: [
    text(
      'pairing_jumper_update',
      'You can leave the jumper out if the eWeLink app updates the device to {version}.',
      {
        version: '3.5.0',
      },
    ),
    text('pairing_jumper_ignored', 'From firmware {version} on the device takes no notice of the jumper.', {
      version: '3.5.0',
    }),
    text(
      'pairing_jumper_remove',
      'Take the jumper out again when Tasmota runs, with the device off the mains.',
    ),
  ],
  troubles: ['jumper-old-wifi'],
  sources: ['protocol v1.4', 'tasmota/docs Sonoff-DIY', 'support.itead.cc 11000029782'],
};

const identity: Step = {
  id: 'jumper-id',
  title: text('pairing_jumper_id', 'Find its address and its ID'),
  actions: [
    {
      says: text('pairing_jumper_id_join', 'Join the network {name} yourself.', { name: jumperNetwork.name }),
    },
    { says: text('pairing_jumper_id_list', 'Open the list of devices in that network.') },
    {
      says: text('pairing_jumper_id_note', 'Write down the number that follows {name} in its name.', {
        name: localName,
      }),
    },
    { says: typeAddress },
    { says: pressInfo },
    { says: text('pairing_jumper_id_ask', 'Type that number as the Device ID when you are asked for it.') },
  ],
  notes: [
    text(
      'pairing_jumper_id_why',
      'This firmware can want its Device ID in every request, and does not tell it by itself.',
    ),
    text('pairing_jumper_id_app', 'The eWeLink app shows the Device ID too.'),
  ],
  troubles: ['not-found', 'empty-id'],
  sources: ['protocol v1.4', 'tasmota/docs Sonoff-DIY', 'itead#34'],
};

/** The way into DIY mode with firmware 3.3 and 3.4. */
export const jumperGuide: readonly Step[] = [safety, hotspot, jumper, identity];
