import type { Judgement } from './judgement.ts';
import { checkConnection, checkKeepAlive } from './probe-connection.ts';
import { checkHeaderSize, checkSpeed } from './probe-limits.ts';
import { checkBytes, checkContentRange, checkEncoding, checkLength, checkUnchanged } from './probe-parts.ts';
import type { Exchange } from './probe-situation.ts';
import { checkHost, checkRange, checkRedirect } from './probe-way.ts';

/** Every question to a mirror: a stable id, a title and how it is judged. */
export const mirrorChecks: readonly {
  readonly id: string;
  readonly title: string;
  readonly judge: (exchange: Exchange) => Judgement;
}[] = [
  { id: 'mirror-range', title: 'Parts of the file', judge: checkRange },
  { id: 'mirror-host', title: 'Name dl.itead.cn', judge: checkHost },
  { id: 'mirror-redirect', title: 'No redirect', judge: checkRedirect },
  { id: 'mirror-content-range', title: 'Part and total', judge: checkContentRange },
  { id: 'mirror-length', title: 'Length', judge: checkLength },
  { id: 'mirror-bytes', title: 'Same bytes', judge: checkBytes },
  { id: 'mirror-encoding', title: 'No compression', judge: checkEncoding },
  { id: 'mirror-unchanged', title: 'File unchanged', judge: checkUnchanged },
  { id: 'mirror-keep-alive', title: 'Connection stays open', judge: checkKeepAlive },
  { id: 'mirror-header-size', title: 'Header size', judge: checkHeaderSize },
  { id: 'mirror-speed', title: 'Speed', judge: checkSpeed },
  { id: 'mirror-connection', title: 'Kind of server', judge: checkConnection },
];
