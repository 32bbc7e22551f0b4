import type { Objection } from '../../../src/core/check.ts';
import type { Text } from '../../../src/core/text.ts';
import * as fitness from '../../../src/firmware/checks/fitness-objections.ts';
import { damagedObjection, kindObjection } from '../../../src/firmware/checks/kind-objections.ts';
import * as soundness from '../../../src/firmware/checks/soundness-objections.ts';
import type { ImageKind } from '../../../src/firmware/parse/image-kind.ts';
import * as proof from '../../../src/firmware/releases/proof-objections.ts';
import * as parts from '../../../src/mirror/probe/part-objections.ts';
import * as way from '../../../src/mirror/probe/way-objections.ts';
import * as wholeFile from '../../../src/mirror/probe/whole-file-objections.ts';
import * as wire from '../../../src/mirror/probe/wire-objections.ts';
import * as reach from '../../../src/mirror/url/reach.ts';
import * as onDevice from '../../../src/zeroconf/device/device-objections.ts';

/** What a person is told, and the row that it names. */
export interface Alert {
  readonly name: string;
  readonly sentence: Text;
  readonly trouble: string | undefined;
}

/** Every member of a union: the compiler finds one that is missing, or one too many. */
export function all<Kind extends string>(kinds: Readonly<Record<Kind, true>>): readonly Kind[] {
  return Object.keys(kinds).filter((kind): kind is Kind => Object.hasOwn(kinds, kind));
}

/** Every objection that a module exports, alone or in a record; what it would name is not looked at. */
function objectionsIn(value: object): readonly Alert[] {
  if (isObjection(value)) {
    const { trouble, sentence } = value;
    return [{ name: trouble, trouble, sentence: sentence({}) }];
  }
  return Object.values(value).flatMap((inner) =>
    typeof inner === 'object' && inner !== null ? objectionsIn(inner) : [],
  );
}

function isObjection(value: object): value is Objection<object> {
  return 'trouble' in value && 'sentence' in value && typeof value.sentence === 'function';
}

const kinds = all<Exclude<ImageKind, 'esp8266'>>({
  ...{ gzip: true, zip: true, archive: true, elf: true, html: true, text: true, empty: true, dump: true },
  ...{ 'file-system': true, 'esp32-part': true, 'other-chip': true, 'tuya-update': true, esp32: true },
  ...{ 'esp8266-part': true, 'sdk-user': true, sdk: true, 'rtos-sdk': true, micropython: true },
  ...{ nodemcu: true, rboot: true, mongoose: true, 'esp8266-without-eboot': true, unknown: true },
});

function ofKind(kind: (typeof kinds)[number]): Alert {
  const { trouble, sentence } = kindObjection(kind);
  return { name: kind, trouble, sentence: sentence({ what: 'a file', contains: null }) };
}

/** Everything that a check can say against a device, a file or a mirror. */
export const everyObjection: readonly Alert[] = [
  ...objectionsIn([way, parts, wire, wholeFile, reach, fitness, soundness, proof, onDevice]),
  ...objectionsIn(damagedObjection),
  ...kinds.map((kind) => ofKind(kind)),
];
