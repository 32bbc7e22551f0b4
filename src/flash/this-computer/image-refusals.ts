import { keysOf } from '../../core/keys.ts';
import { type Text, text } from '../../core/text.ts';
import type { Trouble } from './troubles.ts';

/** Why an image that is to be handed over is not taken from elsewhere, where no download has failed. */
export type ImageRefusal = 'changed' | 'github-permission' | 'no-release' | 'forged';

const rows: Readonly<Record<ImageRefusal, readonly [sentence: Text, action: Text, source: string]>> = {
  changed: [
    text('this_computer_changed', 'The file on the mirror is no longer the one that was looked at.'),
    text('this_computer_changed_action', 'Fetch it again from the mirror.'),
    'two digests that differ',
  ],
  'github-permission': [
    text('this_computer_github_permission', 'The extension may not download from GitHub yet.'),
    text('this_computer_github_permission_action', 'Press the button again and allow it.'),
    'optional permissions of Manifest V3',
  ],
  'no-release': [
    text('this_computer_no_release', 'GitHub has not said which file is the newest one.'),
    text('this_computer_no_release_action', 'Download it yourself, and choose it here.'),
    'api.github.com answers 60 times an hour',
  ],
  forged: [
    text('this_computer_forged', 'The file that came is not the one whose digest GitHub has published.'),
    text('this_computer_forged_action', 'Do not use it. Try again over another connection.'),
    'two digests that differ',
  ],
};

/** The words for a refusal. */
export function imageRefusal(refusal: ImageRefusal): Trouble {
  const [sentence, action] = rows[refusal];
  return { sentence, action, trouble: `handing-over-${refusal}` };
}

/** All of them, and where each is known from. */
export function everyImageRefusal(): readonly { readonly refused: Trouble; readonly source: string }[] {
  return keysOf(rows).map((refusal) => ({ refused: imageRefusal(refusal), source: rows[refusal][2] }));
}
