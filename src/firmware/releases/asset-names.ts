import type { Text } from '../../core/text.ts';
import { named } from '../identify/name.ts';
import { fileName } from './digest-line.ts';

/** What the name of a file claims: the official asset it stands for, and of which release. */
export interface ClaimedAsset {
  /** `tasmota-lite.bin`, in lower case. */
  readonly asset: string;
  /** `14.1.0`; null when the name does not say. */
  readonly version: string | null;
}

const versionToken = /^v?(\d{1,2}\.\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)$/i;

/** Words that mirrors put into names without meaning another build. */
const fillers: ReadonlySet<string> = new Set(['', 'latest', 'release', 'stable', 'official']);

/**
 * Reads the names that mirrors and browsers make of an official one: `tasmota-14.1.0-lite.bin`,
 * `tasmota-latest-lite.bin`, `tasmota-lite-v14.1.0.bin`, `tasmota-lite (1).bin`. Null for any other name.
 */
export function readAssetName(name: string): ClaimedAsset | null {
  const stem = /^(.*?)(?:[ _]?\(\d+\))?\.bin$/i.exec(fileName(name).trim())?.[1];
  if (stem === undefined) return null;
  let version: string | null = null;
  const words: string[] = [];
  for (const word of stem.split(/[-_ ]+/)) {
    const claimed = versionToken.exec(word)?.[1];
    if (claimed !== undefined) version = claimed;
    else if (!fillers.has(word.toLowerCase()) && !words.includes(word.toLowerCase()))
      words.push(word.toLowerCase());
  }
  return words[0] === 'tasmota' ? { asset: `${words.join('-')}.bin`, version } : null;
}

/** "Tasmota 14.1.0 lite" for the asset `tasmota-lite.bin` of v14.1.0. */
export function titleOfAsset(version: string, asset: string): Text {
  return named('Tasmota', version, asset.replace(/^tasmota-?(.*)\.bin$/i, '$1'));
}
