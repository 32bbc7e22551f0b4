import { type Objection, plainObjection, type Told } from '../../core/check.ts';
import { text } from '../../core/text.ts';

/** What a digest can speak against. */
export const proofObjections = {
  sidecar: plainObjection(
    'image-sidecar',
    'fail',
    text(
      'firmware_sidecar_wrong',
      'The file is not the one that the digest beside it on the mirror was made of.',
    ),
    text('firmware_sidecar_wrong_do', 'Fetch the file again. If that does not help, choose another mirror.'),
    'two digests that differ',
  ),
  forged: {
    trouble: 'image-forged',
    answer: 'fail',
    sentence: ({ title }: Told<'title'>) =>
      text(
        'firmware_release_forged',
        'The file calls itself {title}, but it is not the official file of that name: that one has another digest.',
        { title },
      ),
    action: text(
      'firmware_release_forged_do',
      'Fetch it again from another place. If you built it yourself, give it a name of your own.',
    ),
    source: 'api.github.com, digests of releases',
  },
  unproved: {
    trouble: 'image-unproved',
    answer: 'warn',
    sentence: ({ title, sentence }: Told<'title' | 'sentence'>) =>
      text(
        'firmware_release_unproved',
        'The file says that it is {title}, but nobody except the mirror vouches for it. {sentence}',
        { title, sentence },
      ),
    action: text(
      'firmware_release_unproved_do',
      'Flash it only if you trust whoever runs the mirror, or choose a file of an official release.',
    ),
    source: 'api.github.com, digests of releases',
  },
} as const satisfies Record<string, Objection<Told<'title' | 'sentence'>>>;
