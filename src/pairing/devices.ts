import { type Text, text } from '../core/text.ts';
import type { DeviceRow, ModelId, Standing } from './device-row.ts';
import { oddBulbs } from './sentences.ts';

const severalReports = text('pairing_device_many', 'Many have put Tasmota on it this way.');
const otherChip = text(
  'pairing_device_esp32',
  'Tasmota for the ESP8266 would destroy it, because there is an ESP32 inside.',
);
const noDiyMode = text(
  'pairing_device_no_diy',
  'It has no DIY mode, so its firmware version decides between SonOTA and a serial cable.',
);

/** Every model that something is known about, the good news first. */
export const devices: readonly DeviceRow[] = [
  {
    id: 'basicr3',
    name: 'BASICR3',
    chip: 'ESP8285 or ESP8266',
    group: 'diy',
    standing: 'works',
    note: severalReports,
    sources: ['itead#132', 'cli README', 'tasmota/docs Sonoff-DIY'],
  },
  {
    id: 'rfr3',
    name: 'RFR3',
    chip: 'ESP8285 or ESP8266',
    group: 'diy',
    standing: 'works',
    note: severalReports,
    sources: ['tasmota/docs Sonoff-DIY', 'cgomesu.com ota-tasmota-sonoff'],
  },
  {
    id: 'mini',
    name: 'MINI',
    chip: 'ESP8285 or ESP8266',
    group: 'diy',
    standing: 'works',
    note: severalReports,
    sources: ['itead#34', 'itead#75', 'itead#102', 'tasmota/docs Sonoff-DIY'],
  },
  {
    id: 'minir2',
    name: 'MINIR2',
    chip: 'ESP8285 or ESP8266',
    group: 'diy',
    standing: 'works',
    note: severalReports,
    sources: ['cli#18', 'cli#4', 'itead#95'],
  },
  {
    id: 'd1',
    name: 'D1',
    chip: 'ESP8285',
    group: 'diy',
    standing: 'reported',
    note: text(
      'pairing_device_d1',
      'One report says that it took Tasmota after it had been deleted from the eWeLink app.',
    ),
    sources: ['itead#137', 'SonoffLAN#251'],
  },
  {
    id: 'bulbs',
    name: 'B02-BL, B05-BL',
    chip: 'ESP8266',
    group: 'bulb',
    standing: 'refused',
    note: oddBulbs,
    sources: ['itead#129'],
  },
  {
    id: 'minir3',
    name: 'MINIR3',
    chip: 'ESP32-C3',
    group: 'esp32',
    standing: 'refused',
    note: text(
      'pairing_device_minir3',
      'It has a DIY mode, but there is an ESP32 inside, and Tasmota for the ESP8266 would destroy it.',
    ),
    sources: ['itead#132', 'itead#123', 'SonoffLAN devices.py'],
  },
  {
    id: 'dualr3',
    name: 'DUALR3',
    chip: 'ESP32',
    group: 'esp32',
    standing: 'refused',
    note: otherChip,
    sources: ['SonoffLAN devices.py', 'Tasmota TEMPLATES.md'],
  },
  {
    id: 'spm',
    name: 'SPM-Main',
    chip: 'ESP32',
    group: 'esp32',
    standing: 'refused',
    note: otherChip,
    sources: ['blakadder sonoff_SPM', 'SonoffLAN devices.py'],
  },
  {
    id: 'minir4',
    name: 'MINIR4',
    chip: 'ESP32-D0WD-V3',
    group: 'esp32',
    standing: 'refused',
    note: otherChip,
    sources: ['blakadder sonoff_MINIR4'],
  },
  {
    id: 'minir4m',
    name: 'MINIR4M',
    chip: 'ESP32-C3',
    group: 'esp32',
    standing: 'refused',
    note: text('pairing_device_locked', 'There is an ESP32 inside, and its maker has locked it.'),
    sources: ['esphome#716'],
  },
  {
    id: 'basicr4',
    name: 'BASICR4',
    chip: 'ESP32-C3',
    group: 'esp32',
    standing: 'refused',
    note: otherChip,
    sources: ['blakadder sonoff_BASICR4'],
  },
  {
    id: 's60',
    name: 'S60',
    chip: 'ESP32-C3',
    group: 'esp32',
    standing: 'refused',
    note: otherChip,
    sources: ['HG0161/SonoffS60OTA'],
  },
  {
    id: 'basic',
    name: 'Basic (R1, R2), S20',
    chip: 'ESP8266',
    group: 'without-diy',
    standing: 'other-road',
    note: noDiyMode,
    sources: ['SonOTA#70', 'SonOTA#58'],
  },
  {
    id: 'th',
    name: 'TH10, TH16',
    chip: 'ESP8266',
    group: 'without-diy',
    standing: 'other-road',
    note: noDiyMode,
    sources: ['cli#3', 'SonOTA#58'],
  },
  {
    id: 'pow',
    name: 'POW',
    chip: 'ESP8266',
    group: 'without-diy',
    standing: 'other-road',
    note: noDiyMode,
    sources: ['SonOTA#36', 'SonOTA#56'],
  },
  {
    id: 'multi',
    name: 'Dual, 4CH, 4CH Pro, T1',
    chip: 'ESP8266',
    group: 'without-diy',
    standing: 'other-road',
    note: noDiyMode,
    sources: ['SonOTA#107', 'SonOTA#143', 'Tasmota#582'],
  },
  {
    id: 's26',
    name: 'S26, S31',
    chip: 'ESP8266',
    group: 'without-diy',
    standing: 'other-road',
    note: noDiyMode,
    sources: ['cli#3', 'itead#120'],
  },
];

/** The standing of a model in two or three words. */
export const standings: Readonly<Record<Standing, { readonly title: Text }>> = {
  works: { title: text('pairing_standing_works', 'Works') },
  reported: { title: text('pairing_standing_reported', 'Reported to work') },
  refused: { title: text('pairing_standing_refused', 'Refused') },
  'other-road': { title: text('pairing_standing_other_road', 'Another road') },
};

/** The row of a model. */
export function deviceRow(id: ModelId): DeviceRow {
  const row = devices.find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`no row for ${id}`);
  return row;
}
