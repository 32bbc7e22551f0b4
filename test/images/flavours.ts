/** The strings and words by which real builds can be told apart, for the images that tests build. */

/** Whose firmware an image pretends to be. `tasmota-minimal-translated` lacks the English sentence. */
export type ImageFlavour =
  | 'tasmota-lite'
  | 'tasmota-minimal'
  | 'tasmota-minimal-translated'
  | 'tasmota'
  | 'tasmota-sensors'
  | 'tasmota-ir'
  | 'tasmota-DE'
  | 'esphome'
  | 'espurna'
  | 'unknown';

const tasmotaCommon = (core: string, project = 'Project') => [
  `${project} %s - %s Version %s%s-${core}(%s)`,
  "<a href='https://bit.ly/tasmota' target='_blank' style='color:#aaa;'>Tasmota %s by Theo Arends</a>",
  `{"StatusFWR":{"Version":"%s%s","BuildDateTime":"%s","Boot":%d,"Core":"${core}","SDK":"%s","Hardware":"%s"%s}}`,
  'tasmota|minimal|sensors|knx|lite|display|ir',
  'core_esp8266_main.cpp',
  '2.2.2-dev(38a443e)',
  'Sep  9 2020',
];

const otaUrl = (name: string) => `http://ota.tasmota.com/tasmota/release/${name}.bin.gz`;
const page = (language: string) => `<!DOCTYPE html><html lang="${language}" class=""><head>`;
const upgradePath = '%s-minimal%s';

const full = (name: string, language = 'en') => [
  ...tasmotaCommon('2_7_4_1', language === 'de' ? 'Projekt' : 'Project'),
  upgradePath,
  otaUrl(name),
  page(language),
];

const table: Record<ImageFlavour, (version: string) => readonly string[]> = {
  'tasmota-lite': () => full('tasmota-lite'),
  'tasmota-minimal': () => [
    ...tasmotaCommon('2_7_4_1'),
    otaUrl('tasmota'),
    page('en'),
    '<h3>MINIMAL firmware<br>please upgrade</h3>',
  ],
  'tasmota-minimal-translated': () => [
    ...tasmotaCommon('2_7_4_1', 'Projekt'),
    otaUrl('tasmota'),
    page('de'),
    '<h3>MINIMAL-Firmware<br>bitte aktualisieren</h3>',
  ],
  tasmota: () => [...full('tasmota'), 'Configure Domoticz', 'homeassistant/status'],
  'tasmota-sensors': () => full('tasmota-sensors'),
  'tasmota-ir': () => full('tasmota-ir'),
  'tasmota-DE': () => full('tasmota-DE', 'de'),
  esphome: (version) => [
    'Project acme.relay version 1.0',
    `ESPHome version ${version} compiled on %s`,
    ` (esphome v${version})`,
    version,
    'esp8285',
    'acme.relay',
    'core_esp8266_main.cpp',
  ],
  espurna: (version) => [
    'ESPURNA',
    `ESPURNA ${version}`,
    'https://github.com/xoseperez/espurna',
    'core_esp8266_main.cpp',
  ],
  unknown: () => ['core_esp8266_main.cpp', 'Hello, switch!'],
};

/** The NUL-terminated strings of a build of this flavour. */
export function flavourStrings(flavour: ImageFlavour, version: string): readonly string[] {
  return table[flavour](version);
}

/** The words around Tasmota's version number: the settings' mark 4617, the version, and the version marker. */
export function versionWords(flavour: ImageFlavour, version: string): readonly number[] {
  if (!flavour.startsWith('tasmota')) return [];
  const [major = 0, minor = 0, patch = 0, build = 0] = version.split('.').map(Number);
  const word = ((major << 24) | (minor << 16) | (patch << 8) | build) >>> 0;
  return [4617, word, 0xf0c11209, 0x5aa55aa5, major >= 9 ? 0xffffffff : word, 0xa55aa55a];
}
