import { useSignal } from '@preact/signals';
import type { Check } from '../../src/core/check.ts';
import { text } from '../../src/core/text.ts';
import type { Confirmation } from '../../src/flash/run/confirmation.ts';
import type { FlashPlan } from '../../src/flash/run/device-run.ts';
import type { Row } from '../../src/flash/several/rows.ts';
import { Facts } from '../../src/ui/facts.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import { QuestionDialog } from '../question-dialog.tsx';
import { confirmationsOf, isTicked, linesOf, tickOf } from './asked-lines.ts';
import styles from './devices.module.css';

/** Asks once for all devices, naming every one. Answers with what was confirmed for each, or null for "no". */
export function ListQuestion({
  rows,
  answer,
}: {
  readonly rows: readonly Row[];
  readonly answer: (lines: readonly Confirmation[] | null) => void;
}) {
  const ticked = useSignal<readonly string[]>([]);
  const { shared, lines } = linesOf(rows);
  const [first] = lines;
  if (first === undefined) return null;
  const count = lines.length;
  return (
    <QuestionDialog
      title={said(
        text(
          'devices_question',
          { one: 'Flash {file} to {count} device?', other: 'Flash {file} to {count} devices?' },
          { file: first.plan.url.file, count },
        ),
      )}
      yes={said(
        text(
          'devices_question_yes',
          { one: 'Flash {file} to {count} device', other: 'Flash {file} to {count} devices' },
          { file: first.plan.url.file, count },
        ),
      )}
      ready={isTicked(shared, lines, ticked.value)}
      answer={(which) => answer(which === 'yes' ? confirmationsOf(shared, lines, ticked.value) : null)}
    >
      <p>
        <Said
          text={text(
            'devices_question_no_way_back',
            'The original firmware of none of them can be restored.',
          )}
        />
      </p>
      <PlanFacts plan={first.plan} />
      {shared.map((check) => (
        <Tick key={check.id} check={check} tick={tickOf(null, check)} ticked={ticked} />
      ))}
      <ul class={styles.lines} aria-label={said(text('devices_question_lines', 'Devices that are flashed'))}>
        {lines.map(({ plan, warnings }) => (
          <li key={plan.address.host}>
            <p>
              <Said
                text={text('devices_question_line', '{host}: ID {deviceid}, firmware {version}', {
                  host: plan.address.host,
                  deviceid: plan.deviceid ?? said(text('devices_question_no_id', 'not told')),
                  version: plan.fwVersion ?? said(text('devices_question_no_version', 'not told')),
                })}
                marked={{ host: (host) => <strong>{host}</strong> }}
              />
            </p>
            {warnings.map((check) => (
              <Tick key={check.id} check={check} tick={tickOf(plan.address.host, check)} ticked={ticked} />
            ))}
          </li>
        ))}
      </ul>
      <p>
        <Said
          text={text(
            'devices_question_power',
            'They are flashed one after the other. Do not cut the power of any of them until all is over.',
          )}
        />
      </p>
    </QuestionDialog>
  );
}

function PlanFacts({ plan: { title, url, digest } }: { readonly plan: FlashPlan }) {
  return (
    <Facts
      label={said(text('devices_question_plan', 'What is going to happen'))}
      facts={[
        [said(text('devices_question_gets', 'Each gets')), said(title)],
        [said(text('devices_question_from', 'From')), url.href],
        [said(text('devices_question_digest', 'Digest')), digest],
      ]}
    />
  );
}

function Tick({
  check,
  tick,
  ticked,
}: {
  readonly check: Check;
  readonly tick: string;
  readonly ticked: { value: readonly string[] };
}) {
  return (
    <label class={styles.tick}>
      <input
        type="checkbox"
        checked={ticked.value.includes(tick)}
        onChange={(event) => {
          const others = ticked.value.filter((other) => other !== tick);
          ticked.value = event.currentTarget.checked ? [...others, tick] : others;
        }}
      />
      <span>{said(check.sentence)}</span>
    </label>
  );
}
