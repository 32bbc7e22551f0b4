import { pageUrl } from '../../src/browser/pages.ts';
import { text } from '../../src/core/text.ts';
import { outcomeWords } from '../../src/flash/journal/outcome-words.ts';
import { redacted } from '../../src/flash/journal/redaction.ts';
import { renderedLog } from '../../src/flash/journal/rendered-log.ts';
import { keptRuns, type ReadRuns } from '../../src/flash/journal/run-list.ts';
import { recordOf, secretsOf } from '../../src/flash/journal/run-record.ts';
import { type FlashState, journalOf, shownRun } from '../../src/flash/state.ts';
import { CopyButton } from '../../src/ui/copy-button.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import { EventList } from './event-list.tsx';
import styles from './guide.module.css';
import { RecordCard } from './record-card.tsx';
import { hashOf, type Route } from './route.ts';
import { hashOfRun, runAt } from './run-route.ts';

/** The run under way and those that are kept, one at a time with its requests and answers. */
export function RecordSection({
  route,
  state,
  read,
}: {
  readonly route: Route;
  readonly state: FlashState;
  readonly read: ReadRuns;
}) {
  const { runs, damaged } = read;
  const run = shownRun(state);
  const shown = runAt(route, runs);
  const isNow = route.part === 'now' && run.journal.length > 0;
  return (
    <>
      <p class="hint">
        <Said
          text={text(
            'guide_record_about',
            'The last {most} runs are kept in this browser, without names of networks, Device IDs and hardware addresses.',
            { most: keptRuns },
          )}
        />{' '}
        <a href={pageUrl('options/index.html#record-title')}>
          <Said text={text('guide_record_options', 'Erase them or switch this off in the options.')} />
        </a>
      </p>
      {damaged > 0 && (
        <p class="note" role="status">
          <Said
            text={text('guide_record_damaged', 'Runs that are damaged and cannot be shown: {damaged}.', {
              damaged,
            })}
          />
        </p>
      )}
      {runs.length === 0 && run.journal.length === 0 && (
        <p>
          <Said text={text('guide_record_none', 'Nothing has been recorded yet.')} />
        </p>
      )}
      <ul class={styles.runs} aria-label={said(text('guide_runs', 'Runs'))}>
        {run.journal.length > 0 && (
          <li>
            <a href={hashOf('record', 'now')} aria-current={isNow ? 'true' : undefined}>
              <Said text={text('guide_run_now', 'The present run')} />
            </a>
          </li>
        )}
        {runs.map((one) => (
          <li key={`${one.began} ${one.host}`}>
            <a href={hashOfRun(one)} aria-current={one === shown ? 'true' : undefined}>
              <Said
                text={text('guide_run', '{time}: {host}, {outcome}', {
                  time: { time: one.ended },
                  host: one.host,
                  outcome: outcomeWords[one.outcome],
                })}
              />
            </a>
          </li>
        ))}
      </ul>
      {shown !== undefined && <RecordCard record={shown} />}
      {isNow && <PresentRun state={state} />}
    </>
  );
}

function PresentRun({ state }: { readonly state: FlashState }) {
  const run = shownRun(state);
  const record = recordOf(run, state);
  if (record !== null) return <RecordCard record={record} />;
  const events = redacted(journalOf(run, state.source), secretsOf(run, state.doubts));
  return (
    <article class="card" aria-labelledby="run-title">
      <h3 id="run-title">
        <Said text={text('guide_run_now', 'The present run')} />
      </h3>
      <CopyButton text={renderedLog(events, said)} label={said(text('guide_run_copy_log', 'Copy the log'))} />
      <EventList events={events} />
    </article>
  );
}
