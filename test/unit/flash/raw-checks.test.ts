import { describe, expect, it } from 'vitest';
import type { Answer, Check } from '../../../src/core/check.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { text } from '../../../src/core/text.ts';
import { probeChecks, withRawChecks } from '../../../src/flash/this-computer/raw-checks.ts';
import type { MirrorReport } from '../../../src/mirror/probe/probe.ts';

const words = (said: string) => text('test_words', '{said}', { said });
const check = (id: string, answer: Answer): Check => ({
  id,
  title: words(id),
  answer,
  sentence: words(`${id} ${answer}`),
});
const report = (...checks: Check[]): MirrorReport => ({
  ...{ url: 'http://m/x.bin', digest: 'a', at: 1, requests: 3, answer: 'unknown' },
  checks,
});
const wire = ['reach', 'status-line', 'header-names', 'header-size', 'parts', 'keep-alive'];
const all = (answer: Answer) => wire.map((id) => check(id, answer));

describe('what the program sees of a mirror', () => {
  it('answers what the browser could not see', () => {
    const seen = report(check('mirror-keep-alive', 'unknown'), check('mirror-connection', 'unknown'));
    expect(withRawChecks(seen, all('pass'))).toMatchObject({
      answer: 'pass',
      checks: [
        { id: 'mirror-keep-alive', answer: 'pass', sentence: words('keep-alive pass') },
        { id: 'mirror-connection', answer: 'pass' },
      ],
    });
  });

  it('leaves unknown what it could see only in part', () => {
    const raw = all('pass').map((one) => (one.id === 'parts' ? check('parts', 'unknown') : one));
    expect(withRawChecks(report(check('mirror-connection', 'unknown')), raw).answer).toBe('unknown');
  });

  it('counts where it is worse, and not where it is better', () => {
    const raw = [check('keep-alive', 'fail'), check('header-size', 'pass')];
    const seen = report(check('mirror-keep-alive', 'pass'), check('mirror-header-size', 'warn'));
    expect(withRawChecks(seen, raw)).toMatchObject({
      answer: 'fail',
      checks: [{ answer: 'fail' }, { id: 'mirror-header-size', answer: 'warn' }],
    });
  });

  it('brings what to do along, or leaves no old advice beside a new answer', () => {
    const action = words('Do this.');
    const seen = report({ ...check('mirror-keep-alive', 'pass'), action: words('Do that.') });
    const told = withRawChecks(seen, [{ ...check('keep-alive', 'fail'), action }]);
    expect(told.checks).toMatchObject([{ answer: 'fail', action }]);
    expect(withRawChecks(seen, [check('keep-alive', 'fail')]).checks[0]).not.toHaveProperty('action');
  });

  it('is shown in the words of the program', () => {
    const one = { id: 'parts', title: 'Parts', answer: 'pass', sentence: 'All came.' } as const;
    const checks = probeChecks({
      ...{ url: 'http://m/x.bin', ok: true, statusLine: null, headers: [], headerBytes: 0 },
      ...{ connections: 1, requests: 1, bytes: 1, sha256: null },
      checks: [one, { ...one, action: 'Nothing.' }],
    });
    expect(checks.map(({ sentence }) => inEnglish(sentence))).toEqual(['All came.', 'All came.']);
    expect(checks.map(({ action }) => action && inEnglish(action))).toEqual([undefined, 'Nothing.']);
  });

  it('comes on top where the browser has no such question', () => {
    const raw = [check('same-file', 'fail'), check('size', 'pass')];
    expect(withRawChecks(report(check('mirror-range', 'pass')), raw)).toMatchObject({
      answer: 'fail',
      checks: [{ id: 'mirror-range' }, { id: 'mirror-raw-same-file', answer: 'fail' }],
    });
  });
});
