import { describe, expect, it } from 'vitest';
import { judgeKind } from '../../../src/firmware/checks/foreign-kinds.ts';
import { gzipName } from '../../../src/firmware/parse/archives.ts';
import { inspect } from '../../../src/firmware/parse/inspect.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import {
  bootLoaderAlone,
  chips,
  esp32Image,
  esp32WithCraftedApp,
  flashDump,
  gzipOf,
  haa,
  htmlPage,
  littleFs,
  microPython,
  mongooseUpdate,
  nodeMcu,
  otherChips,
  radioSettings,
  rboot,
  rbootProgram,
  rtosSdk,
  sdkProgram,
  sdkUserImage,
  sdkWhole,
  spiffs,
  tarOf,
  tuyaUpdate,
  withoutEboot,
  zipOf,
} from '../../images/other-files.ts';
import { saying, sayingJust } from '../saying.ts';
import { answerOf, checksOf, idsOf } from './judged.ts';

const good = buildImage();
const text = (content: string) => new TextEncoder().encode(content);

const others: readonly { name: string; bytes: Uint8Array; kind: string; says: RegExp }[] = [
  { name: 'nothing', bytes: new Uint8Array(), kind: 'empty', says: /an empty file/ },
  {
    name: 'a gzip',
    bytes: gzipOf(good),
    kind: 'gzip',
    says: /gzip archive of tasmota-lite\.bin.*never start again/,
  },
  { name: 'the first two bytes of a gzip', bytes: new Uint8Array([0x1f, 0x8b]), kind: 'gzip', says: /gzip/ },
  { name: 'a zip', bytes: zipOf(good), kind: 'zip', says: /zip archive/ },
  {
    name: 'an xz',
    bytes: new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 1]),
    kind: 'archive',
    says: /xz/,
  },
  { name: 'an ELF', bytes: new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0]), kind: 'elf', says: /ELF/ },
  { name: 'a web page', bytes: htmlPage(), kind: 'html', says: /web page/ },
  { name: 'an XML answer', bytes: text('<?xml version="1.0"?><Error/>'), kind: 'html', says: /web page/ },
  { name: 'a text', bytes: text('Not found\n'), kind: 'text', says: /text file/ },
  { name: 'JSON', bytes: text('{"error":404}'), kind: 'text', says: /text file/ },
  { name: 'user1.bin', bytes: sdkUserImage(), kind: 'sdk-user', says: /user1 or user2/ },
  {
    name: 'an image without eboot',
    bytes: withoutEboot(),
    kind: 'esp8266-without-eboot',
    says: /without the boot loader/,
  },
  { name: 'MicroPython', bytes: microPython(), kind: 'micropython', says: /MicroPython/ },
  { name: 'NodeMCU', bytes: nodeMcu(), kind: 'nodemcu', says: /NodeMCU/ },
  { name: 'HAA', bytes: haa(), kind: 'rboot', says: /HAA \(Home Accessory Architect\)/ },
  { name: 'rboot', bytes: rboot(), kind: 'rboot', says: /rboot/ },
  {
    name: 'a program for rboot',
    bytes: rbootProgram(),
    kind: 'rboot',
    says: /program for the boot loader rboot/,
  },
  { name: 'a program of the RTOS SDK', bytes: rtosSdk(), kind: 'rtos-sdk', says: /RTOS SDK/ },
  { name: 'a program of the SDK', bytes: sdkProgram(), kind: 'sdk', says: /made with Espressif's SDK/ },
  {
    name: 'a boot loader alone',
    bytes: bootLoaderAlone(),
    kind: 'esp8266-part',
    says: /boot loader for the ESP8266, and nothing else.*without the program/,
  },
  { name: 'radio settings', bytes: radioSettings(0), kind: 'esp8266-part', says: /radio settings/ },
  { name: 'newer radio settings', bytes: radioSettings(8), kind: 'esp8266-part', says: /radio settings/ },
  {
    name: "Tuya's update of an ESP8266",
    bytes: tuyaUpdate(sdkUserImage(), 0x33),
    kind: 'tuya-update',
    says: /Tuya.*for the ESP8266 in it.*all that is around/,
  },
  {
    name: "Tuya's update with a whole firmware",
    bytes: tuyaUpdate(good),
    kind: 'tuya-update',
    says: /Tuya/,
  },
  {
    name: "Tuya's update of another chip",
    bytes: tuyaUpdate(text('RBL\0')),
    kind: 'other-chip',
    says: /Tuya.*for a chip of Beken/,
  },
  {
    name: 'an update of Mongoose OS',
    bytes: mongooseUpdate(),
    kind: 'mongoose',
    says: /Mongoose OS \(a zip archive\)/,
  },
  { name: 'a zip', bytes: zipOf(good, 'fs.bin'), kind: 'zip', says: /zip archive/ },
  { name: 'a whole SDK firmware', bytes: sdkWhole(), kind: 'sdk', says: /whole Espressif SDK/ },
  { name: 'a file system (LittleFS)', bytes: littleFs(), kind: 'file-system', says: /LittleFS.*no program/ },
  { name: 'a file system (SPIFFS)', bytes: spiffs(), kind: 'file-system', says: /SPIFFS/ },
  {
    name: 'a small file system (SPIFFS)',
    bytes: spiffs(32_768, 4096),
    kind: 'file-system',
    says: /SPIFFS/,
  },
  { name: 'a dump of 1 MB', bytes: flashDump(good), kind: 'dump', says: /whole flash chip of 1 MB/ },
  {
    name: 'a dump of core 3 of 4 MB',
    bytes: flashDump(buildImage({ layout: 'core3' }), 4_194_304),
    kind: 'dump',
    says: /of 4 MB/,
  },
  {
    name: 'a dump with the firmware that came with the device',
    bytes: sdkWhole(1_048_576),
    kind: 'dump',
    says: /1 MB/,
  },
  ...otherChips.map(([name, bytes, says]) => ({
    name,
    bytes,
    kind: name === 'a partition table' || name === 'boot_app0.bin' ? 'esp32-part' : 'other-chip',
    says,
  })),
  { name: 'a tar', bytes: tarOf(), kind: 'archive', says: /tar archive/ },
  { name: 'zeros', bytes: new Uint8Array(5000), kind: 'unknown', says: /not firmware that this tool knows/ },
  { name: 'erased flash', bytes: new Uint8Array(5000).fill(0xff), kind: 'unknown', says: /not firmware/ },
  { name: 'a blank', bytes: new Uint8Array(4096).fill(0xff), kind: 'unknown', says: /only 0xff .*erased/ },
  { name: 'a block of one value', bytes: new Uint8Array(99), kind: 'unknown', says: /only 0x00 in it\./ },
  { name: 'one byte', bytes: new Uint8Array([0xe9]), kind: 'unknown', says: /not firmware/ },
];

describe('a file that is something else', () => {
  it.each(others)('$name', ({ bytes, kind, says }) => {
    expect(inspect(bytes).kind).toBe(kind);
    const check = checksOf(bytes).find(({ id }) => id === 'image-kind');
    expect(check?.answer).toBe('fail');
    expect(check?.sentence).toEqual(saying(says));
    expect(check?.action).toEqual(saying(/^[A-Z].*\.$/));
  });

  it.each(chips)('firmware for the %s', (chip) => {
    const inspection = inspect(esp32Image(chip));
    expect(inspection.kind).toBe('esp32');
    expect(inspection.chip).toBe(chip);
    const [check] = checksOf(esp32Image(chip));
    expect(check?.sentence).toEqual(
      sayingJust(
        `This is firmware for the ${chip}. A Sonoff in DIY mode has an ESP8266, which cannot run it.`,
      ),
    );
  });

  it('a factory image of an ESP32, with its boot loader at 0x1000', () => {
    const file = new Uint8Array(0x11000).fill(0xff);
    file.set(esp32Image('ESP32'), 0x1000);
    expect(inspect(file).chip).toBe('ESP32');
  });

  it('an ESP32 image that has an ESP8266 program at 0x1000', () => {
    expect(inspect(esp32WithCraftedApp()).kind).toBe('esp32');
    expect(answerOf(esp32WithCraftedApp())).toBe('fail');
  });

  it('a chip of the ESP32 family that nobody knows yet, by how its program describes itself', () => {
    const file = esp32Image('ESP32');
    const view = new DataView(file.buffer);
    view.setUint16(12, 0x77, true);
    view.setUint32(32, 0xabcd5432, true);
    expect(inspect(file)).toMatchObject({ kind: 'esp32', chip: 'ESP32' });
  });

  it('a factory image with its boot loader at 0x2000', () => {
    const file = new Uint8Array(0x12000).fill(0xff);
    file.set(esp32Image('ESP32-P4'), 0x2000);
    expect(inspect(file).chip).toBe('ESP32-P4');
  });

  it('a file cut off at the size of a chip is not taken for a dump', () => {
    const cut = buildImage({ size: 609_536 }).subarray(0, 524_288);
    expect(idsOf(cut, 'fail')).toEqual(expect.arrayContaining(['image-length', 'image-size']));
  });

  it('a good image that happens to have the texts of another kind stays good', () => {
    const strings = ['MicroPython', 'NodeMCU', 'rBoot v1', 'Home Accessory Architect', 'littlefs'];
    expect(answerOf(buildImage({ strings }))).toBe('pass');
  });

  it('an ESP8266 image whose header could be that of an ESP32', () => {
    const file = new Uint8Array(0x10100);
    file.set([0xe9, 1, 3, 0x20, 0xb8, 0, 0x10, 0x40, 0, 0, 0x10, 0x40, 0, 0, 1, 0]);
    expect(inspect(file).kind).toBe('esp8266-without-eboot');
  });

  it('an E9 image that is for neither', () => {
    const file = esp32Image('ESP32');
    file[23] = 0x55;
    expect(inspect(file).kind).toBe('unknown');
  });

  it('an EA image that has an ESP8266 program at 0x1000', () => {
    const file = good.slice();
    file.set(sdkUserImage().subarray(0, 0xf00));
    expect(answerOf(file)).toBe('fail');
  });

  it('is still told to be too large', () => {
    const checks = checksOf(new Uint8Array(520_193));
    expect(checks.filter(({ answer }) => answer === 'fail').map(({ id }) => id)).toEqual([
      'image-kind',
      'image-size',
    ]);
  });
});

describe('the layout', () => {
  it('shows every part of an image in its order', () => {
    expect(inspect(good).layout.map(({ kind, offset }) => [kind, offset])).toEqual([
      ['eboot', 0],
      ['padding', 0xe20],
      ['crc', 0xff8],
      ['header', 0x1000],
      ['segment', 0x1008],
      ['segment', 0x6ee0],
      ['segment', 0x7024],
      ['segment', 0x902c],
      ['segment', 0x9680],
      ['checksum', 0x9ffc],
    ]);
  });

  it('shows no CRC where there is none', () => {
    const kinds = inspect(buildImage({ crc: false })).layout.map(({ kind }) => kind);
    expect(kinds).not.toContain('crc');
  });

  it('shows bytes that do not belong', () => {
    const file = new Uint8Array(good.length + 100);
    file.set(good);
    expect(inspect(file).layout.at(-1)).toMatchObject({ kind: 'trailing', offset: good.length, size: 100 });
  });
});

describe('the name in a gzip', () => {
  const head = (flags: number, ...rest: number[]) =>
    Uint8Array.of(0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3, ...rest);
  const name = [...text('a.bin'), 0];

  it.each([
    ['where it stands', head(8, ...name), 'a.bin'],
    ['behind the extra field', head(12, 3, 0, 1, 2, 3, ...name), 'a.bin'],
    ['not when there is none', head(0, ...name), null],
    ['not when it does not end', head(8, ...text('a.bin')), null],
    ['not when it cannot be shown', head(8, ...text('a\n.bin'), 0), null],
    ['not when the file ends before it', head(12), null],
    ['not when the file ends before its flags', Uint8Array.of(0x1f, 0x8b), null],
    ['not when the file ends in the extra field’s length', head(12, 3), null],
  ])('is found %s', (_, bytes, found) => expect(gzipName(bytes)).toBe(found));
});

describe('the smallest files', () => {
  it.each([[0xea], [0xe9], [0xe9, 1], [0xea, 1, 0, 0]])('%i… are no firmware', (...bytes) => {
    expect(answerOf(Uint8Array.from(bytes))).toBe('fail');
  });
});

it('calls firmware of which no part can be read damaged', () => {
  const readable = inspect(good);
  expect(judgeKind(readable).answer).toBe('pass');
  const check = judgeKind({ ...readable, app: null, eboot: null });
  expect(check).toMatchObject({ answer: 'fail', sentence: saying('damaged') });
});

it('says of a minimal build that it is one, whatever else is wrong with the file', () => {
  const minimal = buildImage({ flavour: 'tasmota-minimal' });
  expect(idsOf(withoutEboot(minimal), 'fail')).toEqual(['image-kind', 'image-firmware']);
});
