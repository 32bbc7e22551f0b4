import { type Asked, type Background, type Page, pageOf, startBackground, type WhyNot } from './adapter.ts';
import type { DeviceModel } from './device.ts';
import type { Judge } from './judge.ts';
import type { Network, Process } from './network.ts';
import { BrowserStorage } from './storage.ts';
import type { VirtualTime } from './time.ts';

interface Around {
  readonly time: VirtualTime;
  readonly judge: Judge;
  readonly network: Network;
}

interface Running {
  readonly process: Process;
  readonly background: Promise<Background>;
  /** How many orders and pieces of work have not come to their end. */
  work: number;
}

type Order = (background: Background) => WhyNot | Promise<WhyNot>;

/** How long somebody waits for the answer to a click before the next deed: time and again, in milliseconds. */
const patience = [0, 1, 1, 2, 5, 50, 500, 1_000] as const;

/** A browser with the extension in it, and the pages that a person has open. */
export class BrowserModel {
  readonly storage: BrowserStorage;
  permitted = true;
  wasUsed = false;
  #running: Running | null = null;
  #asked: Asked | null = null;
  #askedAll: readonly Asked[] = [];
  readonly #number: number;
  /** The device that did not do as it was asked, as long as the page says so. */
  #failed: { readonly when: string; readonly device: DeviceModel | undefined } = {
    when: '',
    device: undefined,
  };
  readonly #around: Around;

  constructor(number: number, around: Around, storageTakes: number, wrote: () => void) {
    this.#number = number;
    this.#around = around;
    this.storage = new BrowserStorage(around.time, { takes: storageTakes, failures: 0 }, wrote);
  }

  page(): Page {
    return pageOf(this.storage.session, this.storage.local);
  }

  /** Gives an order as a page does, and waits a little for the answer: the refusal, or null. */
  async order(name: string, give: Order): Promise<WhyNot> {
    const answers = await this.#orders(name, give, 1);
    return answers[0] ?? null;
  }

  /** Gives the same order several times at once; the background begins if there is none. */
  async #orders(name: string, give: Order, times: number): Promise<WhyNot[]> {
    const { time, judge } = this.#around;
    const running = this.#start();
    const answers: WhyNot[] = [];
    for (let given = 0; given < times; given += 1) {
      running.work += 1;
      void running.background.then(async (background) => {
        if (!running.process.alive) return;
        answers.push(await answerOf(give, background));
        // What could not be written is told in the run, or is lost with it.
        await background.settled().catch(() => {});
        running.work -= 1;
      });
    }
    // A page waits for the answer, but a person does not: whatever comes later is in the run.
    for (const ms of patience) {
      await time.pass(ms);
      if (answers.length === times || !running.process.alive) break;
    }
    for (const answer of answers) {
      if (answer !== null) judge.note(`browser ${this.#number}: ${name} is refused: ${answer}`);
    }
    return answers;
  }

  /** A page opens: the background takes up what it had to leave. */
  async wake(): Promise<void> {
    await this.order('Opening a page', () => null);
  }

  #start(): Running {
    if (this.#running !== null) return this.#running;
    this.wasUsed = true;
    const { time, network } = this.#around;
    const began = time.awake;
    const process: Process = { browser: this.#number, alive: true, delivers: false };
    const background = startBackground({
      fetch: network.fetchFor(process),
      session: this.storage.area('session', process),
      local: this.storage.area('local', process),
      wall: () => time.wall,
      awake: () => time.awake - began,
      sleep: (ms, signal) => sleep(time, process, ms, signal),
      mayReach: () => (process.alive ? Promise.resolve(this.permitted) : new Promise(() => {})),
    });
    const running = { process, background, work: 0 };
    this.#running = running;
    return running;
  }

  isBusy(): boolean {
    return this.#running !== null && this.#running.work > 0;
  }

  /** Has everything erased. */
  async erase(): Promise<void> {
    const { seemFlashed } = this.page();
    const refusal = await this.order('Erase everything', (background) => background.erase());
    if (refusal === null) this.#around.judge.erased(this.#number, seemFlashed);
  }

  /** The browser stops the background wherever it is. */
  kill(delivers: boolean): void {
    if (this.#running === null) return;
    this.#running.process.delivers = delivers;
    this.#running.process.alive = false;
    this.#running = null;
  }

  /** The browser ends and begins anew: pages and `storage.session` are gone. */
  restart(delivers: boolean): void {
    this.reload(delivers);
    this.#around.network.endBrowser(this.#number);
  }

  /** The extension is loaded again, or updated: pages and `storage.session` are gone, the browser's connections stay. */
  reload(delivers: boolean): void {
    this.kill(delivers);
    this.storage.endSession();
    this.#asked = null;
    this.#askedAll = [];
    this.#around.judge.restarted(this.#number);
  }

  /** Opens the question, as it stands at this moment. */
  openQuestion(): void {
    const { asks } = this.page();
    this.#around.judge.note(
      `browser ${this.#number}: ${asks === null ? 'Flash is off' : 'the question is open'}`,
    );
    if (asks !== null) this.#asked = asks;
  }

  /** Opens the question about every device that can be flashed. */
  openQuestionAboutAll(): void {
    const { asksAll } = this.page();
    this.#askedAll = asksAll;
    this.#around.judge.note(`browser ${this.#number}: a question about ${asksAll.length} devices is open`);
  }

  /** Answers the open question about all with yes. */
  async yesToAll(times: number, stopAtBad: boolean): Promise<void> {
    const asked = this.#askedAll;
    this.#askedAll = [];
    const { judge } = this.#around;
    const { isListUnderWay } = this.page();
    let count = 0;
    const click: Order = (background) => {
      const refusal = background.flashAll(asked, stopAtBad);
      const questions = asked.map(({ question }) => question);
      if (refusal === null) judge.confirmedAll(this.#number, questions, isListUnderWay || count > 0);
      count += refusal === null ? 1 : 0;
      return refusal;
    };
    await this.#orders('Flash all', click, times);
  }

  no(): void {
    this.#asked = null;
  }

  /** Answers the open question with yes; `times` is how often the same hand clicks. */
  async yes(times: number): Promise<void> {
    const asked = this.#asked;
    this.#asked = null;
    const { judge } = this.#around;
    if (asked === null) return;
    const { isFlashing } = this.page();
    let count = 0;
    const click: Order = (background) => {
      const refusal = background.flash(asked);
      if (refusal === null) judge.confirmed(this.#number, asked.question, isFlashing || count > 0);
      count += refusal === null ? 1 : 0;
      return refusal;
    };
    await this.#orders('Flash', click, times);
  }

  /** Presses the page's Cancel, where it has one. */
  async cancel(): Promise<void> {
    const { judge } = this.#around;
    const page = this.page();
    const [what] = page.cancels;
    if (what === undefined) return judge.note(`browser ${this.#number}: there is no Cancel`);
    const refusal = await this.order(`Cancel (${what})`, (background) => {
      const answer = background.stop(what);
      if (answer === null && page.saysNothingSent) judge.cancelled(this.#number, page.host);
      return answer;
    });
    if (refusal === null) judge.note(`browser ${this.#number}: Cancel stops ${what}`);
  }

  calm(): void {
    this.permitted = true;
    this.storage.manner.failures = 0;
    this.storage.manner.takes = 2;
  }

  /** What the page says, against what is true. */
  judgePage(page: Page): void {
    const { judge, network } = this.#around;
    if (page.flashed !== null) {
      const yet = page.saysNothingSent ? ['Nothing has been sent yet.'] : [];
      judge.shown(this.#number, page.flashed, [...page.sentences, ...yet]);
    }
    if (page.host === null) return;
    const device = network.addresses.get(page.host);
    const when = `${page.host} ${page.failedAt}`;
    if (when !== this.#failed.when) this.#failed = { when, device };
    const failed = this.#failed.device;
    if (failed !== undefined) judge.failed(this.#number, page.host, failed, page.failures);
    const isOnThePage = device !== undefined && page.device === 'done' && page.deviceid === device.idTold;
    if (isOnThePage && page.isHarmless) judge.shownHarmless(this.#number, page.host, device);
  }
}

/** The answer to an order; a page that gets an error instead knows only that it was not taken up. */
async function answerOf(give: Order, background: Background): Promise<WhyNot> {
  try {
    return await give(background);
  } catch (error) {
    return `it throws ${String(error)}`;
  }
}

/** Waits by the computer's timers; whoever has died waits for ever. */
function sleep(time: VirtualTime, process: Process, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!process.alive) return;
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = time.onTheComputer(ms, () => {
      signal?.removeEventListener('abort', abort);
      if (process.alive) resolve();
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}
