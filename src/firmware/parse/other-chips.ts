import { type Text, text } from '../../core/text.ts';
import { hasAt, wordAt } from './bytes.ts';

/** `ldr pc, [pc, #20]`, of which ARM tools make the table of exceptions (ARM Architecture Reference Manual). */
const armJump = 0xe59ff014;

/** ARM9, the core of Beken's chips: a branch, and then the same jump over and over. */
function isArmVectors(bytes: Uint8Array): boolean {
  return bytes[3] === 0xea && [4, 8, 12].every((at) => wordAt(bytes, at) === armJump);
}

/** Cortex-M: the end of the stack in RAM, then an odd address to start at, which is not in RAM. */
function isCortexM(bytes: Uint8Array): boolean {
  const stack = wordAt(bytes, 0) ?? 0;
  const start = wordAt(bytes, 4) ?? 0;
  const isStack = stack > 0x20000000 && stack < 0x20100000 && stack % 4 === 0;
  return isStack && start % 2 === 1 && start > 0x100 && start < 0x20000000;
}

/** Where Beken's scrambling leaves the jumps of the table of exceptions, whatever the first one goes to. */
function isScrambledBeken(bytes: Uint8Array): boolean {
  return bytes[2] === 0xb5 && hasAt(bytes, [0x35, 0xff, 0x2a], 4) && bytes[8] === 0x35;
}

/** Names a program for a chip of another maker that has no magic number, or null. */
export function otherChipOf(bytes: Uint8Array): Text | null {
  if (isScrambledBeken(bytes)) return text('firmware_is_beken', 'firmware for a chip of Beken');
  if (isArmVectors(bytes))
    return text('firmware_is_arm_beken', 'firmware for a chip with an ARM core, such as those of Beken');
  return isCortexM(bytes) ? text('firmware_is_arm', 'firmware for a chip with an ARM core') : null;
}
