import { type Text, text } from '../../core/text.ts';
import type { Judgement } from './judgement.ts';
import { checkConnection, checkKeepAlive } from './probe-connection.ts';
import { checkHeaderSize, checkSpeed } from './probe-limits.ts';
import { checkBytes, checkContentRange, checkEncoding, checkLength, checkUnchanged } from './probe-parts.ts';
import type { Exchange } from './probe-situation.ts';
import { checkHost, checkRange, checkRedirect } from './probe-way.ts';

/** Every question to a mirror: a stable id, a title and how it is judged. */
export const mirrorChecks: readonly {
  readonly id: string;
  readonly title: Text;
  readonly judge: (exchange: Exchange) => Judgement;
}[] = [
  { id: 'mirror-range', title: text('mirror_check_parts', 'Parts of the file'), judge: checkRange },
  {
    id: 'mirror-host',
    title: text('mirror_check_name', 'Name {name}', { name: 'dl.itead.cn' }),
    judge: checkHost,
  },
  { id: 'mirror-redirect', title: text('mirror_check_redirect', 'No redirect'), judge: checkRedirect },
  {
    id: 'mirror-content-range',
    title: text('mirror_check_total', 'Part and total'),
    judge: checkContentRange,
  },
  { id: 'mirror-length', title: text('mirror_check_length', 'Length'), judge: checkLength },
  { id: 'mirror-bytes', title: text('mirror_check_bytes', 'Same bytes'), judge: checkBytes },
  { id: 'mirror-encoding', title: text('mirror_check_encoding', 'No compression'), judge: checkEncoding },
  { id: 'mirror-unchanged', title: text('mirror_check_unchanged', 'File unchanged'), judge: checkUnchanged },
  {
    id: 'mirror-keep-alive',
    title: text('mirror_check_keep_alive', 'Connection stays open'),
    judge: checkKeepAlive,
  },
  { id: 'mirror-header-size', title: text('mirror_check_header', 'Header size'), judge: checkHeaderSize },
  { id: 'mirror-speed', title: text('mirror_check_speed', 'Speed'), judge: checkSpeed },
  { id: 'mirror-connection', title: text('mirror_check_server', 'Kind of server'), judge: checkConnection },
];
