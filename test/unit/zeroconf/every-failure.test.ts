import { describe, expect, it } from 'vitest';
import { answerGroups } from '../../../popup/guide/answer-rows.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { codes } from '../../../src/zeroconf/errors/error-codes.ts';
import { everyFailure } from '../../../src/zeroconf/errors/every-failure.ts';

const commands = ['info', 'ota_unlock', 'ota_flash'] as const;
const host = '192.168.1.104';

describe('every failure', () => {
  it.each(commands)('of %s is there once, with what to do and where it was reported', (command) => {
    const rows = everyFailure(command, host);
    const keys = rows.map(({ failure: { kind, code } }) => `${kind} ${code}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { failure, sources } of rows) {
      expect(failure.command).toBe(command);
      expect(inEnglish(failure.sentence)).not.toBe('');
      expect(inEnglish(failure.action)).not.toBe('');
      expect(sources.every((source) => source !== '') && sources.length > 0).toBe(true);
    }
  });

  it('has every code that means something, and the silences that every command can end with', () => {
    const all = commands.flatMap((command) => everyFailure(command, host));
    const told = new Set(all.map(({ failure }) => failure.code));
    expect(codes.map(({ code }) => code).filter((code) => !told.has(code))).toEqual([]);
    for (const kind of ['time-out', 'empty-reply', 'no-permission', 'not-json', 'html'] as const) {
      expect(all.filter(({ failure }) => failure.kind === kind)).toHaveLength(commands.length);
    }
  });

  it('says of a flash what state the device is in', () => {
    const [, , flash] = answerGroups(inEnglish);
    const stateOf = (id: string) => flash?.rows.find((row) => row.id === `ota_flash-${id}`)?.state;
    expect(stateOf('digest-mismatch-471')).toBe('do-not-restart');
    expect(stateOf('digest-mismatch-409')).toBe('do-not-restart');
    expect(stateOf('download-failed-424')).toBe('doubt');
    expect(stateOf('empty-reply')).toBe('doubt');
    expect(stateOf('locked-403')).toBe('unchanged');
    expect(stateOf('no-permission')).toBe('unchanged');
  });
});
