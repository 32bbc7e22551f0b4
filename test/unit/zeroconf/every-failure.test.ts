import { describe, expect, it } from 'vitest';
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
});
