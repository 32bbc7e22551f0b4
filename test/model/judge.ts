import { type DeviceModel, type Heard, readBody } from './device.ts';
import type { VirtualTime } from './time.ts';

/** What a person saw in the question, whoever shows it. */
export interface Question {
  readonly host: string;
  /** The id that the question named; null where it said that the device cannot be recognised. */
  readonly deviceid: string | null;
  /** The question said that the command goes out without the id. */
  readonly withoutId: boolean;
  readonly fwVersion: string | null;
  readonly url: string;
  readonly digest: string;
}

/** A question that was answered with yes, and what came of it. */
export interface Yes {
  readonly number: number;
  readonly browser: number;
  readonly question: Question;
  /** The person pressed Cancel before the request left, and was told that it was cancelled. */
  cancelled: boolean;
  /** How often the extension sent `ota_flash` for it. */
  sent: number;
  /** How often one arrived at a device. */
  arrived: number;
  /** Some device began to do it, or nobody knows. */
  began: boolean;
}

/**
 * Codes by which a device says that it has changed nothing (protocol v2.0; 400: it could not read the request,
 * 401: it wants encryption).
 */
const changedNothing: ReadonlySet<number> = new Set([400, 401, 403, 404, 413, 422]);

/** Hears everything that devices and pages tell it, and says what must not have happened. */
export class Judge {
  readonly violations: string[] = [];
  readonly story: { readonly at: number; readonly text: string }[] = [];
  readonly #time: VirtualTime;
  readonly #present = new Map<number, Yes>();
  /** By browser and host: the line of a list that was answered with yes. */
  readonly #lines = new Map<string, Yes>();
  /** By browser and host: which device answered `info` last, and when. */
  readonly #answered = new Map<string, { readonly device: DeviceModel; readonly at: number }>();
  /** By device: the `ota_flash` that it began to do last, until it has started new firmware. */
  readonly #begun = new Map<
    DeviceModel,
    { readonly browser: number; readonly host: string; readonly at: number }
  >();
  readonly #confirmed: Yes[] = [];
  /** Told when a download begins or ends. */
  onMoment: (moment: 'download' | 'downloaded') => void = () => {};

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  note(text: string): void {
    this.story.push({ at: this.#time.real, text });
  }

  accuse(sentence: string): void {
    if (this.violations.includes(sentence)) return;
    this.violations.push(sentence);
    this.note(`!! ${sentence}`);
  }

  /** The extension took a yes up. `joined`: it said that this very flash is under way already. */
  confirmed(browser: number, question: Question, joined: boolean): void {
    if (joined) {
      this.note(`browser ${browser}: the yes joins the flash that is under way`);
      return;
    }
    this.#lines.delete(`${browser} ${question.host}`);
    this.#present.set(browser, this.#newYes(browser, question));
  }

  /** The extension took a yes to several questions up, one for each device. */
  confirmedAll(browser: number, questions: readonly Question[], joined: boolean): void {
    if (joined) {
      this.note(`browser ${browser}: the yes joins the list that is under way`);
      return;
    }
    for (const question of questions) {
      this.#lines.set(`${browser} ${question.host}`, this.#newYes(browser, question));
    }
  }

  #newYes(browser: number, question: Question): Yes {
    const number = this.#confirmed.length + 1;
    const fresh = { cancelled: false, sent: 0, arrived: 0, began: false };
    const yes: Yes = { number, browser, question, ...fresh };
    this.#confirmed.push(yes);
    this.note(`browser ${browser}: yes no. ${number} is taken up`);
    return yes;
  }

  /** The yes that allows a flash at `host`. */
  #yesFor(browser: number, host: string): Yes | undefined {
    return this.#lines.get(`${browser} ${host}`) ?? this.#present.get(browser);
  }

  /** A browser was restarted: no line that has not begun may begin. */
  restarted(browser: number): void {
    for (const [line, yes] of this.#lines)
      if (yes.browser === browser && yes.sent === 0) this.#lines.delete(line);
  }

  /** The person was told that the flash is cancelled. */
  cancelled(browser: number, host: string | null): void {
    const yes = this.#yesFor(browser, host ?? '');
    if (yes === undefined || yes.sent > 0) return;
    yes.cancelled = true;
    this.note(`browser ${browser}: yes no. ${yes.number} is cancelled`);
  }

  /** The extension sends `ota_flash`. */
  left(browser: number, host: string, body: string): void {
    const { deviceid, data } = readBody(body);
    this.note(
      `browser ${browser} sends ota_flash to ${host} ${deviceid === undefined ? 'without deviceid' : `for ${deviceid}`}`,
    );
    const yes = this.#yesFor(browser, host);
    if (yes === undefined) {
      this.accuse('ota_flash was sent though nobody said yes');
      return;
    }
    yes.sent += 1;
    // Until a device says otherwise, nobody knows.
    yes.began = true;
    const { question } = yes;
    if (yes.sent > 1) this.accuse('ota_flash was sent twice for one yes');
    if (yes.cancelled) this.accuse('ota_flash was sent after it was cancelled');
    if (host !== question.host) this.accuse('ota_flash went to another address than that of the question');
    if (data.downloadUrl !== question.url) this.accuse('ota_flash names another URL than the question');
    if (data.sha256sum !== question.digest) this.accuse('ota_flash names another digest than the question');
    const wanted = question.withoutId ? undefined : (question.deviceid ?? deviceid);
    if (deviceid !== wanted) {
      this.accuse(
        deviceid === undefined
          ? 'ota_flash goes out without the id that the question named'
          : 'ota_flash names another id than the question',
      );
    }
  }

  /** An `ota_flash` has come in at `device`. */
  arrived(device: DeviceModel, { browser, host, body }: Heard): void {
    this.note(
      `device ${device.name} (${device.id}) receives ota_flash${device.download ? ' while it downloads' : ''}`,
    );
    const yes = this.#yesFor(browser, host);
    if (yes === undefined) return;
    yes.arrived += 1;
    if (yes.arrived > 1) this.accuse('ota_flash came in twice for one yes');
    const { download } = device;
    // What is meant for another device is refused by the id, download or not.
    if (download === null || ![undefined, device.id].includes(readBody(body).deviceid)) return;
    // Two browsers know nothing of each other: only what the device shows can keep the second one away.
    const last = this.#answered.get(`${browser} ${host}`);
    const couldNotKnow =
      download.browser !== browser &&
      (device.spec.whileDownloading === 'answers' || (last !== undefined && last.at <= download.since));
    // A device that tells no id cannot be recognised at another address.
    const isDisguised = !device.tellsId && download.host !== host;
    if (!couldNotKnow && !isDisguised) this.accuse('ota_flash came in while the device was downloading');
  }

  /** `device` begins to do what `ota_flash` says. */
  accepted(device: DeviceModel, heard: Heard): void {
    this.onMoment('download');
    this.note(`device ${device.name} begins to download for ${device.spec.downloadMs / 1000} s`);
    const yes = this.#yesFor(heard.browser, heard.host);
    if (yes === undefined) return;
    const { deviceid, withoutId } = yes.question;
    // A command without the id may hit whoever has come to the address meanwhile, as the question has said.
    const isMistaken = deviceid === null ? device.tellsId : withoutId && deviceid !== device.id;
    if (!isMistaken) {
      this.#begun.set(device, { browser: heard.browser, host: heard.host, at: this.#time.real });
    }
    // Without an id on the wire, a device that comes to the address at the very last moment cannot be told apart.
    const asked = this.#answered.get(`${heard.browser} ${heard.host}`)?.device === device;
    const recognisable = deviceid !== null && !withoutId;
    if (deviceid === device.id) return;
    if (recognisable || (asked && device.tellsId)) {
      this.accuse('another device than that of the question was flashed');
    }
  }

  /** A browser has heard the answer of `device` to `info`. */
  told(device: DeviceModel, browser: number, host: string): void {
    this.#answered.set(`${browser} ${host}`, { device, at: this.#time.real });
  }

  /** `device` has refused `ota_flash`. */
  refused(device: DeviceModel, { browser, host }: Heard, code: number): void {
    this.note(`device ${device.name} refuses ota_flash (${code})`);
    const yes = this.#yesFor(browser, host);
    if (yes !== undefined && yes.arrived === 1 && changedNothing.has(code)) yes.began = false;
  }

  downloaded(device: DeviceModel, good: boolean): void {
    this.onMoment('downloaded');
    this.note(`device ${device.name} ends its download ${good ? 'well' : 'badly'}`);
  }

  /** `device` runs new firmware: nothing is left to be in doubt about. */
  booted(device: DeviceModel): void {
    this.#begun.delete(device);
    this.note(`device ${device.name} starts its new firmware`);
  }

  /**
   * A person has everything erased. Who was told that the device is probably flashed, and has waited for as long as
   * any download lasts, may have that forgotten.
   */
  erased(browser: number, seemFlashed: readonly Pick<Question, 'host' | 'deviceid'>[]): void {
    for (const [device, begun] of this.#begun) {
      const isLongAgo = this.#time.real - begun.at > longestDownload;
      const seemed = seemFlashed.some(
        ({ host, deviceid }) => (deviceid ?? host) === (deviceid === null ? begun.host : device.id),
      );
      if (begun.browser === browser && isLongAgo && seemed) this.#begun.delete(device);
    }
  }

  /** A page says these sentences of `device`, which did not do as it was asked at `host`. */
  failed(browser: number, host: string, device: DeviceModel, sentences: readonly string[]): void {
    const claim = sentences.find((sentence) => claims.test(sentence));
    const begun = this.#begun.get(device);
    if (claim === undefined || begun?.browser !== browser || begun.host !== host) return;
    this.accuse(`the page says "${claim}", but a flash of this device has begun`);
  }

  /** A page shows the answer of `device` to Info, and not a word about a flash that may have left half an image. */
  shownHarmless(browser: number, host: string, device: DeviceModel): void {
    const begun = this.#begun.get(device);
    const answered = this.#answered.get(`${browser} ${host}`);
    if (begun?.browser !== browser || answered?.device !== device || answered.at <= begun.at) return;
    // A device that tells no id cannot be recognised at another address.
    if (!device.tellsId && begun.host !== host) return;
    this.accuse('the page has forgotten that a flash may have left half an image on the device');
  }

  /** A page of `browser` shows these sentences about its last flash of the device `deviceid` at `host`. */
  shown(browser: number, flashed: Pick<Question, 'host' | 'deviceid'>, sentences: readonly string[]): void {
    const claim = sentences.find((sentence) => claims.test(sentence));
    const yes = this.#confirmed.findLast(
      ({ browser: other, question }) =>
        other === browser && question.host === flashed.host && question.deviceid === flashed.deviceid,
    );
    if (claim === undefined || yes === undefined || !yes.began) return;
    this.accuse(`the page says "${claim}", but ota_flash has left`);
  }
}

/** ITEAD's downloader gives up after this many milliseconds. */
const longestDownload = 180_000;

/** How the texts say that a device is as it was. */
const claims =
  /nothing (?:has been|was) (?:changed|sent)|no firmware has been sent|before anything was sent|is as it was/i;
