import type {
  Answered,
  LocalMirrorClient,
  LocalMirrorListeners,
} from '../../../src/flash/this-computer/client.ts';
import type { ConnectionTrouble } from '../../../src/flash/this-computer/troubles.ts';
import { connectionTrouble, refusalTrouble } from '../../../src/flash/this-computer/troubles.ts';
import type { DownloadState, ProgramEvent, Refusal, Welcome } from '../../../src/native-messages/answers.ts';

export const servedUrl = 'http://192.168.1.9:8080/AAAAAAAAAAAA/tasmota-lite.bin';

/** A program that does as it is told; what it was asked is noted. */
export function createProgram() {
  const asked: string[] = [];
  let listeners: LocalMirrorListeners | null = null;
  let refusal: Refusal | null = null;
  let absence: ConnectionTrouble | null = null;
  let downloads: DownloadState[] = [];
  let images: Welcome['images'] = [];
  let opened = 0;
  let url = servedUrl;
  let instead: Partial<LocalMirrorClient> = {};

  const ok = <Value>(value: Value): Answered<Value> =>
    refusal === null ? { ok: true, value } : { ok: false, trouble: refusalTrouble(refusal) };
  const expected = (sha256: string, device: string): DownloadState => ({
    download: `d${asked.length}`,
    device,
    deviceId: null,
    name: 'tasmota-lite.bin',
    sha256,
    bytes: 8292,
    parts: '000',
    startedAt: Date.now(),
    lastAt: Date.now(),
    end: null,
  });
  const client = (): LocalMirrorClient => ({
    welcome: {
      ...{ type: 'welcome', protocol: 1, program: '0.1.0', platform: 'linux', outlivesBrowser: true },
      images,
      downloads,
    },
    async take(name, bytes) {
      asked.push(`take ${name} ${bytes.length}`);
      return ok('Tasmota 8.5.0 lite');
    },
    async serve(_, device) {
      asked.push(`serve ${device}`);
      return ok(url);
    },
    async expect(sha256, device) {
      asked.push(`expect ${device}`);
      return ok(expected(sha256, device));
    },
    async probe(url) {
      asked.push(`probe ${url}`);
      return ok({
        ...{ url, ok: true, statusLine: null, headers: [], headerBytes: 0, connections: 1, requests: 1 },
        ...{ bytes: 1, sha256: null, checks: [] },
      });
    },
    async find() {
      asked.push('find');
      return ok(() => {});
    },
    async forget(download) {
      asked.push(`forget ${download}`);
      return ok(null);
    },
    close: () => void asked.push('close'),
    ...instead,
  });
  return {
    asked,
    opened: () => opened,
    /** What it does from the next connection on. */
    does: (otherwise: Partial<LocalMirrorClient>) => {
      instead = otherwise;
    },
    servesAt: (another: string) => {
      url = another;
    },
    refuse: (why: Refusal | null) => {
      refusal = why;
    },
    isAbsent: (why: ConnectionTrouble | null) => {
      absence = why;
    },
    has: (left: DownloadState[], served: Welcome['images'] = []) => {
      downloads = left;
      images = served;
    },
    tell: (event: ProgramEvent) => listeners?.happened(event),
    die: () => listeners?.lost(connectionTrouble('crashed')),
    async open(heard: LocalMirrorListeners): Promise<Answered<LocalMirrorClient>> {
      opened += 1;
      if (absence !== null) return { ok: false, trouble: connectionTrouble(absence) };
      listeners = heard;
      return { ok: true, value: client() };
    },
  };
}
