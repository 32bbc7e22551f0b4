import type { Check } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import type { Inspection } from '../parse/inspect.ts';

const fetchAgain = text(
  'firmware_fetch_or_other',
  'Fetch the file again. If that does not help, choose another mirror or another build.',
);

const asBuilt = text('firmware_as_built', 'Use the file as it was built, with nothing added behind it.');

/** Whether the file ends where its own headers say that it ends. */
export function judgeLength({ size, app, expectedSize, isTruncated }: Inspection): Check {
  const check = { id: 'image-length', title: text('firmware_length_title', 'Length') };
  if (isTruncated) {
    const missing = expectedSize === null ? 0 : expectedSize - size;
    const sentence =
      missing > 0
        ? text('firmware_length_missing', 'The file is cut off: {missing} are missing at the end.', {
            missing: { bytes: missing },
          })
        : text('firmware_length_cut', 'The file is cut off: it ends before the program is complete.');
    return { ...check, answer: 'fail', sentence, action: fetchAgain };
  }
  if (app === null || app.end === null) {
    return {
      ...check,
      answer: 'fail',
      sentence: text('firmware_length_unknown', 'Nobody can tell where the program in the file ends.'),
      action: fetchAgain,
    };
  }
  if (app.end !== size) {
    const sentence = text(
      'firmware_length_more',
      'After the end of the firmware the file goes on for {more} that do not belong to it.',
      { more: { bytes: size - app.end } },
    );
    return { ...check, answer: 'fail', sentence, action: asBuilt };
  }
  return {
    ...check,
    answer: 'pass',
    sentence: text('firmware_length_right', 'The file ends where the firmware ends.'),
  };
}

const useArduino = text(
  'firmware_use_arduino',
  'Use a build that was made with the Arduino core, such as {file}.',
  { file: 'tasmota-lite.bin' },
);

/** True where the CRC is right at least up to the end that the file had when it was built. */
function coversBeginning(crc: Inspection['crc']): boolean {
  return crc?.state === 'valid' || crc?.state === 'extended';
}

/** Whether the boot loader is there and is the one that the Arduino core puts in front. */
export function judgeEboot({ eboot, faults, crc, core }: Inspection): Check {
  const check = { id: 'image-eboot', title: text('firmware_eboot_title', 'Boot loader') };
  if (eboot === null) {
    return {
      ...check,
      answer: 'fail',
      sentence: text(
        'firmware_eboot_none',
        'The file does not begin with a boot loader, without which the device never starts again.',
      ),
      action: fetchAgain,
    };
  }
  const fault = faults.find(({ part }) => part === 'eboot');
  if (fault !== undefined) {
    return {
      ...check,
      answer: 'fail',
      sentence: text(
        'firmware_eboot_wrong',
        'The boot loader at the beginning is not one that works here: {detail}.',
        { detail: fault.detail },
      ),
      action: fetchAgain,
    };
  }
  if (core !== null && eboot.segmentCount === 2 && (crc?.state === 'wrong' || crc === null)) {
    return {
      ...check,
      answer: 'fail',
      sentence: text(
        'firmware_eboot_crc',
        'The boot loader is that of Arduino core {core}, but nothing shows that it is whole: the CRC of the file is not right.',
        { core },
      ),
      action: fetchAgain,
    };
  }
  // Mongoose OS has a boot loader of two parts as well. Arduino core 3 always proves itself by its CRC.
  if (eboot.segmentCount === 2 && !coversBeginning(crc)) {
    return {
      ...check,
      answer: 'fail',
      sentence: text(
        'firmware_eboot_two_parts',
        'The boot loader at the beginning has two parts, as that of another system has, and no CRC in the file shows that it belongs here.',
      ),
      action: useArduino,
    };
  }
  // The checksum of a boot loader covers neither its length nor where it starts.
  if (core === null && !coversBeginning(crc)) {
    return {
      ...check,
      answer: 'fail',
      sentence: text(
        'firmware_eboot_unknown',
        'The boot loader at the beginning is none that the Arduino core has had, and no CRC in the file shows that it is whole.',
      ),
      action: useArduino,
    };
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
    return {
      ...check,
      answer: 'fail',
      sentence: text('firmware_app_none', 'Where the program must begin there is none.'),
      action: fetchAgain,
    };
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
    : {
        ...check,
        answer: 'fail',
        sentence: text('firmware_app_wrong', 'The program may not start: {detail}.', {
          detail: fault.detail,
        }),
        action: fetchAgain,
      };
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
    : {
        ...check,
        answer: 'fail',
        sentence: text('firmware_checksum_wrong', 'The file is damaged: a checksum in it is wrong.'),
        action: fetchAgain,
      };
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
    return [
      {
        ...check,
        answer: 'fail',
        sentence: text(
          'firmware_crc_added',
          'The CRC is right for the firmware, but not for the {added} that somebody has added behind it.',
          { added: added },
        ),
        action: asBuilt,
      },
    ];
  }
  if (crc.state === 'wrong') {
    return [
      {
        ...check,
        answer: 'fail',
        sentence: text('firmware_crc_wrong', 'The file is damaged: it is not what its own CRC was made of.'),
        action: fetchAgain,
      },
    ];
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
  return [
    {
      ...check,
      answer: 'warn',
      sentence: text(
        'firmware_crc_none',
        'The file carries no CRC, as older builds do, and nobody confirms its digest: small damage could go unseen.',
      ),
      action: text(
        'firmware_crc_none_do',
        'Compare the digest with one from a place that you trust, or use a newer build.',
      ),
    },
  ];
}
