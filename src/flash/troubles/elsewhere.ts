import { type Text, text } from '../../core/text.ts';
import { everyDownloadFailure } from '../../mirror/fetch/download-failures.ts';
import { everyOther } from '../../tasmota/sentences.ts';
import { everySilence } from '../../tasmota/silences.ts';
import { proofDoubts, remarkOf } from '../run/proof.ts';
import { fault, mirrorFault, noPermission } from '../tasks/own-failures.ts';
import { everyImageRefusal } from '../this-computer/image-refusals.ts';
import { everyLocalMirrorTrouble } from '../this-computer/troubles.ts';
import { rowOf, type TroubleRow } from './row.ts';
import { itsAddress, theFile, theMirror } from './sample.ts';

const fetching = text('flash_comes_of_download', 'This comes of fetching a file from a mirror.');

/** How fetching a file can fail. */
export function downloads(): readonly TroubleRow[] {
  const about = { host: theMirror, file: theFile, status: 500 };
  const failed = everyDownloadFailure(about).map(({ failure, source }) =>
    rowOf(failure, { happened: fetching, state: 'as-before', remedy: [failure.action], sources: [source] }),
  );
  const broken = rowOf(mirrorFault, {
    ...{ happened: fetching, state: 'as-before', remedy: [mirrorFault.action] },
    sources: ['a fault of this extension'],
  });
  return [...failed, broken];
}

const looking = text('flash_comes_of_look', 'This comes of a look at the address where the firmware runs.');

function looked(said: Text, trouble: string, remedy: readonly Text[], source: string): TroubleRow {
  return rowOf(
    { sentence: said, trouble },
    { happened: looking, state: 'as-before', remedy, sources: [source] },
  );
}

const aHome = 'addresses change hands in a home network';

/** What a look for the new firmware can find instead of it. */
export function looks(): readonly TroubleRow[] {
  const permission = noPermission({ host: itsAddress });
  return [
    ...everySilence(itsAddress).map(({ found: { said, action, trouble }, source }) =>
      looked(said, trouble, [action], source),
    ),
    ...everyOther(itsAddress).map(({ said, action, trouble }) => looked(said, trouble, [action], aHome)),
    ...proofDoubts.map((doubt) => {
      const { remark, trouble } = remarkOf(doubt, '15.1.0');
      return looked(otherAnswers, trouble, [remark], aHome);
    }),
    rowOf(permission, {
      ...{ happened: looking, state: 'as-before', remedy: [permission.action] },
      sources: ['host permissions of Manifest V3'],
    }),
  ];
}

const otherAnswers = text('flash_look_other', 'New firmware answers, but that proves nothing.');

/** What keeps the local mirror from its work. */
export function localMirror(): readonly TroubleRow[] {
  const happened = text('flash_comes_of_local_mirror', 'This comes of work with the local mirror.');
  return [
    ...everyLocalMirrorTrouble().map(({ trouble, source }) =>
      rowOf(trouble, {
        happened,
        // It may have ended while a device was fetching.
        state: trouble.kind === 'crashed' || trouble.kind === 'internal' ? 'doubt' : 'as-before',
        ...{ remedy: [trouble.action], sources: [source] },
      }),
    ),
    ...everyImageRefusal().map(({ refused, source }) =>
      rowOf(refused, { happened, state: 'as-before', remedy: [refused.action], sources: [source] }),
    ),
  ];
}

/** What a fault of the extension itself leads to. */
export function ownFaults(): readonly TroubleRow[] {
  const happened = text('flash_comes_of_fault', 'This is a fault of the extension.');
  const sources = ['a fault of this extension'];
  return [rowOf(fault, { happened, state: 'may-have-worked', remedy: [fault.action], sources })];
}
