import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildImage } from '../../images/esp8266-image.ts';
import { gzipOf } from '../../images/other-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
const root = new URL('../../../', import.meta.url);

afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function inspect(...paths: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/inspect.ts', ...paths],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('npm run inspect', () => {
  it('says yes to a good file', () => {
    const { status, stdout } = inspect(put('good.bin', buildImage()));
    expect(status).toBe(0);
    expect(stdout).toContain('good.bin: can be flashed\n  Tasmota 8.5.0 lite, 40,960 bytes');
  });

  it('gives a block to each file, and fails for one that must not be flashed', () => {
    const { status, stdout } = inspect(
      put('packed.bin.gz', gzipOf(buildImage())),
      put('good.bin', buildImage()),
    );
    expect(status).toBe(1);
    expect(stdout).toContain('packed.bin.gz: must not be flashed');
    expect(stdout).toContain('good.bin: can be flashed');
  });

  it('reads the digest beside the file', () => {
    const path = put('other.bin', buildImage());
    put('other.bin.sha256', `${'0'.repeat(64)} *other.bin\n`);
    expect(inspect(path)).toMatchObject({ status: 1 });
  });

  it('says which file is not there', () => {
    const { status, stderr } = inspect(join(folder, 'nowhere.bin'));
    expect(status).toBe(1);
    expect(stderr).toContain('nowhere.bin: cannot be read');
  });

  it('says how it is used', () => {
    expect(inspect()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('npm run inspect -- FILE'),
    });
  });
});
