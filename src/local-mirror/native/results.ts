import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { wordsOf } from '../../core/error-words.ts';
import { type DownloadState, downloadSchema } from '../../native-messages/answers.ts';
import { readJson, removeFile, writeWhole } from './private-folder.ts';

/** Most that are kept; those that began first go first. */
const maxKept = 32;

/** What became of downloads, one file for each, so that a browser that comes back finds it. */
export class Results {
  private readonly folder: string;
  private working: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** What an earlier process has left. What it did not see the end of was interrupted. */
  async load(): Promise<DownloadState[]> {
    const names = await readdir(this.folder).catch(() => []);
    const read = await Promise.all(names.map((name) => readJson(join(this.folder, name))));
    const found = read
      .flatMap((json) => {
        const state = v.safeParse(downloadSchema, json);
        return state.success ? [state.output] : [];
      })
      .toSorted((one, other) => one.startedAt - other.startedAt)
      .map((state) => ({ ...state, end: state.end ?? { kind: 'interrupted' as const } }));
    for (const { download } of found.slice(0, -maxKept)) this.drop(download);
    return found.slice(-maxKept);
  }

  keep(state: DownloadState): void {
    this.next(async () => {
      // Not with its parents: when the program was uninstalled meanwhile, nothing is left behind.
      await mkdir(this.folder, { mode: 0o700 }).catch(() => {});
      await writeWhole(join(this.folder, `${state.download}.json`), JSON.stringify(state));
    });
  }

  drop(download: string): void {
    this.next(() => removeFile(this.folder, `${download}.json`));
  }

  /** Resolves when all is written that was to be kept. */
  written(): Promise<void> {
    return this.working;
  }

  /** One after the other; what cannot be written is lost, and the device is served all the same. */
  private next(work: () => Promise<void>): void {
    this.working = this.working.then(work).catch((error: unknown) => {
      process.stderr.write(`A result could not be kept: ${wordsOf(error)}\n`);
    });
  }
}
