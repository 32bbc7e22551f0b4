import { text } from '../../core/text.ts';
import { setupPage } from '../names.ts';
import { openSetup } from '../sentences.ts';
import type { Step } from '../step.ts';

const find: Step = {
  id: 'esphome-find',
  title: text('pairing_esphome_find', 'Find it in your network'),
  actions: [
    { says: text('pairing_esphome_find_wait', 'Wait for two minutes.'), lasts: 120_000 },
    {
      says: text('pairing_esphome_find_router', 'Look in your router for the name from your configuration.'),
    },
    {
      says: text(
        'pairing_esphome_find_address',
        'Type its address into this extension to check what runs there.',
      ),
    },
  ],
  notes: [
    text('pairing_esphome_find_inside', 'ESPHome has your Wi-Fi in the image, so it joins by itself.'),
    text('pairing_esphome_find_ha', 'Home Assistant offers to add it when both are in the same network.'),
    text('pairing_esphome_find_page', 'It has a page of its own only if your configuration says so.'),
  ],
  troubles: ['bare-chip'],
  sources: ['esphome.io wifi'],
};

const hotspot: Step = {
  id: 'esphome-hotspot',
  title: text('pairing_esphome_hotspot', 'If it does not appear'),
  actions: [
    {
      says: text(
        'pairing_esphome_hotspot_look',
        'Look for the fallback network that your configuration names.',
      ),
    },
    { says: text('pairing_esphome_hotspot_join', 'Join it with the password from your configuration.') },
    { says: openSetup, copy: setupPage },
    { says: text('pairing_esphome_hotspot_enter', 'Enter name and password of your Wi-Fi.') },
  ],
  notes: [
    text(
      'pairing_esphome_hotspot_when',
      'It opens a minute or more after the device has failed to join your Wi-Fi.',
    ),
    text(
      'pairing_esphome_hotspot_none',
      'Without such a network in the configuration only a serial cable helps.',
    ),
    text('pairing_esphome_hotspot_cycles', 'The seven power cycles are for Tasmota and do nothing here.'),
  ],
  troubles: ['bare-chip'],
  sources: ['esphome.io wifi'],
};

/** From the flash of an ESPHome image to a device that is found. */
export const esphomeSteps: readonly Step[] = [find, hotspot];
