import { type Text, text } from '../../core/text.ts';
import type { Image } from './image.ts';

/** What a stretch of the file is, for a picture of it. */
export type LayoutKind =
  | 'eboot'
  | 'padding'
  | 'crc'
  | 'header'
  | 'segment'
  | 'checksum'
  | 'trailing'
  | 'unread';

/** A stretch of the file. The parts of a layout follow each other and cover the file from end to end. */
export interface LayoutPart {
  readonly kind: LayoutKind;
  readonly offset: number;
  readonly size: number;
  readonly label: Text;
}

const appOffset = 0x1000;

const memoryLabels = {
  flash: text('firmware_part_flash', 'Program, run from flash'),
  iram: text('firmware_part_iram', 'Program, loaded to instruction memory'),
  dram: text('firmware_part_dram', 'Data, loaded to memory'),
  elsewhere: text('firmware_part_elsewhere', 'A part for memory that this chip does not have'),
} as const;

/** Cuts a file of `size` bytes up. What no part claims is padding in front of the program, else unread. */
export function layOut(
  size: number,
  eboot: Image | null,
  app: Image | null,
  crcOffset: number | null,
): LayoutPart[] {
  const claims: LayoutPart[] = [];
  const claim = (kind: LayoutKind, from: number, to: number, label: Text) =>
    claims.push({ kind, offset: from, size: to - from, label });

  const claimCrc = (offset: number) =>
    claim('crc', offset, offset + 8, text('firmware_part_crc', 'Length and CRC of the file'));

  if (eboot !== null && eboot.end !== null) {
    const [code] = eboot.segments;
    const codeEnd = eboot.segments.length > 1 && code !== undefined ? code.offset + code.size : eboot.end;
    claim('eboot', 0, codeEnd, text('firmware_part_eboot', 'Boot loader (eboot)'));
    claim('eboot', codeEnd, eboot.end, text('firmware_part_constants', 'Constants of the boot loader'));
  }
  if (crcOffset !== null && crcOffset < appOffset) claimCrc(crcOffset);
  if (app !== null) {
    let at = app.offset + 8;
    claim('header', app.offset, at, text('firmware_part_header', 'Header of the program'));
    for (const segment of app.segments) {
      const end = segment.offset + segment.size;
      if (crcOffset !== null && crcOffset >= segment.offset && crcOffset < end) {
        claim('header', at, segment.offset, text('firmware_part_segment_header', 'Header of a part'));
        claimCrc(crcOffset);
        at = crcOffset + 8;
      }
      claim('segment', at, end, memoryLabels[segment.memory]);
      at = end;
    }
    if (app.end !== null) {
      claim('checksum', at, app.end, text('firmware_part_checksum', 'Checksum of the program'));
      claim(
        'trailing',
        app.end,
        size,
        text('firmware_part_trailing', 'Bytes that do not belong to the firmware'),
      );
    }
  }

  const parts: LayoutPart[] = [];
  let at = 0;
  const fillTo = (to: number) => {
    if (to <= at) return;
    const isPadding = at > 0 && to <= appOffset;
    parts.push({
      kind: isPadding ? 'padding' : 'unread',
      offset: at,
      size: to - at,
      label: isPadding
        ? text('firmware_part_padding', 'Padding')
        : text('firmware_part_unread', 'Not understood'),
    });
    at = to;
  };
  for (const { kind, offset, size: length, label } of claims) {
    const end = Math.min(offset + length, size);
    if (offset < at || end <= offset) continue;
    fillTo(offset);
    parts.push({ kind, offset, size: end - offset, label });
    at = end;
  }
  fillTo(size);
  return parts;
}
