/** One line of a digest file: the digest, and the file it is of where the line says so. */
export interface SidecarLine {
  readonly digest: string;
  readonly name: string | null;
}

/** How programs write a digest and a name on a line (coreutils sha256sum, BSD sha256, and the digest alone). */
const lineForms: readonly RegExp[] = [
  /^\\?(?<digest>[0-9a-f]{64})[ \t]+\*?(?<name>\S.*)$/i,
  /^SHA256 ?\((?<name>.+)\) ?= ?(?<digest>[0-9a-f]{64})$/i,
  /^(?<digest>[0-9a-f]{64})$/i,
];

/** The last part of a path, with either kind of slash. */
export function fileName(path: string): string {
  return path.replace(/^.*[/\\]/s, '');
}

/** The lines of a digest file that can be read; a web page or anything else has none. */
export function readSidecar(text: string): SidecarLine[] {
  const lines: SidecarLine[] = [];
  for (const line of text.slice(0, 65_536).split(/\r?\n/)) {
    const groups = lineForms
      .map((form) => form.exec(line.trim())?.groups)
      .find((found) => found !== undefined);
    if (groups?.digest === undefined) continue;
    lines.push({
      digest: groups.digest.toLowerCase(),
      name: groups.name === undefined ? null : fileName(groups.name.trim()),
    });
  }
  return lines;
}
