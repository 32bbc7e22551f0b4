import type { Text } from '../../../src/core/text.ts';
import { outcomeOf, outcomeOfRefusal, stillInDoubt } from '../../../src/flash/run/outcome.ts';
import { type ProofDoubt, remarkOf } from '../../../src/flash/run/proof.ts';
import { type UnsentReason, unsent, unsentToBusy } from '../../../src/flash/run/unsent.ts';
import { fault, mirrorFault, noPermission, stillLocked } from '../../../src/flash/tasks/own-failures.ts';
import { type DownloadTrouble, wordsOf } from '../../../src/flash/this-computer/download-words.ts';
import { lookedAt } from '../../../src/flash/this-computer/downloads.ts';
import { type ImageRefusal, imageRefusal } from '../../../src/flash/this-computer/image-refusals.ts';
import { probeChecks } from '../../../src/flash/this-computer/raw-checks.ts';
import { type ReportKind, reportRow } from '../../../src/flash/this-computer/reports.ts';
import type { Fetching } from '../../../src/flash/this-computer/state.ts';
import {
  type ConnectionTrouble,
  connectionTrouble,
  refusalTrouble,
} from '../../../src/flash/this-computer/troubles.ts';
import { fetchesAlready, flashedByReport } from '../../../src/flash/this-computer/verdict.ts';
import * as tools from '../../../src/flash/tools/tool-failures.ts';
import type { Conclusion } from '../../../src/flash/watch/advance-watch.ts';
import { type DownloadProblem, downloadFailure } from '../../../src/mirror/fetch/download-failures.ts';
import type { Refusal, WireReport } from '../../../src/native-messages/answers.ts';
import type { FoundOther, Silence } from '../../../src/tasmota/found.ts';
import { otherAt } from '../../../src/tasmota/sentences.ts';
import { nothingAt } from '../../../src/tasmota/silences.ts';
import type { Command } from '../../../src/zeroconf/client/command.ts';
import type {
  DeviceError,
  FaultKind,
  ReplyFault,
  ZeroconfFailureKind,
} from '../../../src/zeroconf/errors/failure-kind.ts';
import { failureOfCode, zeroconfFailure } from '../../../src/zeroconf/errors/zeroconf-failure.ts';
import { textOf } from '../saying.ts';
import { type Alert, all, everyObjection } from './every-objection.ts';

const host = '192.168.1.104';

function alerts<Kind extends string>(
  of: string,
  kinds: Readonly<Record<Kind, true>>,
  alert: (kind: Kind) => { readonly sentence: Text; readonly trouble?: string },
): readonly Alert[] {
  return all(kinds).map((kind) => {
    const { sentence, trouble } = alert(kind);
    return { name: `${of} ${kind}`, sentence, trouble };
  });
}

const commands = all<Command>({
  ...{ info: true, signal_strength: true, switch: true, switches: true, startup: true, pulse: true },
  ...{ wifi: true, ota_unlock: true, ota_flash: true },
});
const faults: Readonly<Record<FaultKind, true>> = {
  ...{ refused: true, reset: true, 'empty-reply': true, unreachable: true, 'name-not-found': true },
  ...{ 'no-connection': true, 'time-out': true, 'no-permission': true, 'https-only': true, cancelled: true },
  'network-changed': true,
};
const replyFaults: Readonly<Record<ReplyFault, true>> = {
  ...{ 'not-json': true, html: true, 'wrong-shape': true, 'too-large': true, 'http-status': true },
};
/** Each stands in a reply, so it is made of its code below. */
export const deviceErrors = all<DeviceError>({
  ...{ 'malformed-request': true, 'not-in-diy-mode': true, 'command-refused': true, 'wrong-deviceid': true },
  ...{ 'invalid-parameters': true, locked: true, 'unlock-refused': true, 'vendor-unreachable': true },
  ...{ 'download-timed-out': true, 'image-too-large': true, 'download-failed': true },
  ...{ 'digest-mismatch': true, 'unknown-code': true },
});
const own: Readonly<Record<Exclude<ZeroconfFailureKind, FaultKind | ReplyFault | DeviceError>, true>> = {
  ...{ 'deviceid-needed': true, 'bad-digest': true, 'bad-url': true },
};
const onlyOfFlash: ReadonlySet<string> = new Set(['bad-digest', 'bad-url']);
const neverSent: ReadonlySet<string> = new Set(['no-permission', 'https-only', ...onlyOfFlash]);

const ofDevices = commands.flatMap((command) => [
  ...Array.from({ length: 1_100 }, (_, code) => failureOfCode(code, command, host)).flatMap((failure) =>
    failure === null
      ? []
      : [{ ...failure, name: `${command} ${failure.kind} ${failure.code}`, trouble: failure.trouble }],
  ),
  ...alerts(command, { ...faults, ...replyFaults, ...own }, (kind) =>
    zeroconfFailure(kind, {
      ...{ command, host, sent: !neverSent.has(kind), code: kind === 'http-status' ? 502 : null },
    }),
  ).filter(({ name }) => command === 'ota_flash' || ![...onlyOfFlash].some((kind) => name.endsWith(kind))),
]);

const fetched: Fetching = lookedAt(
  {
    ...{ download: 'd1', device: host, deviceId: null, name: 'x.bin', sha256: 'a'.repeat(64) },
    ...{ bytes: 8292, parts: '110', startedAt: 1, lastAt: 1, end: null },
  },
  1,
);
const downloads: Readonly<Record<DownloadTrouble, Partial<Fetching>>> = {
  unfounded: { end: { kind: 'verdict', error: 0 } },
  silent: { end: { kind: 'silent' } },
  interrupted: { end: { kind: 'interrupted' } },
  stalled: { silentFor: 20 },
  'not-come': { silentFor: 20, parts: '000' },
};
const reports: Readonly<Record<ReportKind, number | null>> = {
  ...{ 404: 404, 406: 406, 409: 409, 410: 410 },
  ...{ unknown: 77, unreadable: null },
};
const toolFailures: Readonly<Record<tools.ToolFailureKind, { sentence: Text; trouble?: string }>> = {
  fault: tools.interruptions.fault,
  stopped: tools.interruptions.stopped,
  'another-device': tools.another,
  held: tools.held(textOf('No.')),
  'no-reply': tools.noReply('reset', 'broken', 5),
  'no-relay': tools.noRelay,
  'not-put-back': tools.notPutBack({ state: 'on' }),
  'click-unheard': tools.clickUnheard({ state: 'on' }, 'reset'),
  'not-stored': tools.notStored,
};

const conclusions = all<Exclude<Conclusion, 'tasmota'> | 'interrupted' | 'came-back'>({
  ...{ gone: true, 'still-sonoff': true, unclear: true, interrupted: true, 'came-back': true },
});

const probed: WireReport = {
  ...{ url: 'http://mirror.test/a.bin', ok: false, statusLine: null, headers: [], headerBytes: 0 },
  ...{ connections: 1, requests: 1, bytes: 0, sha256: null },
  checks: [{ id: 'status-line', title: 'Status line', answer: 'fail', sentence: 'No.' }],
};
/** The program's own words are in no table. */
const rawSentence: Text = { id: 'flash_raw_check' };

/** Every way in which something can fail once a device, a mirror or the local mirror has been asked for something. */
export const everyAlert: readonly Alert[] = [
  ...ofDevices,
  ...alerts<DownloadProblem>(
    'download',
    {
      ...{ 'no-permission': true, 'https-only': true, unreachable: true, cancelled: true, redirect: true },
      ...{ 'not-found': true, forbidden: true, 'server-error': true, status: true, encoded: true },
      ...{ html: true, empty: true, stalled: true, 'broken-off': true, 'more-than-announced': true },
      ...{ 'too-large': true },
    },
    (kind) => downloadFailure(kind, { host: 'mirror.test', file: 'a.bin' }),
  ),
  ...everyObjection,
  ...probeChecks(probed).map(({ id, trouble }) => ({ name: id, trouble, sentence: rawSentence })),
  ...conclusions.flatMap((conclusion) =>
    [true, false].map((accepted) => {
      const { sentence, trouble } = outcomeOf(conclusion, { accepted });
      return { name: `${conclusion} ${accepted}`, sentence, trouble };
    }),
  ),
  ...alerts<UnsentReason>(
    'unsent',
    {
      ...{ stopped: true, 'not-written': true, 'out-of-date': true, 'another-or-refuses': true },
      ...{ 'another-device': true, 'changed-meanwhile': true, 'kept-connection': true },
      ...{ 'browser-stopped': true, 'extension-failed': true },
    },
    unsent,
  ),
  ...alerts('outcome', { busy: true, 'in doubt': true, reported: true, fetching: true }, (kind) => {
    if (kind === 'busy') return unsentToBusy(textOf('The device broke off.'));
    if (kind === 'fetching') return fetchesAlready;
    const before = outcomeOf('unclear', { accepted: false });
    return kind === 'in doubt' ? stillInDoubt(unsent('stopped'), before) : flashedByReport;
  }),
  ...Object.values(reports).flatMap((error) => [
    { name: `report ${error}`, trouble: undefined, ...reportRow(error).outcome(error) },
    { name: `report ${error}, listed`, ...reportRow(error).inList(error) },
  ]),
  ...Object.entries(downloads).flatMap(([name, changes]) => {
    const words = wordsOf({ ...fetched, ...changes }, '8080', 'linux');
    return words === null ? [] : [{ name, ...words }];
  }),
  ...alerts<Silence>(
    'look',
    {
      ...{ refused: true, reset: true, unreachable: true, 'name-not-found': true, 'no-connection': true },
      ...{ 'time-out': true, 'https-only': true, cancelled: true },
    },
    (why) => {
      const { said: sentence, trouble } = nothingAt(host, why);
      return { sentence, trouble };
    },
  ),
  ...alerts<FoundOther['shows']>('look', { page: true, password: true, redirect: true }, (shows) => {
    const { said: sentence, trouble } = otherAt(host, { shows, server: null, title: null });
    return { sentence, trouble };
  }),
  ...alerts<ProofDoubt>(
    'look',
    { 'in-doubt': true, 'other-firmware': true, 'other-version': true, elsewhere: true },
    (doubt) => {
      const { remark: sentence, trouble } = remarkOf(doubt, '15.0.0');
      return { sentence, trouble };
    },
  ),
  ...alerts<ConnectionTrouble>(
    'local mirror',
    {
      ...{ 'not-asked': true, 'restart-needed': true, 'not-installed': true, 'not-allowed': true },
      ...{ crashed: true, older: true, newer: true },
    },
    connectionTrouble,
  ),
  ...alerts<Refusal>(
    'local mirror',
    {
      ...{ unreadable: true, 'out-of-order': true, 'wrong-digest': true, 'must-not-be-flashed': true },
      ...{ 'unknown-image': true, 'too-many-images': true, 'cannot-listen': true, 'unusable-url': true },
      ...{ cancelled: true, internal: true },
    },
    refusalTrouble,
  ),
  ...alerts<ImageRefusal>(
    'handing over',
    { changed: true, 'github-permission': true, 'no-release': true, forged: true },
    imageRefusal,
  ),
  ...Object.entries(toolFailures).map(([name, failure]) => ({ name, trouble: undefined, ...failure })),
  ...[fault, mirrorFault, stillLocked].map((failure) => ({ name: failure.kind, ...failure })),
  { name: 'look no-permission', trouble: undefined, ...noPermission({ host }) },
];

/** A flash that a device refuses is told in the words of its answer. */
export const refusedFlashes = Array.from({ length: 600 }, (_, code) =>
  failureOfCode(code, 'ota_flash', host),
).flatMap((failure) => (failure === null ? [] : [{ failure, outcome: outcomeOfRefusal(failure) }]));
