import { hasAt } from './bytes.ts';

const littlefs = [...'littlefs'].map((letter) => letter.charCodeAt(0));

/** The superblock names itself: at 8 in version 2 (littlefs SPEC.md), at 40 in version 1. Two blocks hold copies. */
function isLittleFs(bytes: Uint8Array): boolean {
  return [0, 0x1000, 0x2000].some((block) => [8, 40].some((at) => hasAt(bytes, littlefs, block + at)));
}

/**
 * Each block of SPIFFS ends its first page with a number made of page size and blocks that follow
 * (`SPIFFS_MAGIC`, spiffs_nucleus.h). The tools of ESP8266 and ESP32 use pages of 256 bytes.
 */
function isSpiffs(bytes: Uint8Array): boolean {
  return [0x1000, 0x2000].some((block) => {
    const blocks = bytes.length / block;
    return (
      Number.isInteger(blocks) &&
      blocks > 1 &&
      [0, 1].every((index) => {
        const magic = 0x0529 ^ 256 ^ (blocks - index);
        return hasAt(bytes, [magic & 0xff, (magic >> 8) & 0xff], index * block + 0xfc);
      })
    );
  });
}

/** The name of the file system that the file is an image of, or null. */
export function fileSystemOf(bytes: Uint8Array): string | null {
  if (isLittleFs(bytes)) return 'LittleFS';
  return isSpiffs(bytes) ? 'SPIFFS' : null;
}
