import { inEnglish } from '../../core/render-text.ts';
import { sizeText } from '../../core/size.ts';
import type { Download } from '../server/download.ts';

const cells = 24;

/** A device's progress on one line: how far, how fast, how long still. `now` is of `performance.now()`. */
export function barLine(download: Download, now: number): string {
  const { device, parts, partsFetched, image, startedAt, error } = download;
  const share = partsFetched / parts.length;
  const filled = Math.floor(share * cells);
  const bar = '█'.repeat(filled) + '░'.repeat(cells - filled);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const line = `${device.padEnd(15)} ${bar} ${percent}  ${partsFetched} of ${parts.length} parts`;
  if (error !== undefined) return line;
  const seconds = (now - startedAt) / 1000;
  if (partsFetched === parts.length) return `${line}, waiting for its verdict`;
  const rate = (share * image.bytes.length) / seconds;
  if (seconds < 0.5 || !(rate > 0)) return line;
  const left = Math.ceil(((1 - share) * image.bytes.length) / rate);
  return `${line}  ${inEnglish(sizeText(rate))}/s, ${left} s left`;
}
