/** CRC-32, most significant bit first, polynomial 0x04C11DB7, as elf2bin and eboot of the Arduino core compute it. */
const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

function feed(crc: number, bytes: Uint8Array, from: number, to: number): number {
  let state = crc;
  for (let at = from; at < to; at++) {
    state = (state << 8) ^ (table[(state >>> 24) ^ (bytes[at] ?? 0)] ?? 0);
  }
  return state;
}

/** The CRC of `bytes`, taking the eight bytes at `hole` for zeros. */
export function crcWithHole(bytes: Uint8Array, hole: number): number {
  let crc = feed(0xffffffff | 0, bytes, 0, Math.min(hole, bytes.length));
  if (hole + 8 <= bytes.length) {
    crc = feed(crc, new Uint8Array(8), 0, 8);
    crc = feed(crc, bytes, hole + 8, bytes.length);
  }
  return crc >>> 0;
}
