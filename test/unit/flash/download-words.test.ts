import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { wordsOf } from '../../../src/flash/this-computer/download-words.ts';
import { lookedAt } from '../../../src/flash/this-computer/downloads.ts';
import type { Fetching } from '../../../src/flash/this-computer/state.ts';

const whole = lookedAt(
  {
    ...{ download: 'd1', device: '192.168.1.4', deviceId: null, name: 'x.bin', sha256: 'a'.repeat(64) },
    ...{ bytes: 8292, parts: '111', startedAt: 1, lastAt: 1, end: null },
  },
  1,
);
const told = (changes: Partial<Fetching>, platform = 'linux') => {
  const words = wordsOf({ ...whole, ...changes }, '8080', platform);
  return words && { tone: words.tone, said: `${inEnglish(words.sentence)} ${inEnglish(words.action)}` };
};
const report = (error: number | null, parts = '111') => told({ parts, end: { kind: 'verdict', error } });

describe('what is said of a download', () => {
  it('is nothing as long as it goes on', () => {
    expect(told({ parts: '100' })).toBeNull();
  });

  it('is good only for a whole image', () => {
    expect(report(0)).toMatchObject({ tone: 'good' });
    expect(report(0, '110')).toMatchObject({ tone: 'bad', said: expect.stringContaining('does not count') });
  });

  it.each([409, 410])('is not to restart the device after %i', (error) => {
    expect(report(error)).toMatchObject({ tone: 'bad', said: expect.stringContaining('Do not restart it') });
  });

  it.each([404, 406, 77, null])('is never good after %s, and leaves the power on', (error) => {
    const words = report(error);
    expect(words?.tone).not.toBe('good');
    expect(words?.said).toContain('Leave its power on.');
  });

  it.each([
    ['linux', 'ufw allow 8080/tcp'],
    ['win32', 'Windows firewall'],
    ['darwin', 'System Settings'],
  ])('begins with the firewall of %s when nobody comes', (platform, advice) => {
    const words = told({ parts: '000', silentFor: 20 }, platform);
    expect(words?.said).toContain('after 20 seconds. A firewall on this computer');
    expect(words?.said).toContain(advice);
  });

  it('is patience and power when it falls silent in the middle, and no more hope when nobody saw the end', () => {
    expect(told({ parts: '110', silentFor: 40 })?.said).toContain('for 40 seconds. Do not cut its power.');
    expect(told({ end: { kind: 'interrupted' } })?.said).toContain(
      'may hold half of it. Do not cut its power.',
    );
    expect(told({ end: { kind: 'silent' } })?.tone).toBe('bad');
  });
});
