import { openTab } from '../src/browser/pages.ts';
import { wholeSentence } from '../src/core/assurance.ts';
import { text } from '../src/core/text.ts';
import type { Outcome, OutcomeKind } from '../src/flash/run/outcome.ts';
import { isProved } from '../src/flash/run/proof.ts';
import { MoreAbout } from '../src/ui/more-about.tsx';
import { said } from '../src/ui/said.tsx';

const tones: Record<OutcomeKind, { readonly tone: string; readonly role: 'status' | 'alert' }> = {
  flashed: { tone: 'good', role: 'status' },
  'probably-flashed': { tone: 'good', role: 'status' },
  'not-flashed': { tone: 'warn', role: 'alert' },
  'do-not-restart': { tone: 'bad', role: 'alert' },
  unknown: { tone: 'warn', role: 'alert' },
};

/** What a flash has left behind, in the lines that matter while another step is at hand; the rest on demand. */
export function DoubtNote({ outcome }: { readonly outcome: Outcome }) {
  const { kind, leaves, title, steps } = outcome;
  const { tone, role } = tones[kind];
  const [first] = steps;
  const matters =
    leaves === 'stopped-midway' && first !== undefined
      ? first
      : text('popup_keep_power', 'Do not cut its power.');
  return (
    <div class={`note ${tone}`} role={role}>
      <h3>{said(title)}</h3>
      <p>
        <strong>{said(matters)}</strong>
      </p>
      <details>
        <summary>{said(text('popup_step_by_step', 'Step by step'))}</summary>
        <p>
          {said(wholeSentence(outcome))} <MoreAbout trouble={outcome.trouble} />
        </p>
        <Ways steps={steps} />
      </details>
    </div>
  );
}

/** How it ended and what to do now, step by step. */
export function OutcomeNote({ outcome, host }: { readonly outcome: Outcome; readonly host: string }) {
  const { kind, leaves, steps } = outcome;
  const { tone, role } = tones[kind];
  return (
    <div class={`note ${tone}`} role={role}>
      <h3>{said(outcome.title)}</h3>
      <p>
        {said(wholeSentence(outcome))} <MoreAbout trouble={outcome.trouble} />
      </p>
      {kind === 'flashed' || leaves !== 'new-firmware' ? (
        <Ways steps={steps} />
      ) : (
        <details>
          <summary>{said(text('popup_step_by_step', 'Step by step'))}</summary>
          <Ways steps={steps} />
          <SetUp />
        </details>
      )}
      {/* Only where the new firmware has answered: what was merely reported may be in a network of its own. */}
      {isProved(outcome) && <PageLink host={host} />}
      {kind === 'flashed' && <SetUp />}
    </div>
  );
}

/** To the page of the firmware that runs at `host`. */
export function PageLink({ host }: { readonly host: string }) {
  const url = `http://${host}/`;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {said(text('popup_open_page', 'Open {url}', { url }))}
    </a>
  );
}

function SetUp() {
  return (
    <p>
      <button type="button" class="link" onClick={() => openTab('popup/guide.html#afterwards')}>
        {said(text('popup_set_up', 'Set it up with the guide'))}
      </button>
    </p>
  );
}

function Ways({ steps }: Pick<Outcome, 'steps'>) {
  if (steps.length === 0) return null;
  return (
    <ol>
      {steps.map(said).map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}
