import type { ForeignFirmware } from './without-eboot.ts';

/** What a file is. Only `esp8266` can be flashed, and that only when it is whole. */
export type ImageKind =
  | 'esp8266'
  | ForeignFirmware
  | 'dump'
  | 'file-system'
  | 'esp32'
  | 'esp32-part'
  | 'other-chip'
  | 'tuya-update'
  | 'gzip'
  | 'zip'
  | 'archive'
  | 'elf'
  | 'html'
  | 'text'
  | 'empty'
  | 'unknown';
