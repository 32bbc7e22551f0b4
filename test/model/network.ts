import type { DeviceCommand, DeviceModel } from './device.ts';
import type { Judge } from './judge.ts';
import { type MirrorModel, mirrorOrigin } from './mirror.ts';
import type { VirtualTime } from './time.ts';

/** A process of a browser. What it has sent when it dies may arrive all the same. */
export interface Process {
  readonly browser: number;
  alive: boolean;
  /** Whether what is on its way when the process dies still arrives. */
  delivers: boolean;
}

/** What an address says where no device is. */
export type Nobody = 'silent' | 'refused' | 'unreachable';

const latency = 3;
const commands: readonly DeviceCommand[] = ['info', 'ota_unlock', 'ota_flash'];
const isCommand = (text: string): text is DeviceCommand => commands.some((command) => command === text);

interface Exchange {
  readonly process: Process;
  /** Null as soon as it has ended for the process. */
  settle: { resolve(response: Response): void; reject(error: unknown): void } | null;
}

/** The home network: which device is at which address, the mirror, and the connections in between. */
export class Network {
  readonly addresses = new Map<string, DeviceModel>();
  readonly #time: VirtualTime;
  readonly #judge: Judge;
  readonly #mirror: MirrorModel;
  readonly #nobody: Nobody;
  readonly #heard: (what: DeviceCommand | 'mirror') => void;
  readonly #underWay = new Set<Exchange>();
  /** Connections that browsers keep open for the next request: by browser, host and credentials mode. */
  readonly #kept = new Map<string, { readonly device: DeviceModel; readonly afterRefusal: boolean }>();
  /** How often each browser was begun; what an earlier one sent is on no connection of the next. */
  readonly #begun = new Map<number, number>();
  #asleep = false;

  /** `heard` is told of every request that leaves a browser. */
  constructor(
    around: { readonly time: VirtualTime; readonly judge: Judge; readonly mirror: MirrorModel },
    nobody: Nobody,
    heard: (what: DeviceCommand | 'mirror') => void,
  ) {
    this.#time = around.time;
    this.#judge = around.judge;
    this.#mirror = around.mirror;
    this.#nobody = nobody;
    this.#heard = heard;
  }

  /** The computer falls asleep: nothing comes in any more. */
  fallAsleep(): void {
    this.#asleep = true;
  }

  /** The computer wakes: its sockets are dead. */
  wakeUp(): void {
    this.#asleep = false;
    this.#kept.clear();
    for (const exchange of [...this.#underWay]) this.#fail(exchange, undefined);
  }

  /** The browser with this number ends. */
  endBrowser(browser: number): void {
    this.#begun.set(browser, this.#generation(browser) + 1);
    for (const key of [...this.#kept.keys()]) if (key.startsWith(`${browser} `)) this.#kept.delete(key);
  }

  #generation(browser: number): number {
    return this.#begun.get(browser) ?? 0;
  }

  /** `fetch` as a process of a browser sees it. */
  fetchFor(process: Process): typeof fetch {
    return (input, init = {}) =>
      new Promise((resolve, reject) => {
        if (!process.alive) return;
        const exchange: Exchange = { process, settle: { resolve, reject } };
        const signal = init.signal ?? null;
        if (signal?.aborted) return reject(signal.reason);
        signal?.addEventListener('abort', () => this.#end(exchange)?.reject(signal.reason), { once: true });
        this.#underWay.add(exchange);
        this.#send(exchange, new URL(String(input)), init);
      });
  }

  #send(exchange: Exchange, url: URL, init: RequestInit): void {
    const command = url.pathname.replace('/zeroconf/', '');
    if (url.origin === mirrorOrigin) this.#askMirror(exchange, url, init);
    else if (url.port !== '8081') this.#askTasmota(exchange, url.hostname);
    else if (isCommand(command)) {
      const body = String(init.body);
      const { browser } = exchange.process;
      this.#heard(command);
      if (command === 'ota_flash') this.#judge.left(browser, url.hostname, body);
      const pool = `${browser} ${url.hostname} ${init.credentials ?? 'same-origin'}`;
      this.#askDevice(exchange, { host: url.hostname, command, body, pool });
    }
  }

  #askDevice(
    exchange: Exchange,
    request: {
      readonly host: string;
      readonly command: DeviceCommand;
      readonly body: string;
      readonly pool: string;
    },
  ): void {
    const { host, command, body, pool } = request;
    const kept = this.#kept.get(pool);
    this.#kept.delete(pool);
    const generation = this.#generation(exchange.process.browser);
    this.#arrive(exchange, () => {
      const device = this.#deviceAt(host);
      if (device === undefined) return this.#noAnswer(exchange);
      const { browser } = exchange.process;
      if (kept?.device === device && (kept.afterRefusal || command === 'ota_flash')) {
        // Browsers send what a kept connection swallowed a second time by themselves, POST or not.
        if (command === 'ota_flash') this.#judge.arrived(device, { browser, command, host, body });
        return this.#askDevice(exchange, request);
      }
      device.hear({ browser, command, host, body }, (answer) => {
        this.#time.inTheWorld(latency, () => {
          if (this.#asleep || exchange.settle === null) return;
          if (answer.kind === 'reset') return this.#fail(exchange, 'ECONNRESET');
          if (command === 'info' && answer.body.includes('"error":0'))
            this.#judge.told(device, browser, host);
          const afterRefusal = command === 'ota_flash' && !answer.body.includes('"error":0');
          const lives = this.#generation(browser) === generation;
          if (device.spec.keepsOpen && lives) this.#kept.set(pool, { device, afterRefusal });
          this.#answer(exchange, answer.body, { 'content-type': 'application/json' }, 200);
        });
      });
    });
  }

  #askMirror(exchange: Exchange, url: URL, init: RequestInit): void {
    this.#heard('mirror');
    this.#arrive(exchange, () => {
      const served = this.#mirror.serve(url, new Headers(init.headers).get('range'));
      if (served === null) return this.#fail(exchange, 'ECONNREFUSED');
      this.#time.inTheWorld(served.after + latency, () =>
        this.#answer(exchange, served.body, served.headers, served.status),
      );
    });
  }

  #askTasmota(exchange: Exchange, host: string): void {
    this.#arrive(exchange, () => {
      const device = this.addresses.get(host);
      if (device === undefined || device.state === 'gone') return this.#noAnswer(exchange);
      if (device.state === 'sonoff') return this.#fail(exchange, 'ECONNREFUSED');
      this.#time.inTheWorld(latency, () =>
        this.#answer(exchange, 'Tasmota', { server: 'Tasmota/14.1.0 (ESP8266)' }, 200),
      );
    });
  }

  #deviceAt(host: string): DeviceModel | undefined {
    const device = this.addresses.get(host);
    return device?.state === 'sonoff' && device.powered ? device : undefined;
  }

  #arrive(exchange: Exchange, act: () => void): void {
    this.#time.inTheWorld(latency, () => {
      const { process, settle } = exchange;
      if (process.alive ? settle !== null : process.delivers) act();
    });
  }

  #noAnswer(exchange: Exchange): void {
    if (this.#nobody === 'silent') return;
    this.#fail(exchange, this.#nobody === 'refused' ? 'ECONNREFUSED' : 'EHOSTUNREACH');
  }

  #fail(exchange: Exchange, code: string | undefined): void {
    const error =
      code === undefined ? new TypeError('fetch failed') : new TypeError('fetch failed', { cause: { code } });
    this.#end(exchange)?.reject(error);
  }

  #answer(
    exchange: Exchange,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>>,
    status: number,
  ): void {
    if (this.#asleep) return;
    this.#end(exchange)?.resolve(new Response(body, { status, headers }));
  }

  /** The exchange is over for the process; hands out whom to tell, once, and only while the process lives. */
  #end(exchange: Exchange): Exchange['settle'] {
    const { settle } = exchange;
    this.#underWay.delete(exchange);
    exchange.settle = null;
    return exchange.process.alive ? settle : null;
  }
}
