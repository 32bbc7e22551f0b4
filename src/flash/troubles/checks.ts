import type { Objection } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import { everyMirrorObjection, type ToldOfMirror } from '../../mirror/every-objection.ts';
import { seenOnTheWire } from '../this-computer/raw-checks.ts';
import { rowOf, type TroubleRow } from './row.ts';
import { theMirror } from './sample.ts';

function rowOfObjection<Told>(objection: Objection<Told>, told: Told, happened: Text): TroubleRow {
  const { trouble, sentence, action, source } = objection;
  return rowOf(
    { sentence: sentence(told), trouble },
    { happened, state: 'as-before', remedy: [action], sources: [source] },
  );
}

const toldOfMirror: ToldOfMirror = {
  ...{ host: theMirror, mirror: theMirror, status: '404', span: { span: 200_000 } },
  ...{ patience: { span: 180_000 }, why: text('flash_the_device_asks', 'The device asks by another name.') },
  ...{
    source: text('flash_a_report', 'a report'),
    server: text('flash_wrong_server', 'Such a server does not work.'),
  },
  ...{ told: 'bytes 0-4094/*', size: { bytes: 486_256 }, range: '0-4095', asked: { bytes: 4_096 } },
  ...{ received: { bytes: 4_000 }, announced: { bytes: 4_095 }, answers: 3, most: 5, ranges: 119 },
  room: { bytes: 1_024 },
};

/** What can speak against a mirror. */
export function mirrorChecks(): readonly TroubleRow[] {
  const happened = text('flash_comes_of_mirror_check', 'The mirror was asked as the device will ask it.');
  const raw = {
    sentence: text(
      'flash_raw_check',
      'The local mirror has asked the mirror as the device will, and has seen what the device cannot take.',
    ),
    trouble: seenOnTheWire,
  };
  return [
    ...everyMirrorObjection.map((objection) => rowOfObjection(objection, toldOfMirror, happened)),
    rowOf(raw, {
      ...{ happened, state: 'as-before' },
      remedy: [text('flash_raw_check_do', 'Choose another mirror, or set the server up as in the recipes.')],
      sources: ['ITEAD downloader'],
    }),
  ];
}
