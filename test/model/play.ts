import './synchronous.ts';
import { type FlashPlan, hosts, type Moment, type Story, type Wait } from './actions.ts';
import { BrowserModel } from './browser.ts';
import { DeviceModel } from './device.ts';
import { Judge } from './judge.ts';
import { MirrorModel, mirrorFiles, mirrorOrigin } from './mirror.ts';
import { Network } from './network.ts';
import { VirtualTime } from './time.ts';
import { describeAction } from './words.ts';

/** What came of a story. */
export interface Verdict {
  readonly violations: readonly string[];
  readonly story: readonly { readonly at: number; readonly text: string }[];
  /** What was reached, to see that the stories are worth telling. */
  readonly reached: ReadonlySet<string>;
}

const ids = ['1000aaaaaa', '1000bbbbbb', '1000cccccc'] as const;
const names = ['A', 'B', 'C'] as const;
/** The longest wait for a moment, in milliseconds. */
const longestWait = 400_000;
/** After this, whatever is under way must have come to an end (a watch lasts five minutes). */
const longestWork = 1_200_000;

/** Everything of one story that has begun. */
class Stage {
  readonly time = new VirtualTime();
  readonly judge = new Judge(this.time);
  readonly mirror: MirrorModel;
  readonly network: Network;
  readonly devices: readonly DeviceModel[];
  readonly browsers: readonly [BrowserModel, BrowserModel];
  readonly reached = new Set<string>();
  #awaited: { until: Moment; times: number } | null = null;

  constructor({ scene }: Story) {
    this.mirror = new MirrorModel(scene.mirrorTakes);
    const around = { time: this.time, judge: this.judge, mirror: this.mirror };
    this.judge.onMoment = (moment) => this.#happened(moment);
    this.network = new Network(around, scene.nobody, (what) => this.#happened(what));
    this.devices = scene.devices.map(
      (spec, index) => new DeviceModel(names[index] ?? '?', ids[index] ?? '?', spec, around),
    );
    const [a, b] = this.devices;
    if (a !== undefined) this.network.addresses.set(hosts[0], a);
    if (b !== undefined) this.network.addresses.set(hosts[1], b);
    const browser = (number: number) =>
      new BrowserModel(number, { ...around, network: this.network }, scene.storageTakes, () =>
        this.#happened('write'),
      );
    this.browsers = [browser(0), browser(1)];
  }

  async wait(wait: Wait): Promise<void> {
    if (typeof wait === 'number') {
      await this.time.pass(wait);
      return;
    }
    this.#awaited = { ...wait };
    await this.time.pass(longestWait);
    this.#awaited = null;
  }

  #happened(moment: Moment): void {
    this.reached.add(moment);
    if (this.#awaited?.until !== moment) return;
    this.#awaited.times -= 1;
    if (this.#awaited.times <= 0) this.time.halt();
  }

  /** Looks at every page. */
  look(): void {
    for (const browser of this.browsers) {
      const page = browser.page();
      this.reached.add(page.stage);
      if (page.isListUnderWay) this.reached.add('list');
      browser.judgePage(page);
    }
  }

  /** All is quiet again: nothing fails any more. */
  async calm(): Promise<void> {
    this.mirror.alive = true;
    this.mirror.takes = 10;
    for (const device of this.devices) {
      device.faults.length = 0;
      device.powered = true;
    }
    for (const browser of this.browsers) browser.calm();
    for (const browser of this.browsers) if (browser.wasUsed) await browser.wake();
  }
}

/** Plays `story` to its end, or to the first violation. */
export async function play(story: Story): Promise<Verdict> {
  // Every abort makes an error, and the traces of those cost more than all the rest.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await perform(story);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function perform(story: Story): Promise<Verdict> {
  const stage = new Stage(story);
  const { judge } = stage;
  const verdict = () => ({ violations: judge.violations, story: judge.story, reached: stage.reached });
  for (const action of story.actions) {
    judge.note(`> ${describeAction(action, stage.network, stage.devices)}`);
    await carryOut(stage, action.deed);
    stage.look();
    if (judge.violations.length > 0) return verdict();
    await stage.wait(action.wait);
    stage.look();
    if (judge.violations.length > 0) return verdict();
  }
  await untilTheEnd(stage);
  return verdict();
}

/** From every state, when all is quiet and the device answers, pressing Info ends in done or failed. */
async function untilTheEnd(stage: Stage): Promise<void> {
  const { judge, time, browsers } = stage;
  judge.note('> All is quiet');
  await stage.calm();
  for (const browser of browsers) {
    if (!browser.wasUsed) continue;
    const end = time.real + longestWork;
    while (browser.isBusy() && time.real < end) {
      await time.pass(1_000);
      if (browser.isBusy()) await time.pass(60_000);
      stage.look();
    }
    if (browser.isBusy()) return judge.accuse(`the page is stuck: ${browser.page().stage}`);
    const page = browser.page();
    if (page.isUnderWay) return judge.accuse('nothing is under way, but the page says so');
    const host = page.host ?? hosts[0];
    const refusal = await browser.order('Info', (background) => background.info(host, ''));
    if (refusal !== null) return judge.accuse(`Info is refused though all is quiet: ${refusal}`);
    await time.pass(60_000);
    stage.look();
    const { device } = browser.page();
    if (device !== 'done' && device !== 'failed') judge.accuse(`Info does not end: ${device}`);
  }
}

async function carryOut(stage: Stage, deed: FlashPlan): Promise<void> {
  const { time, network, mirror, browsers, devices, judge } = stage;
  const browser = 'browser' in deed ? (browsers[deed.browser] ?? browsers[0]) : browsers[0];
  const host = 'host' in deed ? (hosts[deed.host] ?? hosts[0]) : hosts[0];
  switch (deed.do) {
    case 'info': {
      const at = network.addresses.get(host);
      const typed = { nothing: '', own: at?.id ?? '', other: ids[2] }[deed.typed];
      return void (await browser.order('Info', (background) => background.info(host, typed)));
    }
    case 'unlock':
      return void (await browser.order('Unlock', (background) => background.unlock()));
    case 'fetch': {
      const url = `${mirrorOrigin}${mirrorFiles[deed.file] ?? mirrorFiles[0]}`;
      return void (await browser.order('Fetch firmware', (background) => background.image(url)));
    }
    case 'prepare':
      return prepare(stage, browser, host);
    case 'question':
      return browser.openQuestion();
    case 'prepare-all':
      return prepareAll(stage, browser);
    case 'question-all':
      return browser.openQuestionAboutAll();
    case 'yes-all':
      return browser.yesToAll(deed.times, deed.stopAtBad);
    case 'stop-list':
      return void (await browser.order('Stop the list', (background) => background.stopList()));
    case 'yes':
      return browser.yes(deed.times);
    case 'no':
      return browser.no();
    case 'cancel':
      return browser.cancel();
    case 'start-over':
      return void (await browser.order('Start over', (background) => background.startOver()));
    case 'erase':
      return browser.erase();
    case 'wake':
      return browser.wake();
    case 'kill-background':
      return browser.kill(deed.delivers);
    case 'restart-browser':
      browser.restart(deed.delivers);
      return browser.wake();
    case 'reload-extension':
      browser.reload(deed.delivers);
      return browser.wake();
    case 'sleep':
      network.fallAsleep();
      await time.sleep(deed.ms);
      return network.wakeUp();
    case 'set-clock':
      return time.setWallClock(deed.ms);
    case 'swap-addresses':
      return swap(network.addresses, hosts[0], hosts[1]);
    case 'replace-device':
      return replace(network.addresses, host, devices[2]);
    case 'cut-network':
    case 'restore-network': {
      const device = network.addresses.get(host);
      if (device !== undefined) device.powered = deed.do === 'restore-network';
      return;
    }
    case 'fault':
      network.addresses.get(host)?.faults.push(deed.fault);
      return;
    case 'storage':
      browser.storage.manner.takes = deed.takes;
      browser.storage.manner.failures = deed.failures;
      return;
    case 'mirror':
      if (deed.how === 'replace') mirror.replaceFile();
      else mirror.alive = deed.how === 'up';
      return;
    case 'permission':
      browser.permitted = deed.given;
      judge.note(`browser ${deed.browser}: permission ${deed.given ? 'given' : 'taken back'}`);
      return;
  }
}

async function untilQuiet(stage: Stage, browser: BrowserModel): Promise<void> {
  for (let waited = 0; waited < 30_000 && browser.isBusy(); waited += 500) await stage.time.pass(500);
}

/** The same as `prepare` for two devices at once. */
async function prepareAll(stage: Stage, browser: BrowserModel): Promise<void> {
  const two = hosts.slice(0, 2);
  await browser.order('Info for all', (background) => background.infoAll(two));
  await untilQuiet(stage, browser);
  await browser.order('Unlock all', (background) => background.unlockAll(two));
  await untilQuiet(stage, browser);
  await browser.order('Fetch firmware', (background) => background.image(`${mirrorOrigin}${mirrorFiles[0]}`));
  await untilQuiet(stage, browser);
  if (browser.page().asksAll.length > 1) stage.reached.add('two ready');
}

/** Info, Unlock and Fetch, as somebody does it who waits for each. */
async function prepare(stage: Stage, browser: BrowserModel, host: string): Promise<void> {
  const quiet = () => untilQuiet(stage, browser);
  await browser.order('Info', (background) => background.info(host, ''));
  await quiet();
  await browser.order('Unlock', (background) => background.unlock());
  await quiet();
  await browser.order('Fetch firmware', (background) => background.image(`${mirrorOrigin}${mirrorFiles[0]}`));
  await quiet();
  if (browser.page().asks !== null) stage.reached.add('ready');
}

function swap(addresses: Map<string, DeviceModel>, one: string, other: string): void {
  const [first, second] = [addresses.get(one), addresses.get(other)];
  put(addresses, one, second);
  put(addresses, other, first);
}

/** The device at `host` goes, and `other` comes; the next time, the other way round. */
function replace(addresses: Map<string, DeviceModel>, host: string, other: DeviceModel | undefined): void {
  const gone = addresses.get(host);
  const elsewhere = [...addresses].find(([, device]) => device === other)?.[0];
  put(addresses, host, other);
  if (elsewhere !== undefined && elsewhere !== host) put(addresses, elsewhere, gone);
}

function put(addresses: Map<string, DeviceModel>, host: string, device: DeviceModel | undefined): void {
  if (device === undefined) addresses.delete(host);
  else addresses.set(host, device);
}
