/** CRC-32, most significant bit first, polynomial 0x04C11DB7, as elf2bin and eboot of the Arduino core compute it. */
const table = new DataView(new ArrayBuffer(256 * 4));
for (let index = 0; index < 256; index++) {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  table.setInt32(index * 4, crc);
}

function feed(crc: number, bytes: Uint8Array): number {
  let state = crc;
  for (const byte of bytes) state = (state << 8) ^ table.getInt32(((state >>> 24) ^ byte) * 4);
  return state;
}

/** The CRC of `bytes`, taking the eight bytes at `hole` for zeros. */
export function crcWithHole(bytes: Uint8Array, hole: number): number {
  let crc = feed(0xffffffff | 0, bytes.subarray(0, hole));
  if (hole + 8 <= bytes.length) {
    crc = feed(crc, new Uint8Array(8));
    crc = feed(crc, bytes.subarray(hole + 8));
  }
  return crc >>> 0;
}
