import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Case, imageCases } from './image-cases.ts';

/** The cases for Node: `sha256sum` beside them, for scale. */
export function nodeCases(image: Uint8Array<ArrayBuffer>, onMirror: string): readonly Case[] {
  const path = join(mkdtempSync(join(tmpdir(), 'bench-')), 'image.bin');
  writeFileSync(path, image);
  return [
    ...imageCases(image, onMirror),
    {
      name: 'SHA-256 by sha256sum, with starting the program',
      run: () => spawnSync('sha256sum', [path]).status,
    },
  ];
}
