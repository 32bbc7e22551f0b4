import type { Measured } from './measure.ts';

const columns = ['', 'median ms', 'fastest', 'slowest', 'to the first'];

/** The measurements as a table, each with its ratio to the first one. */
export function table(measured: readonly Measured[]): string {
  const base = measured[0]?.median ?? 1;
  const rows = measured.map(({ name, median, fastest, slowest }) => [
    name,
    median.toFixed(2),
    fastest.toFixed(2),
    slowest.toFixed(2),
    `${(median / base).toFixed(2)} ×`,
  ]);
  const all = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
