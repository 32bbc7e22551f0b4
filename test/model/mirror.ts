import { createHash } from 'node:crypto';
import { buildImage } from '../images/esp8266-image.ts';

/** What the mirror answers, and after how many milliseconds; null where it says nothing. */
export interface Served {
  readonly after: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

interface StoredFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly digest: string;
}

const segments = [
  { address: 0x40100000, length: 316 },
  { address: 0x4010013c, length: 512 },
  { address: 0x3ffe8000, length: 256 },
  { address: 0x3ffe8650, length: 256 },
];

function fileOf(seed: number): StoredFile {
  const bytes = new Uint8Array(buildImage({ size: 16_384, seed, segments }));
  return { bytes, digest: createHash('sha256').update(bytes).digest('hex') };
}

const files: readonly StoredFile[] = [fileOf(1), fileOf(2), fileOf(3)];

/** The mirror's address as the extension knows it. */
export const mirrorOrigin = 'http://192.168.1.2:8080';

/** The names that the mirror has. */
export const mirrorFiles = ['/tasmota-lite.bin', '/tasmota-other.bin'] as const;

/** A mirror that does everything right, except what a story takes from it. */
export class MirrorModel {
  /** Milliseconds until an answer begins. */
  takes: number;
  alive = true;
  readonly #shown = new Map<string, number>([
    [mirrorFiles[0], 0],
    [mirrorFiles[1], 1],
  ]);

  constructor(takes: number) {
    this.takes = takes;
  }

  /** Puts other bytes under the first name. */
  replaceFile(): void {
    this.#shown.set(mirrorFiles[0], this.#shown.get(mirrorFiles[0]) === 0 ? 2 : 0);
  }

  /** The digest of what is at `url` now. */
  digestAt(url: string): string | null {
    return this.#fileAt(new URL(url).pathname)?.digest ?? null;
  }

  serve(url: URL, range: string | null): Served | null {
    if (!this.alive) return null;
    const file = this.#fileAt(url.pathname);
    if (file === undefined) {
      return { after: this.takes, status: 404, headers: { 'content-length': '0' }, body: new Uint8Array(0) };
    }
    const { bytes, digest } = file;
    const common = { 'content-type': 'application/octet-stream', etag: `"${digest.slice(0, 16)}"` };
    const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
    if (asked === null) {
      const headers = { ...common, 'content-length': `${bytes.length}` };
      return { after: this.takes, status: 200, headers, body: bytes };
    }
    const start = Number(asked[1]);
    const end = asked[2] ? Math.min(Number(asked[2]), bytes.length - 1) : bytes.length - 1;
    const body = bytes.slice(start, end + 1);
    const headers = {
      ...common,
      'content-length': `${body.length}`,
      'content-range': `bytes ${start}-${end}/${bytes.length}`,
    };
    return { after: this.takes, status: 206, headers, body };
  }

  #fileAt(path: string): StoredFile | undefined {
    const index = this.#shown.get(path);
    return index === undefined ? undefined : files[index];
  }
}
