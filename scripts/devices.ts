import { writeFileSync } from 'node:fs';
import { inEnglish } from '../src/core/render-text.ts';
import { devicesTable } from '../src/pairing/devices-table.ts';

/** The page `docs/devices.md`, made of the table that the guide shows as well. */
export function devicesPage(): string {
  return `# Which devices can be flashed

This page is made from the data in \`src/pairing/devices.ts\` by \`npx tsx scripts/devices.ts\`; change it there.
None of this has been tried by the makers of this extension: the sources say who has. *Works* means that many have
reported it, *Reported to work* that somebody has. *Refused* devices would be destroyed, or cannot download.
*Another road* means that there is no DIY mode, so what is left is SonOTA or a serial cable.

${devicesTable(inEnglish)}`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL('../docs/devices.md', import.meta.url), devicesPage());
}
