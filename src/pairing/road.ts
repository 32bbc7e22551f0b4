import { type Text, text } from '../core/text.ts';
import { nothingChanged } from './sentences.ts';

/** Where the questions lead. */
export type RoadId =
  | 'diy'
  | 'diy-jumper'
  | 'update-first'
  | 'sonota'
  | 'try-sonota'
  | 'serial'
  | 'refused'
  | 'page-closed'
  | 'not-pairing'
  | 'afterwards';

/** A way to other firmware, or the reason why there is none. */
export interface Road {
  readonly id: RoadId;
  readonly title: Text;
  /** What to do, and what to expect. */
  readonly says: readonly Text[];
  /** The part of the guide that goes on from here. */
  readonly goesOn: 'button' | 'jumper' | 'troubles' | 'afterwards' | null;
  /** A page on the web that goes on from here. */
  readonly link: string | null;
  readonly sources: readonly string[];
}

const sonota = 'https://github.com/mirko/SonOTA';
const serialPage = 'https://tasmota.github.io/docs/Getting-Started/';

const sonotaSays: readonly Text[] = [
  text(
    'pairing_sonota_program',
    'SonOTA is another program, which you run on a computer with Python and Wi-Fi.',
  ),
  text('pairing_sonota_switch', 'You have to join another Wi-Fi network two or three times while it works.'),
  text('pairing_sonota_address', 'In the network {name} your computer has to have the address {address}.', {
    name: 'FinalStage',
    address: '192.168.4.2',
  }),
  text(
    'pairing_sonota_firewall',
    'Let your firewall accept connections at the ports {ports} until it is done.',
    {
      ports: { all: ['8443', '8080', '8081'] },
    },
  ),
  text('pairing_sonota_time', 'Expect it to take from three to eight minutes.'),
  text(
    'pairing_sonota_power',
    'Keep the power on all the time, since a device that stops half way needs a serial cable.',
  ),
  text('pairing_sonota_signal', 'Keep the device close to the router and to your computer.'),
];

const serialSays: readonly Text[] = [
  text(
    'pairing_serial_mains',
    'Take the device off the mains, and never connect a serial adapter before you have.',
  ),
  text(
    'pairing_serial_adapter',
    'You need a serial adapter for 3.3 volts, four wires and a way to fix them.',
  ),
  text(
    'pairing_serial_backup',
    'This is the only road on which the original firmware can be read out and kept.',
  ),
  text('pairing_serial_close', 'Close the device before it goes back to the mains.'),
];

/** Every road. */
export const roads: Readonly<Record<RoadId, Road>> = {
  diy: {
    id: 'diy',
    title: text('pairing_road_diy', 'DIY mode'),
    says: [
      text('pairing_road_diy_go', 'Follow the guide with the button.'),
      text('pairing_road_diy_then', 'Then this extension does the rest over Wi-Fi.'),
    ],
    goesOn: 'button',
    link: null,
    sources: ['protocol v2.0', 'cli README'],
  },
  'diy-jumper': {
    id: 'diy-jumper',
    title: text('pairing_road_jumper', 'DIY mode with the jumper'),
    says: [
      text('pairing_road_jumper_go', 'Follow the guide with the jumper.'),
      text(
        'pairing_road_jumper_or',
        'You can also update the device in the eWeLink app and use the button instead.',
      ),
    ],
    goesOn: 'jumper',
    link: null,
    sources: ['protocol v1.4', 'tasmota/docs Sonoff-DIY'],
  },
  'update-first': {
    id: 'update-first',
    title: text('pairing_road_update', 'Update first'),
    says: [
      text('pairing_road_update_go', 'Update the device in the eWeLink app.'),
      text('pairing_road_update_then', 'Then follow the guide with the button.'),
    ],
    goesOn: 'button',
    link: null,
    sources: ['tasmota/docs Sonoff-DIY', 'itead#13'],
  },
  sonota: {
    id: 'sonota',
    title: text('pairing_road_sonota', 'SonOTA'),
    says: sonotaSays,
    goesOn: null,
    link: sonota,
    sources: ['SonOTA README', 'SonOTA#30', 'SonOTA#36', 'SonOTA#58'],
  },
  'try-sonota': {
    id: 'try-sonota',
    title: text('pairing_road_try_sonota', 'Try SonOTA, else a serial cable'),
    says: [
      text(
        'pairing_road_try_sonota_how',
        'Try SonOTA, because only the attempt shows whether your firmware allows it.',
      ),
      text(
        'pairing_road_try_sonota_harm',
        'A firmware that does not allow it leaves before anything is written.',
      ),
      text(
        'pairing_road_try_sonota_else',
        'Take a serial cable if the device leaves without asking for a file.',
      ),
      ...sonotaSays,
    ],
    goesOn: null,
    link: sonota,
    sources: ['SonOTA README', 'SonOTA#58'],
  },
  serial: {
    id: 'serial',
    title: text('pairing_road_serial', 'A serial cable'),
    says: serialSays,
    goesOn: null,
    link: serialPage,
    sources: ['tasmota/docs Getting-Started', 'SonOTA#58'],
  },
  refused: {
    id: 'refused',
    title: text('pairing_road_refused', 'Not with this extension'),
    says: [
      text('pairing_road_refused_no', 'Do not flash this model over the air.'),
      nothingChanged,
      text(
        'pairing_road_refused_read',
        'Look your model up to learn whether there is other firmware for its chip.',
      ),
    ],
    goesOn: null,
    link: 'https://templates.blakadder.com/sonoff.html',
    sources: ['itead#129', 'itead#132', 'HG0161/SonoffS60OTA'],
  },
  'page-closed': {
    id: 'page-closed',
    title: text('pairing_road_page_closed', 'The page of the device does not open'),
    says: [
      nothingChanged,
      text('pairing_road_page_closed_go', 'Go through the reasons for which the page stays closed.'),
      text(
        'pairing_road_page_closed_else',
        'If none of them helps, the model has no DIY mode, and what is left is a serial cable.',
      ),
    ],
    goesOn: 'troubles',
    link: null,
    sources: ['itead#90', 'itead#103', 'itead#120', 'protocol v2.0'],
  },
  'not-pairing': {
    id: 'not-pairing',
    title: text('pairing_road_not_pairing', 'Not in pairing mode yet'),
    says: [
      nothingChanged,
      text(
        'pairing_road_not_pairing_again',
        'Hold its button for 5 seconds, twice, and look for its network again.',
      ),
      text(
        'pairing_road_not_pairing_near',
        'Do it next to the device, with a phone or computer that knows 2.4 GHz.',
      ),
    ],
    goesOn: 'button',
    link: null,
    sources: ['protocol v2.0', 'SonOTA README'],
  },
  afterwards: {
    id: 'afterwards',
    title: text('pairing_road_afterwards', 'Tasmota is already there'),
    says: [
      text('pairing_road_afterwards_go', 'Do not flash it again.'),
      text('pairing_road_afterwards_then', 'Set it up as described for the time after flashing.'),
    ],
    goesOn: 'afterwards',
    link: null,
    sources: ['tasmota/docs Getting-Started'],
  },
};
