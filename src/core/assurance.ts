import { type Text, text, type Wording } from './text.ts';

/** What may still be said of a device after something has failed: nothing was done to it at all, or nothing more. */
export const assurances = ['nothing-changed', 'nothing-more-sent'] as const;
export type Assurance = (typeof assurances)[number];

/** Bad news, and what of them is not so bad. It stands beside the sentence, since it can cease to be true. */
export interface Assured<Said extends Wording = Text> {
  readonly sentence: Said;
  readonly assurance?: Assurance;
  /** The row that says more of it in the table of everything that goes wrong, by its id. */
  readonly trouble?: string;
}

const assured: Readonly<Record<Assurance, (sentence: Text) => Text>> = {
  'nothing-changed': (sentence) =>
    text('core_nothing_changed', '{sentence} Nothing has been changed on the device.', { sentence }),
  'nothing-more-sent': (sentence) =>
    text('core_nothing_more_sent', '{sentence} Nothing more has been sent.', { sentence }),
};

/** All that is to be said: the sentence, and its assurance where there is one. */
export function wholeSentence({ sentence, assurance }: Assured): Text {
  return assurance === undefined ? sentence : assured[assurance](sentence);
}

/** What stands beside the sentence of `told`, to be spread beside another one; what is not there is left out. */
export function beside({
  assurance,
  trouble,
}: {
  readonly assurance?: Assurance | undefined;
  readonly trouble?: string | undefined;
}): Omit<Assured, 'sentence'> {
  return {
    ...(assurance === undefined ? {} : { assurance }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

/** `told` of a device that something earlier may have changed: all that can be said is that nothing more was sent. */
export function lessAssured<Told extends Assured>(told: Told): Told {
  return told.assurance === undefined ? told : { ...told, assurance: 'nothing-more-sent' };
}
