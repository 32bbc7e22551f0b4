import type { DeviceReply, PageReply } from './device-page.ts';
import type { ModelGroup } from './device-row.ts';
import { networkKind } from './network-name.ts';
import type { Answer, Question, QuestionId } from './question.ts';
import { questions } from './questions.ts';
import { type Road, roads } from './road.ts';

/** The answers that are known: the id of an answer by its question. */
export type Answers = Readonly<Partial<Record<QuestionId, string>>>;

/** A question with the answer that was taken. Its `why` is a reason for where the way ends. */
export interface Taken {
  readonly question: Question;
  readonly answer: Answer;
}

/** How far the answers lead: to a question that is open, or to a road. */
export type Place =
  | { readonly at: 'question'; readonly question: Question; readonly taken: readonly Taken[] }
  | { readonly at: 'road'; readonly road: Road; readonly taken: readonly Taken[] };

/** Follows `answers` from the first question as far as they lead. Answers to other questions do not matter. */
export function whichRoad(answers: Answers): Place {
  const taken: Taken[] = [];
  let question = questions.model;
  for (;;) {
    const answer = question.answers.find(({ id }) => id === answers[question.id]);
    if (answer === undefined) return { at: 'question', question, taken };
    taken.push({ question, answer });
    if ('road' in answer.leads) return { at: 'road', road: roads[answer.leads.road], taken };
    question = questions[answer.leads.question];
  }
}

/** What a person told and what the extension has seen; null for what is not known. */
export interface Sight {
  readonly group: ModelGroup | null;
  /** As the eWeLink app shows it. */
  readonly firmware: string | null;
  /** The name of the Wi-Fi network that the device opens. */
  readonly network: string | null;
  readonly device: DeviceReply | null;
  readonly page: PageReply | null;
}

/** The answers that follow from `sight`. */
export function answersOf({ group, firmware, network, device, page }: Sight): Answers {
  const version = firmware === null ? null : versionNumber(firmware);
  const old = version === null ? null : inRange(oldRanges, version);
  const diy = version === null ? null : inRange(diyRanges, version);
  const kind = network === null ? null : networkKind(network);
  return {
    ...(group === null ? {} : { model: group }),
    ...(diy === null ? {} : { 'diy-firmware': diy }),
    ...(old === null ? {} : { 'old-firmware': old, 'plain-firmware': old }),
    ...(kind === null ? {} : { network: kind === 'other' ? 'none' : kind }),
    ...(device === null ? {} : { 'device-reply': device.kind }),
    ...(page === null ? {} : { 'page-reply': page.kind }),
  };
}

interface Range {
  readonly from: number;
  readonly answer: string;
}

/** One number for a version: 2.0.4 is 2_000_004. */
function versionNumber(text: string): number | null {
  const found = /^v?(\d{1,2})\.(\d{1,3})(?:\.(\d{1,3}))?(?![\d.])/i.exec(text.trim());
  if (found === null) return null;
  return Number(found[1]) * 1_000_000 + Number(found[2]) * 1000 + Number(found[3] ?? 0);
}

/** The answers about firmware, by the version from which on each holds (SonOTA#58). */
const oldRanges: readonly Range[] = [
  { from: 1_000_000, answer: 'open-1' },
  { from: 1_006_000, answer: 'closed' },
  { from: 2_000_000, answer: 'open-2' },
  { from: 2_000_005, answer: 'unreported' },
  { from: 2_006_000, answer: 'closed' },
];
const diyRanges: readonly Range[] = [
  { from: 1_000_000, answer: 'too-old' },
  { from: 3_003_000, answer: 'jumper' },
  { from: 3_005_000, answer: 'button' },
];

function inRange(ranges: readonly Range[], version: number): string | null {
  return ranges.findLast(({ from }) => version >= from)?.answer ?? null;
}
