import { isUnfounded, type Verdict } from '../server/events.ts';

/** A device's own result in words for a person: what happened, what state it is in, what to do (protocol §4.6). */
export interface VerdictText {
  readonly isGood: boolean;
  readonly sentence: string;
  readonly action: string;
}

const texts: Readonly<Record<number, VerdictText>> = {
  0: {
    isGood: true,
    sentence: 'has the whole image, and its digest is right. It restarts into the new firmware by itself.',
    action: 'Leave its power on. After half a minute look for the Wi-Fi of the new firmware.',
  },
  404: {
    isGood: false,
    sentence: 'could not download the image to its end. It still runs its old firmware.',
    action: 'Leave its power on. Bring it nearer to the access point, then flash it again.',
  },
  406: {
    isGood: false,
    sentence: 'did not accept the order to flash. It still runs its old firmware.',
    action: 'Leave its power on. Copy address and digest again, in lower case, then flash it again.',
  },
  409: {
    isGood: false,
    sentence: 'has the whole image, but the digest is another one than it was told. DO NOT RESTART IT.',
    action: 'Leave its power on. Flash it again, with exactly the digest above.',
  },
  410: {
    isGood: false,
    sentence: 'had an error of its own while it wrote the image. DO NOT RESTART IT.',
    action: 'Leave its power on. Flash it again.',
  },
};

const unfounded: VerdictText = {
  isGood: false,
  sentence: 'has reported success, but has not fetched a whole image from here. This does not count.',
  action: 'Leave its power on. If it is the device that you flash, wait until it has fetched every part.',
};

/** What a verdict means; its error is null when the device's report cannot be read. */
export function verdictText(verdict: Pick<Verdict, 'error' | 'download'>): VerdictText {
  if (isUnfounded(verdict)) return unfounded;
  const { error } = verdict;
  const known = error === null ? undefined : texts[error];
  return (
    known ?? {
      isGood: false,
      sentence:
        error === null
          ? 'has reported something that cannot be read. Nobody can know how it went.'
          : `has reported an error that is not known (${error}). Nobody can know what state it is in.`,
      action: 'Leave its power on. Press Info in the extension, and see whether the old firmware answers.',
    }
  );
}
