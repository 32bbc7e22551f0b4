import { describe, expect, it } from 'vitest';
import type { Answer, Check } from '../../../src/core/check.ts';
import { text } from '../../../src/core/text.ts';
import { withRawChecks } from '../../../src/flash/this-computer/raw-checks.ts';
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

  it('comes on top where the browser has no such question', () => {
    const raw = [check('same-file', 'fail'), check('size', 'pass')];
    expect(withRawChecks(report(check('mirror-range', 'pass')), raw)).toMatchObject({
      answer: 'fail',
      checks: [{ id: 'mirror-range' }, { id: 'mirror-raw-same-file', answer: 'fail' }],
    });
  });
});
