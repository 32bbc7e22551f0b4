import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { digestOf } from '../../../src/firmware/digest.ts';
import { examine } from '../../../src/firmware/report.ts';
import { answerOf, changed } from './judged.ts';

const folder = new URL('../../../../shared/firmware/', import.meta.url);

/** Real files that lie beside the project on some machines; see README.md there. */
const files = [
  { name: 'tasmota-8.2.0--tasmota-lite.bin', title: 'Tasmota 8.2.0 lite', fails: [] },
  { name: 'tasmota-8.1.0--tasmota-lite.bin', title: 'Tasmota 8.1.0 lite', fails: [] },
  { name: 'athom-sw02-esphome.bin', title: 'ESPHome 2021.12.3 (athom.sw02)', fails: [] },
  {
    name: 'esphome-2022.3.0-esp8266-core302--esp-web-tools.bin',
    title: 'ESPHome 2022.3.0 (esphome.esp_web_tools_example)',
    fails: [],
  },
  { name: 'pio-esp8285-serial2net-core302--hansavr.bin', title: 'unknown firmware', fails: [] },
  { name: 'arduino-generic-wifiap-core31x--jackoske.bin', title: 'unknown firmware', fails: [] },
  { name: 'tasmota-8.1.0--tasmota-minimal.bin', title: 'Tasmota 8.1.0 minimal', fails: ['image-firmware'] },
  { name: 'tasmota-8.5.0--tasmota.bin', title: 'Tasmota 8.5.0', fails: ['image-size'] },
  { name: 'tasmota-8.5.0--tasmota-lite.bin.gz', title: 'a gzip archive', fails: ['image-kind'] },
];

const present = files.filter(({ name }) => existsSync(new URL(name, folder)));
if (present.length < files.length) {
  console.warn(
    `Skipping ${files.length - present.length} of ${files.length} real firmware files: not in ${folder.pathname}`,
  );
}

const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));

describe.runIf(present.length > 0)('real files', () => {
  it.each(present)('$name', async ({ name, title, fails }) => {
    const bytes = read(name);
    const report = examine(bytes, { digest: await digestOf(bytes), name });
    expect(inEnglish(report.title)).toBe(title);
    const graves = report.checks.filter(({ answer }) => answer === 'fail').map(({ id }) => id);
    expect(graves).toEqual(fails);
    const warned = report.checks.filter(({ answer }) => answer === 'warn').map(({ id }) => id);
    const isNobodys = title === 'unknown firmware';
    expect(warned).toEqual(isNobodys ? ['image-firmware'] : name.includes('minimal') ? ['image-crc'] : []);
  });

  it('are refused with a byte changed or cut off', () => {
    for (const { name } of present.filter(({ fails }) => fails.length === 0)) {
      const good = read(name);
      const hasCrc = !name.includes('8.1.0');
      for (let at = hasCrc ? 11 : 0x1011; at < good.length; at += 9973) {
        const file = changed(good, (bytes) => bytes.set([(bytes[at] ?? 0) ^ 4], at));
        expect([name, at, answerOf(file)]).toEqual([name, at, 'fail']);
        expect([name, at, answerOf(good.subarray(0, at & ~15))]).toEqual([name, at, 'fail']);
      }
    }
  });
});
