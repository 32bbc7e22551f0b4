const repositories: Readonly<Record<string, string>> = {
  itead: 'itead/Sonoff_Devices_DIY_Tools',
  cli: 'njh/sonoff-ota-flash-cli',
  SonoffLAN: 'AlexxIT/SonoffLAN',
  SonOTA: 'mirko/SonOTA',
  Tasmota: 'arendst/Tasmota',
  esphome: 'esphome/devices.esphome.io',
};

const pages: Readonly<Record<string, string>> = {
  'protocol v1.4':
    'https://github.com/itead/Sonoff_Devices_DIY_Tools/blob/master/SONOFF%20DIY%20MODE%20Protocol%20Doc%20v1.4.md',
  'protocol v2.0':
    'https://github.com/itead/Sonoff_Devices_DIY_Tools/blob/master/SONOFF%20DIY%20MODE%20Protocol%20Doc%20v2.0%20Doc.pdf',
  'tasmota/docs Sonoff-DIY': 'https://tasmota.github.io/docs/Sonoff-DIY/',
  'tasmota/docs Device-Recovery': 'https://tasmota.github.io/docs/Device-Recovery/',
  'tasmota/docs Getting-Started': 'https://tasmota.github.io/docs/Getting-Started/',
  'tasmota/docs Commands': 'https://tasmota.github.io/docs/Commands/',
  'tasmota/docs Templates': 'https://tasmota.github.io/docs/Templates/',
  'tasmota/docs Upgrading': 'https://tasmota.github.io/docs/Upgrading/',
  'Tasmota TEMPLATES.md': 'https://github.com/arendst/Tasmota/blob/development/TEMPLATES.md',
  'Tasmota RELEASENOTES.md': 'https://github.com/arendst/Tasmota/blob/development/RELEASENOTES.md',
  'esphome.io wifi': 'https://esphome.io/components/wifi/',
  'cli README': 'https://github.com/njh/sonoff-ota-flash-cli#readme',
  'SonOTA README': 'https://github.com/mirko/SonOTA#readme',
  'HG0161/SonoffS60OTA': 'https://github.com/HG0161/SonoffS60OTA',
  'SonoffLAN devices.py':
    'https://github.com/AlexxIT/SonoffLAN/blob/master/custom_components/sonoff/core/devices.py',
};

/** Where a source such as `itead#90` can be read; null for one that is not on the web. */
export function linkOf(source: string): string | null {
  const [, name = '', number] = /^([A-Za-z]+)#(\d+)$/.exec(source) ?? [];
  const [, template] = /^blakadder (\w+)$/.exec(source) ?? [];
  if (template !== undefined) return `https://templates.blakadder.com/${template}.html`;
  const repository = repositories[name];
  if (repository !== undefined) return `https://github.com/${repository}/issues/${number}`;
  return pages[source] ?? null;
}
