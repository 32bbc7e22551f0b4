import { type Badge, showBadge } from '../browser/badge.ts';
import { language } from '../browser/language.ts';
import { notify } from '../browser/notifications.ts';
import { wholeSentence } from '../core/assurance.ts';
import { render } from '../core/render-text.ts';
import { text } from '../core/text.ts';
import type { OutcomeKind } from '../flash/run/outcome.ts';
import { type FlashState, flashingRun, runAt, shownRun } from '../flash/state.ts';
import { lacksPermission } from '../flash/step.ts';

/** Chromium closes the popup when it asks a person something. */
const waits: Badge = { text: '!', color: '#7a4a00' };
const busy: Badge = { text: '…', color: '#0f5f8c' };

const endings: Readonly<Record<OutcomeKind, Badge>> = {
  flashed: { text: '✓', color: '#17693a' },
  'probably-flashed': { text: '?', color: '#17693a' },
  'not-flashed': { text: '!', color: '#7a4a00' },
  'do-not-restart': { text: '!', color: '#a41522' },
  unknown: { text: '!', color: '#7a4a00' },
};

/**
 * What the toolbar button shows of `state`: that a flash is under way, that something waits for a permission, or how
 * the flash on the page ended.
 */
export function badgeOf(state: FlashState): Badge | null {
  if (flashingRun(state) !== null) return busy;
  const { flash, device, proof } = shownRun(state);
  const looked = proof === null ? [] : [proof.look];
  if ([device, state.source.image, ...looked].some(lacksPermission)) return waits;
  return flash.stage === 'ended' ? endings[flash.outcome.kind] : null;
}

/** What has ended between two states: its device's address and its outcome, or null. */
export function endedSince(before: FlashState, after: FlashState) {
  const host = flashingRun(before)?.address.host;
  const flash = host === undefined ? undefined : runAt(after, host)?.flash;
  return host !== undefined && flash?.stage === 'ended' ? { host, outcome: flash.outcome } : null;
}

/** Tells of every state that is written what a person should know who does not have the page open. */
export function createAnnouncer(start: FlashState): (state: FlashState) => void {
  let last = start;
  let shown: Badge | null | undefined;
  return (state) => {
    const badge = badgeOf(state);
    if (badge !== shown) void showBadge(badge).catch(() => {});
    shown = badge;
    const ended = endedSince(last, state);
    last = state;
    if (ended === null) return;
    const { host, outcome } = ended;
    const words = (wording: Parameters<typeof render>[0]) => render(wording, language);
    void notify(
      words(text('background_ended', '{host}: {ending}', { host, ending: outcome.title })),
      words(wholeSentence(outcome)),
    ).catch(() => {});
  };
}
