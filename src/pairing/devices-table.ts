import type { Text } from '../core/text.ts';
import { devices, standings } from './devices.ts';
import { linkOf } from './sources.ts';

/** The table of devices in Markdown, for README and `docs/devices.md`. */
export function devicesTable(render: (text: Text) => string): string {
  const rows = devices.map(({ name, chip, standing, note, sources }) => [
    name,
    chip,
    render(standings[standing].title),
    render(note),
    sources.map(linked).join(', '),
  ]);
  const lines = [['device', 'chip', 'by DIY mode', 'what is known', 'sources'], rule, ...rows];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

const rule = ['---', '---', '---', '---', '---'];

function linked(source: string): string {
  const link = linkOf(source);
  return link === null ? source : `[${source}](${link})`;
}
