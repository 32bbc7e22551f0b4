import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Clock } from '../../src/core/clock.ts';
import { text } from '../../src/core/text.ts';
import type { Question, QuestionId } from '../../src/pairing/question.ts';
import type { Road } from '../../src/pairing/road.ts';
import { type Answers, type Place, type Taken, whichRoad } from '../../src/pairing/which-road.ts';
import { Said } from '../../src/ui/said.tsx';
import { AskDevice } from './ask-device.tsx';
import styles from './guide.module.css';
import { hashOf } from './route.ts';
import { Sources } from './sources.tsx';

const askable: readonly QuestionId[] = ['device-reply', 'page-reply'];

/** Leads by what a person sees, one question at a time, to the road that a device can take. */
export function RoadSection({ clock }: { readonly clock: Clock }) {
  const answers = useSignal<Answers>({});
  const place = whichRoad(answers.value);
  const title = useRef<HTMLHeadingElement>(null);
  const key = place.at === 'question' ? place.question.id : place.road.id;
  const shown = useRef(key);
  useEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    title.current?.focus();
  }, [key]);
  const change = (part: Answers) => {
    answers.value = { ...answers.value, ...part };
  };
  return (
    <>
      <TakenList
        taken={place.taken}
        onChange={(index) => {
          answers.value = Object.fromEntries(
            place.taken.slice(0, index).map(({ question, answer }) => [question.id, answer.id]),
          );
        }}
      />
      <article class="card" aria-labelledby="road-title">
        <h3 id="road-title" tabIndex={-1} ref={title}>
          <Said text={titleOf(place)} />
        </h3>
        {place.at === 'question' ? (
          <QuestionPart question={place.question} onAnswer={(id) => change({ [place.question.id]: id })} />
        ) : (
          <RoadPart road={place.road} taken={place.taken} />
        )}
        {askable.some((id) => place.taken.some(({ question }) => question.id === id) || key === id) && (
          <AskDevice
            clock={clock}
            onTold={({ device, page }) => change({ 'device-reply': device.kind, 'page-reply': page.kind })}
          />
        )}
      </article>
    </>
  );
}

function titleOf(place: Place) {
  return place.at === 'question' ? place.question.ask : place.road.title;
}

function TakenList({
  taken,
  onChange,
}: {
  readonly taken: readonly Taken[];
  readonly onChange: (index: number) => void;
}) {
  if (taken.length === 0) return null;
  return (
    <ol class={styles.taken}>
      {taken.map(({ question, answer }, index) => (
        <li key={question.id} class="row">
          <span>
            <span class="hint">
              <Said text={question.ask} />
            </span>{' '}
            <Said text={answer.label} />
          </span>
          <button type="button" class="link" onClick={() => onChange(index)}>
            <Said text={text('guide_road_change', 'Change')} />
            <span class="visually-hidden">
              {' '}
              <Said text={question.ask} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function QuestionPart({
  question,
  onAnswer,
}: {
  readonly question: Question;
  readonly onAnswer: (id: string) => void;
}) {
  return (
    <>
      <p>
        <Said text={question.help} />
      </p>
      <ul class={styles.answers}>
        {question.answers.map(({ id, label }) => (
          <li key={id}>
            <button type="button" onClick={() => onAnswer(id)}>
              <Said text={label} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const goesOn = {
  button: { href: hashOf('pairing', 'button'), says: text('guide_on_button', 'Go on with the button') },
  jumper: { href: hashOf('pairing', 'jumper'), says: text('guide_on_jumper', 'Go on with the jumper') },
  troubles: { href: hashOf('troubles'), says: text('guide_on_troubles', 'Go on with the troubles') },
  afterwards: { href: hashOf('afterwards'), says: text('guide_on_afterwards', 'Go on with the set-up') },
} as const;

function RoadPart({ road, taken }: { readonly road: Road; readonly taken: readonly Taken[] }) {
  const next = road.goesOn === null ? null : goesOn[road.goesOn];
  return (
    <>
      <p>
        <Said text={text('guide_road_why', 'This is why:')} />
      </p>
      <ul class={styles.dots}>
        {taken.map(({ question, answer }) => (
          <li key={question.id}>
            <Said text={answer.why} />
          </li>
        ))}
      </ul>
      <ol class={styles.actions}>
        {road.says.map((sentence) => (
          <li key={sentence.id}>
            <Said text={sentence} />
          </li>
        ))}
      </ol>
      {road.link !== null && (
        <p>
          <a href={road.link} target="_blank" rel="noreferrer">
            {road.link}
          </a>
        </p>
      )}
      {next !== null && (
        <p>
          <a class={`${styles.button} ${styles.next}`} href={next.href}>
            <Said text={next.says} />
          </a>
        </p>
      )}
      <Sources sources={[...new Set([...road.sources, ...taken.flatMap(({ answer }) => answer.sources)])]} />
    </>
  );
}
