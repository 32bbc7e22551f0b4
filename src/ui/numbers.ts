const grouped = new Intl.NumberFormat('en');

/** Bytes as a person counts them: `517,328 bytes`. */
export function bytesText(bytes: number): string {
  return `${grouped.format(bytes)} bytes`;
}

/** Bytes as kilobytes of 1024: `505 KB`. */
export function kilobytes(bytes: number): string {
  return `${grouped.format(Math.round(bytes / 1024))} KB`;
}
