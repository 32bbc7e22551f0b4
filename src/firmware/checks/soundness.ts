import { against, type Check } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import type { Inspection } from '../parse/inspect.ts';
import { soundnessObjections } from './soundness-objections.ts';

/** Whether the file ends where its own headers say that it ends. */
export function judgeLength({ size, app, expectedSize, isTruncated }: Inspection): Check {
  const check = { id: 'image-length', title: text('firmware_length_title', 'Length') };
  if (isTruncated) {
    const missing = expectedSize === null ? 0 : expectedSize - size;
    return missing > 0
      ? { ...check, ...against(soundnessObjections.cutOff, { missing: { bytes: missing } }) }
      : { ...check, ...against(soundnessObjections.cutShort, {}) };
  }
  if (app === null || app.end === null) {
    return { ...check, ...against(soundnessObjections.endUnknown, {}) };
  }
  if (app.end !== size) {
    return { ...check, ...against(soundnessObjections.goesOn, { more: { bytes: size - app.end } }) };
  }
  return {
    ...check,
    answer: 'pass',
    sentence: text('firmware_length_right', 'The file ends where the firmware ends.'),
  };
}

/** True where the CRC is right at least up to the end that the file had when it was built. */
function coversBeginning(crc: Inspection['crc']): boolean {
  return crc?.state === 'valid' || crc?.state === 'extended';
}

/** Whether the boot loader is there and is the one that the Arduino core puts in front. */
export function judgeEboot({ eboot, faults, crc, core }: Inspection): Check {
  const check = { id: 'image-eboot', title: text('firmware_eboot_title', 'Boot loader') };
  if (eboot === null) {
    return { ...check, ...against(soundnessObjections.noEboot, {}) };
  }
  const fault = faults.find(({ part }) => part === 'eboot');
  if (fault !== undefined) {
    return { ...check, ...against(soundnessObjections.ebootFault, { detail: fault.detail }) };
  }
  if (core !== null && eboot.segmentCount === 2 && (crc?.state === 'wrong' || crc === null)) {
    return { ...check, ...against(soundnessObjections.ebootUnproved, { core }) };
  }
  // Mongoose OS has a boot loader of two parts as well. Arduino core 3 always proves itself by its CRC.
  if (eboot.segmentCount === 2 && !coversBeginning(crc)) {
    return { ...check, ...against(soundnessObjections.ebootTwoParts, {}) };
  }
  // The checksum of a boot loader covers neither its length nor where it starts.
  if (core === null && !coversBeginning(crc)) {
    return { ...check, ...against(soundnessObjections.ebootUnknown, {}) };
  }
  const sentence =
    core === null
      ? text('firmware_eboot_covered', 'The boot loader is there, and the CRC of the file covers it.')
      : text('firmware_eboot_right', 'The boot loader is there: it is that of Arduino core {core}.', {
          core,
        });
  return { ...check, answer: 'pass', sentence };
}

/** Whether the program is there and every part of it goes where the chip has memory. */
export function judgeApp({ app, faults }: Inspection): Check {
  const check = { id: 'image-app', title: text('firmware_app_title', 'Program') };
  if (app === null) {
    return { ...check, ...against(soundnessObjections.noApp, {}) };
  }
  const fault = faults.find(({ part }) => part === 'app');
  return fault === undefined
    ? {
        ...check,
        answer: 'pass',
        sentence: text(
          'firmware_app_right',
          'Every part of the program goes where the chip has memory for it.',
        ),
      }
    : { ...check, ...against(soundnessObjections.appFault, { detail: fault.detail }) };
}

/** Whether boot loader and program have the checksums that stand behind them. */
export function judgeChecksum({ eboot, app }: Inspection): Check | null {
  if (eboot === null || app === null) return null;
  const check = { id: 'image-checksum', title: text('firmware_checksum_title', 'Checksums') };
  const isRight = [eboot, app].every(({ checksum }) => checksum.stored === checksum.computed);
  return isRight
    ? {
        ...check,
        answer: 'pass',
        sentence: text('firmware_checksum_right', 'The checksums of boot loader and program are right.'),
      }
    : { ...check, ...against(soundnessObjections.checksum, {}) };
}

/** Whether the CRC that newer builds carry is right; a file without one needs somebody else to vouch for it. */
export function judgeCrc({ crc, size }: Inspection, isConfirmed: boolean): Check[] {
  if (crc === null) return [];
  const check = { id: 'image-crc', title: text('firmware_crc_title', 'CRC') };
  if (crc.state === 'valid') {
    return [
      {
        ...check,
        answer: 'pass',
        sentence: text(
          'firmware_crc_right',
          'The CRC that the file carries is right: not one byte of it has changed.',
        ),
      },
    ];
  }
  if (crc.state === 'extended') {
    const added = { bytes: size - crc.length };
    return [{ ...check, ...against(soundnessObjections.crcAdded, { added }) }];
  }
  if (crc.state === 'wrong') {
    return [{ ...check, ...against(soundnessObjections.crcWrong, {}) }];
  }
  if (isConfirmed) {
    return [
      {
        ...check,
        answer: 'pass',
        sentence: text(
          'firmware_crc_confirmed',
          'The file carries no CRC, as older builds do, but its digest is confirmed.',
        ),
      },
    ];
  }
  return [{ ...check, ...against(soundnessObjections.noCrc, {}) }];
}
