import type { Command } from '../client/command.ts';
import { codes, meaningOf } from './error-codes.ts';
import type { ZeroconfFailureKind } from './failure-kind.ts';
import { silences, sourceOf, type ZeroconfFailure, zeroconfFailure } from './zeroconf-failure.ts';

/** A way in which a command can fail, and where it was reported. */
export interface KnownFailure {
  readonly failure: ZeroconfFailure;
  readonly sources: readonly string[];
}

/** Every code and every silence that `command` can end with, for a device at `host`. */
export function everyFailure(command: Command, host: string): readonly KnownFailure[] {
  const known = (kind: ZeroconfFailureKind, code: number | null, more: readonly string[]): KnownFailure => ({
    // A silence is one of a command that has left; without the permission none does.
    failure: zeroconfFailure(kind, {
      command,
      host,
      code,
      sent: kind !== 'no-permission' && kind !== 'https-only',
    }),
    sources: [...new Set([...more, sourceOf(kind, command)])],
  });
  const answers = codes.flatMap(({ code, source }) => {
    const kind = meaningOf(code, command);
    return kind === null || kind === 'unknown-code' ? [] : [known(kind, code, [source])];
  });
  const silent = silences().map((kind) => known(kind, kind === 'http-status' ? 500 : null, []));
  return [...answers, ...silent];
}
