import { text } from '../core/text.ts';
import { said } from './said.tsx';

/** Bytes as a person counts them: `517,328 bytes`. */
export function bytesText(bytes: number): string {
  return said(text('ui_bytes', '{size}', { size: { bytes } }));
}

/** Bytes as kilobytes of 1024: `505 KB`. */
export function kilobytes(bytes: number): string {
  return said(text('ui_kilobytes', '{number} KB', { number: Math.round(bytes / 1024) }));
}
