import { afterEach, describe, expect, it, vi } from 'vitest';
import type { JournalEvent } from '../../../src/flash/journal/events.ts';
import { noRun, type ShownRun } from '../../../src/flash/run/device-run.ts';
import { emptyState } from '../../../src/flash/state.ts';
import { defaultSettings } from '../../../src/settings/settings.ts';
import { aPlan as plan } from '../a-plan.ts';
import { createFakeBrowser } from '../background/fake-browser.ts';
import { textOf } from '../saying.ts';

const outcome = {
  kind: 'not-flashed',
  leaves: 'as-it-was',
  mayDownload: false,
  title: textOf('No'),
  sentence: textOf('No.'),
  steps: [],
} as const;

function saying(at: number, words: string): JournalEvent {
  return { kind: 'decision', at, says: { id: 'test_says', args: { words } } };
}

/** A run of which the flash ended `later` milliseconds from now. */
function endedRun(later: number, began = 1_000 + later): ShownRun {
  const at = Date.now() + later;
  return {
    ...noRun,
    journal: [saying(began, 'Flashing 1000a1b2c3')],
    flash: { stage: 'ended', plan, at, outcome, seenSince: false },
  };
}

/** The history in a browser whose storage holds `most` characters. */
async function historyIn(local: Record<string, unknown>, most = Number.POSITIVE_INFINITY) {
  vi.resetModules();
  const fake = createFakeBrowser({ local });
  fake.fillUp(most);
  vi.doMock('webextension-polyfill', () => ({ default: fake.browser }));
  const history = await import('../../../src/browser/run-history.ts');
  return {
    recordRun: (run: ShownRun) => history.recordRun(run, emptyState),
    readRuns: history.runsItem.get,
    eraseRuns: history.runsItem.remove,
    local,
  };
}

afterEach(() => {
  vi.doUnmock('webextension-polyfill');
});

describe('the history of runs', () => {
  it('keeps a run once its flash has ended, once, and without ids', async () => {
    const { recordRun, readRuns, local } = await historyIn({});
    expect(await recordRun(noRun)).toBe(false);
    const run = endedRun(5);
    expect(await recordRun(run)).toBe(true);
    expect(await recordRun({ ...run, typedId: 'x' })).toBe(false);
    expect((await readRuns()).runs).toMatchObject([{ outcome: 'not-flashed', host: '192.168.1.4' }]);
    expect(JSON.stringify(local)).not.toContain('1000a1b2c3');
  });

  it('lets the later end of the same run take the place of the first', async () => {
    const { recordRun, readRuns } = await historyIn({});
    await recordRun(endedRun(5, 77));
    const later = endedRun(50, 77);
    await recordRun(later);
    const { runs } = await readRuns();
    expect(runs).toHaveLength(1);
    expect(runs[0]?.ended).toBe(later.flash.stage === 'ended' ? later.flash.at : 0);
  });

  it('does not record what ended under an earlier background, nor what was erased', async () => {
    const { recordRun, readRuns, eraseRuns } = await historyIn({});
    expect(await recordRun(endedRun(-60_000))).toBe(false);
    const run = endedRun(5);
    await recordRun(run);
    await eraseRuns();
    expect(await recordRun(run)).toBe(false);
    expect(await readRuns()).toEqual({ runs: [], damaged: 0 });
  });

  it('keeps the last twenty, even when all end at once', async () => {
    const { recordRun, readRuns } = await historyIn({});
    await Promise.all(Array.from({ length: 25 }, (_, index) => recordRun(endedRun(index))));
    const { runs } = await readRuns();
    expect(runs.map(({ began }) => began)).toEqual(Array.from({ length: 20 }, (_, index) => 1_024 - index));
  });

  it('keeps none when it is switched off', async () => {
    const { recordRun, local } = await historyIn({ settings: { ...defaultSettings, keepRuns: false } });
    expect(await recordRun(endedRun(5))).toBe(false);
    expect(local).not.toHaveProperty('runs');
  });

  it('leaves out what is damaged, and says how much', async () => {
    const { recordRun, readRuns, local } = await historyIn({});
    await recordRun(endedRun(5));
    const [whole] = (await readRuns()).runs;
    local.runs = [whole, { ...whole, ended: 'soon' }, 7, { ...whole, events: [{ kind: 'reply' }] }];
    expect(await readRuns()).toEqual({ runs: [whole], damaged: 3 });
    local.runs = 'rubbish';
    expect(await readRuns()).toEqual({ runs: [], damaged: 1 });
    expect(await recordRun(endedRun(9))).toBe(true);
    expect((await readRuns()).runs).toHaveLength(1);
  });

  it('gives up the oldest where the storage is full, then the record, and never rejects', async () => {
    const one = 700;
    const { recordRun, readRuns } = await historyIn({}, 2 * one);
    for (const later of [1, 2, 3, 4, 5, 6]) expect(await recordRun(endedRun(later))).toBe(true);
    const { runs } = await readRuns();
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.length).toBeLessThan(6);
    expect(runs[0]?.began).toBe(1_006);
    const full = await historyIn({}, 10);
    expect(await full.recordRun(endedRun(5))).toBe(false);
  });

  it('leaves room for what a flash under way has to note', async () => {
    const { recordRun, readRuns } = await historyIn({});
    const words = 'x'.repeat(700_000);
    for (const later of [1, 2, 3, 4]) {
      await recordRun({ ...endedRun(later), journal: [saying(later, words)] });
    }
    expect((await readRuns()).runs.map(({ began }) => began)).toEqual([4, 3]);
  });
});
