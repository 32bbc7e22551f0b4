import type { TextArgument } from '../../core/text.ts';
import type { Command } from '../client/command.ts';
import { codes, meaningOf } from './error-codes.ts';
import type { ZeroconfFailureKind } from './failure-kind.ts';
import { kindsWithoutCode, sourceOf, type ZeroconfFailure, zeroconfFailure } from './zeroconf-failure.ts';

/** A way in which a command can fail, and where it was reported. */
export interface KnownFailure {
  readonly failure: ZeroconfFailure;
  readonly sources: readonly string[];
}

/** Such as a browser or this extension holds back, so that nothing leaves the computer. */
const heldBack: ReadonlySet<ZeroconfFailureKind> = new Set([
  'no-permission',
  'https-only',
  'bad-digest',
  'bad-url',
]);

/** What is wrong with the file or the address of one, which only this command names. */
const ofFlashOnly: ReadonlySet<ZeroconfFailureKind> = new Set(['bad-digest', 'bad-url']);

/** Codes that stand here for any other one. */
const anyStatus = 500;
const anyCode = 999;

/** Every code and every silence that `command` can end with, for a device at `host`; each has a row of its own. */
export function everyFailure(command: Command, host: TextArgument): readonly KnownFailure[] {
  const known = (kind: ZeroconfFailureKind, code: number | null, more: readonly string[]): KnownFailure => ({
    // A silence is one of a command that has left.
    failure: zeroconfFailure(kind, { command, host, code, sent: !heldBack.has(kind) }),
    sources: [...new Set([...more, sourceOf(kind, command)])],
  });
  const answers = codes.flatMap(({ code, source }) => {
    const kind = meaningOf(code, command);
    return kind === null || kind === 'unknown-code' ? [] : [known(kind, code, [source])];
  });
  const others = kindsWithoutCode()
    .filter((kind) => command === 'ota_flash' || !ofFlashOnly.has(kind))
    .map((kind) => known(kind, kind === 'http-status' ? anyStatus : null, []));
  return [...answers, known('unknown-code', anyCode, []), ...others];
}
