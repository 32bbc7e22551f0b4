import type { Objection, Told } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import { fitnessObjections } from '../../firmware/checks/fitness-objections.ts';
import { damagedObjection, everyKindObjection } from '../../firmware/checks/kind-objections.ts';
import { soundnessObjections } from '../../firmware/checks/soundness-objections.ts';
import { proofObjections } from '../../firmware/releases/proof-objections.ts';
import { everyMirrorObjection, type ToldOfMirror } from '../../mirror/every-objection.ts';
import { deviceObjections } from '../../zeroconf/device/device-objections.ts';
import { seenOnTheWire } from '../this-computer/raw-checks.ts';
import { rowOf, type TroubleRow } from './row.ts';
import { theFile, theMirror } from './sample.ts';

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

const fitness: readonly Objection<Told<'size' | 'more' | 'mode' | 'because' | 'title' | 'purpose'>>[] =
  Object.values(fitnessObjections);
const soundness: readonly Objection<Told<'missing' | 'more' | 'detail' | 'core' | 'added'>>[] =
  Object.values(soundnessObjections);
const proof: readonly Objection<Told<'title' | 'sentence'>>[] = Object.values(proofObjections);

const toldOfImage = {
  ...{ size: { bytes: 600_000 }, more: { bytes: 4_096 }, missing: { bytes: 4_096 }, added: { bytes: 16 } },
  ...{ mode: 'QIO', core: '2.7', title: theFile, sentence: text('flash_no_proof', 'Nobody has its digest.') },
  because: text('flash_because', 'it says so itself'),
  purpose: text('flash_another_purpose', 'another purpose'),
  detail: text('flash_a_detail', 'it breaks a rule'),
};

/** What can speak against a file. */
export function imageChecks(): readonly TroubleRow[] {
  const happened = text('flash_comes_of_image_check', 'The file was looked into before anything was sent.');
  return [
    ...everyKindObjection().map(({ objection, what }) =>
      rowOfObjection(objection, { what, contains: null }, happened),
    ),
    rowOfObjection(damagedObjection, {}, happened),
    ...[...fitness, ...soundness, ...proof].map((objection) =>
      rowOfObjection(objection, toldOfImage, happened),
    ),
  ];
}

/** What can speak against a device, by what it says to Info. */
export function deviceChecks(): readonly TroubleRow[] {
  const happened = text('flash_comes_of_device_check', 'The device has told this in its answer to Info.');
  const objections: readonly Objection<Told<'signal'>>[] = Object.values(deviceObjections);
  const told = { signal: text('flash_weak_signal', 'weak') };
  return objections.map((objection) => rowOfObjection(objection, told, happened));
}
