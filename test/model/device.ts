import type { Judge } from './judge.ts';
import type { MirrorModel } from './mirror.ts';
import type { VirtualTime } from './time.ts';

/** The commands of the DIY interface that the model knows (protocol v2.0). */
export type DeviceCommand = 'info' | 'ota_unlock' | 'ota_flash';

/** What one device is like. Rules and shapes: sonoff-diy-protocol §1 and §3, captures of 3.3.0, 3.6.0, 3.7.6. */
export interface DeviceSpec {
  readonly firmware: '3.3.0' | '3.6.0' | '3.7.6';
  /** How it takes its id, where it differs from others of its firmware (itead#132, protocol v1.4 and v2.2). */
  readonly wants: 'as-usual' | 'id-needed' | 'own-id-refused';
  readonly locked: boolean;
  readonly unlock: 'works' | 'works-silently' | 'fails';
  /** What it does with requests while it downloads: some answer, some close, some say nothing. */
  readonly whileDownloading: 'answers' | 'resets' | 'silent';
  /** ITEAD's downloader gives up after 180 s. */
  readonly downloadMs: number;
  /** What the download leads to, when the mirror serves the announced bytes. */
  readonly fate: 'boots' | 'rejoins' | 'stalls' | 'mismatch';
  /** Keeps connections open, and closes one without a word when the next request comes after a refusal. */
  readonly keepsOpen: boolean;
}

/** A request as it comes in. */
export interface Heard {
  readonly browser: number;
  readonly command: DeviceCommand;
  readonly host: string;
  readonly body: string;
}

/** What goes back: a body, or the connection is closed without one. */
export type Answer = { readonly kind: 'answer'; readonly body: string } | { readonly kind: 'reset' };

/** Something that goes wrong once, with the next request for `on`. */
export interface Fault {
  readonly on: DeviceCommand;
  readonly how: 'never-arrives' | 'reply-reset' | 'reply-lost' | 'html' | { readonly code: number };
}

/** How long the device works at an answer, and the pause it needs before the next connection (milliseconds). */
const worksFor = { info: 40, ota_unlock: 300, ota_flash: 60 } as const;
const pause = 100;

/** What is left of a download that broke off: codes of `ota_flash` that come after bytes were written, or may. */
const writesBefore: ReadonlySet<number> = new Set([408, 409, 424, 471]);

/** A Sonoff in DIY mode that is honest with the judge. */
export class DeviceModel {
  readonly name: string;
  readonly id: string;
  readonly spec: DeviceSpec;
  readonly faults: Fault[] = [];
  state: 'sonoff' | 'gone' | 'tasmota' = 'sonoff';
  /** While a download runs: which browser asked for it, where, and since when (real time). */
  download: { readonly browser: number; readonly host: string; readonly since: number } | null = null;
  /** The slot that it would boot next is damaged. */
  half = false;
  locked: boolean;
  powered = true;
  #busy = false;
  #freeSince = Number.NEGATIVE_INFINITY;
  #seq = 1;
  readonly #time: VirtualTime;
  readonly #judge: Judge;
  readonly #mirror: MirrorModel;

  constructor(
    name: string,
    id: string,
    spec: DeviceSpec,
    around: { readonly time: VirtualTime; readonly judge: Judge; readonly mirror: MirrorModel },
  ) {
    this.name = name;
    this.id = id;
    this.spec = spec;
    this.locked = spec.locked;
    this.#time = around.time;
    this.#judge = around.judge;
    this.#mirror = around.mirror;
  }

  /** Firmware before 3.5.0 tells neither id nor version (captures). */
  get tellsId(): boolean {
    return this.spec.firmware !== '3.3.0';
  }

  get idTold(): string | null {
    return this.tellsId ? this.id : null;
  }

  /** Takes a request; `reply` is called at most once, later, and never where the device stays silent. */
  hear(heard: Heard, reply: (answer: Answer) => void): void {
    const { command } = heard;
    const at = this.faults.findIndex(({ on }) => on === command);
    const fault = at < 0 ? null : (this.faults.splice(at, 1)[0]?.how ?? null);
    if (fault === 'never-arrives') return;
    if (command === 'ota_flash') this.#judge.arrived(this, heard);
    if (this.download !== null && this.spec.whileDownloading === 'silent') return;
    const isServing = this.#busy || this.#time.real < this.#freeSince + pause;
    const isDownloading = this.download !== null && this.spec.whileDownloading === 'resets';
    const error = isServing || isDownloading ? 'reset' : this.#objection(heard.body);
    if (error === 'reset') {
      this.#time.inTheWorld(1, () => reply({ kind: 'reset' }));
      return;
    }

    this.#busy = true;
    const refused = typeof fault === 'object' && fault !== null ? fault.code : error;
    const body = refused === 0 ? this.#act(heard) : this.#refuse(heard, refused);
    this.#time.inTheWorld(worksFor[command], () => {
      this.#busy = false;
      this.#freeSince = this.#time.real;
      if (fault === 'reply-lost') return;
      const silently = command === 'ota_unlock' && this.spec.unlock === 'works-silently';
      if (fault === 'reply-reset' || silently) return reply({ kind: 'reset' });
      reply({ kind: 'answer', body: fault === 'html' ? '<html>hello</html>' : body });
    });
  }

  /** What stands against the way the request speaks of the device: an error code, a reset, or nothing (0). */
  #objection(body: string): 0 | 404 | 'reset' {
    const { deviceid } = readBody(body);
    const { firmware, wants } = this.spec;
    const modern = firmware === '3.7.6';
    if (deviceid === '') return modern ? 'reset' : 0;
    if (deviceid === undefined) return wants === 'id-needed' ? (modern ? 'reset' : 404) : 0;
    if (deviceid === this.id) return wants === 'own-id-refused' ? 404 : 0;
    return modern ? 'reset' : 404;
  }

  #refuse(heard: Heard, error: number): string {
    if (heard.command === 'ota_flash') {
      // The device tells that it wrote and stopped; nobody knows how much.
      if (writesBefore.has(error)) this.half = true;
      this.#judge.refused(this, heard, error);
    }
    return JSON.stringify({ seq: this.#seq++, error });
  }

  #act(heard: Heard): string {
    switch (heard.command) {
      case 'info':
        return this.#info();
      case 'ota_unlock':
        if (this.spec.unlock === 'fails') return this.#refuse(heard, 422);
        this.locked = false;
        return JSON.stringify({ seq: this.#seq++, error: 0 });
      case 'ota_flash':
        return this.#flash(heard);
    }
  }

  #info(): string {
    const common = { switch: 'off', startup: 'off', pulse: 'off', pulseWidth: 500, ssid: 'home' };
    const otaUnlock = !this.locked;
    if (!this.tellsId) {
      const data = JSON.stringify({ ...common, otaUnlock });
      return JSON.stringify({ seq: this.#seq++, error: 0, data });
    }
    const told = { fwVersion: this.spec.firmware, deviceid: this.id, bssid: '40:b0:76:5a:7e:a4' };
    const data = { ...common, otaUnlock, ...told, signalStrength: -42 };
    return JSON.stringify({ seq: this.#seq++, error: 0, data });
  }

  #flash(heard: Heard): string {
    const { downloadUrl, sha256sum } = readBody(heard.body).data;
    if (this.locked) return this.#refuse(heard, 403);
    if (!/^http:\/\//.test(downloadUrl ?? '') || !/^[0-9a-f]{64}$/.test(sha256sum ?? '')) {
      return this.#refuse(heard, 422);
    }
    this.#judge.accepted(this, heard);
    this.half = true;
    const download = { browser: heard.browser, host: heard.host, since: this.#time.real };
    this.download = download;
    this.#time.inTheWorld(this.spec.downloadMs, () => {
      if (this.download !== download) return;
      this.download = null;
      const right = this.#mirror.digestAt(downloadUrl ?? '') === sha256sum;
      const good = right && (this.spec.fate === 'boots' || this.spec.fate === 'rejoins');
      this.#judge.downloaded(this, good);
      if (good) this.#time.inTheWorld(4_000, () => this.#boot());
    });
    return JSON.stringify({ seq: this.#seq++, error: 0 });
  }

  #boot(): void {
    this.#judge.booted(this);
    this.half = false;
    this.state = this.spec.fate === 'rejoins' ? 'tasmota' : 'gone';
  }
}

interface Body {
  readonly deviceid: string | undefined;
  readonly data: { readonly downloadUrl: string | undefined; readonly sha256sum: string | undefined };
}

const textIn = (value: unknown, key: string): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof found === 'string' ? found : undefined;
};

/** What a request says, as the device reads it. */
export function readBody(body: string): Body {
  const parsed: unknown = JSON.parse(body);
  const data: unknown =
    typeof parsed === 'object' && parsed !== null
      ? Object.getOwnPropertyDescriptor(parsed, 'data')?.value
      : null;
  return {
    deviceid: textIn(parsed, 'deviceid'),
    data: { downloadUrl: textIn(data, 'downloadUrl'), sha256sum: textIn(data, 'sha256sum') },
  };
}
