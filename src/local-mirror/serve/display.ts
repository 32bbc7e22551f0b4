import type { MirrorEvent } from '../server/events.ts';
import type { LoadedImage } from './load-image.ts';

/** An image and where a device finds it. */
export interface ServedFile {
  readonly image: LoadedImage;
  readonly url: string;
}

/** How the program shows what happens: lines of JSON, or words and bars for a person. */
export interface Display {
  /** The files are served; said again with other URLs when this computer's address has changed. */
  serving(files: readonly ServedFile[]): void;
  happened(event: MirrorEvent): void;
  /** A sentence for a person. */
  say(line: string): void;
  close(): void;
}
