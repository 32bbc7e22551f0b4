import { judgeBoot } from './boot.ts';
import { Commands, type Settings } from './commands.ts';
import { DevicePort, type Heard } from './device-port.ts';
import type { DownloadLog } from './download.ts';
import { Faults } from './faults.ts';
import { type Callback, type Ending, Flasher } from './flasher.ts';
import { NewFirmware } from './new-firmware.ts';
import type { PretendFlash } from './pretend-flash.ts';
import { type Profile, profileNamed } from './profiles.ts';
import { type Became, type DeviceState, defaults, type SonoffOptions } from './sonoff-options.ts';
import { askVendor, type Vendor, vendors } from './vendor.ts';
import { Watchers } from './watchers.ts';

const firmwareRebootMs = 3000;
const quickest = { timeoutMs: 45_000 };

export type { Became, DeviceState, SonoffOptions } from './sonoff-options.ts';

/** A simulated Sonoff in DIY mode: built from captures and the protocol reference, not from our client. */
export class SimulatedSonoff {
  /** Every request, in order. */
  readonly heard: Heard[] = [];
  /** Faults can be switched on and off while the device runs. */
  readonly faults: Faults;
  readonly profile: Profile;
  readonly settings: Settings;
  /** What runs after a flash, where `web` says that it is to be heard. */
  readonly newFirmware: NewFirmware;
  /** The vendor's service; can be changed at run time. */
  vendor: Vendor;
  private readonly options: SonoffOptions & typeof defaults;
  private readonly flasher: Flasher;
  private readonly watchers = new Watchers();
  private readonly devicePort: DevicePort;
  private power = new AbortController();
  private now: Became = { state: 'sonoff' };
  private damaged = false;
  private verified = false;
  private listening = 0;
  private reboot: NodeJS.Timeout | undefined;

  constructor(options: SonoffOptions) {
    this.options = { ...defaults, ...options };
    this.profile = profileNamed(options.profile);
    this.faults = new Faults(options.faults);
    this.vendor = this.options.vendor;
    this.newFirmware = new NewFirmware(this.options.host, options.web);
    this.settings = {
      deviceid: this.options.deviceid,
      otaUnlock: options.unlocked ?? false,
      switch: 'off',
      startup: 'off',
      pulse: 'off',
      pulseWidth: 500,
      ssid: 'simulated',
      bssid: '02:00:5e:10:20:30',
      signalStrength: -52,
    };
    this.flasher = new Flasher({
      wrote: (bytes) => this.wrote(bytes),
      reported: ({ error, status }) => {
        this.tell(`POST /api/device/otaFlash {"error":${error}} to the mirror: ${status ?? 'no answer'}`);
      },
      ended: (ending) => this.ended(ending),
    });
    const commands = new Commands(this.profile, this.settings, {
      unlock: () => this.unlock(),
      flash: (url, sha256sum) => this.startFlash(url, sha256sum),
    });
    this.devicePort = new DevicePort({
      ...this.options,
      faults: this.faults,
      serve: (request, command) => commands.answer(request, command),
      hear: (heard) => {
        this.heard.push(heard);
        const body = heard.raw.slice(heard.raw.indexOf('\r\n\r\n') + 4);
        this.tell(`${heard.method || '?'} ${heard.path} ${body}`);
      },
      answered: (heard) => this.tell(`  → ${heard.outcome}`),
    });
  }

  async start(): Promise<void> {
    this.listening = await this.devicePort.open(this.options.port);
    this.tell(
      `Sonoff ${this.profile.name} ${this.settings.deviceid} listens on ${this.address}:${this.port}`,
    );
  }

  async stop(): Promise<void> {
    clearTimeout(this.reboot);
    this.power.abort();
    await Promise.all([this.devicePort.close(), this.newFirmware.close()]);
  }

  get address(): string {
    return this.options.host;
  }

  get port(): number {
    return this.listening;
  }

  get became(): Became {
    return this.now;
  }

  /** How many times `ota_flash` was on the wire, answered or not. */
  get otaFlashCount(): number {
    return this.heard.filter(({ method, command }) => method === 'POST' && command === 'ota_flash').length;
  }

  get downloads(): readonly DownloadLog[] {
    return this.flasher.downloads;
  }

  get callbacks(): readonly Callback[] {
    return this.flasher.callbacks;
  }

  get flash(): PretendFlash {
    return this.flasher.flash;
  }

  /** Resolves as soon as the device is in that state, or what is asked about it is true. */
  async waitUntil(
    what: DeviceState | ((device: SimulatedSonoff) => boolean),
    limits: { timeoutMs?: number; signal?: AbortSignal } = quickest,
  ): Promise<Became> {
    const holds = typeof what === 'string' ? () => this.now.state === what : () => what(this);
    await this.watchers.until(holds, { ...quickest, ...limits }, () => {
      const heard = this.heard.map(({ command, outcome }) => `${command}: ${outcome}`);
      return `the device is ${JSON.stringify(this.now)}, and has heard ${heard.join('; ')}`;
    });
    return this.now;
  }

  /** Takes the power away and gives it back. */
  async powerCycle(): Promise<void> {
    const { state } = this.now;
    if (state === 'tasmota' || state === 'booted' || state === 'brick') return;
    const writing = state === 'downloading' && this.flash.written > 0;
    await this.loseContact();
    if (writing) this.become({ state: 'brick', reason: 'power lost while flashing' });
    else if (this.verified) await this.boot();
    else if (this.damaged) this.become({ state: 'brick', reason: 'restarted after a digest mismatch' });
    else await this.comeBack();
  }

  /** Drops off the network: nothing answers, and a download breaks off. */
  async vanish(): Promise<void> {
    await this.loseContact();
    this.become({ state: 'gone' });
  }

  /** Is on the network again, with the old firmware and without having been restarted. */
  async comeBack(): Promise<void> {
    await this.devicePort.open(this.listening);
    this.become(this.damaged ? { state: 'sonoff', reason: 'digest mismatch' } : { state: 'sonoff' });
  }

  private async loseContact(): Promise<void> {
    clearTimeout(this.reboot);
    this.power.abort();
    this.power = new AbortController();
    await this.devicePort.close();
  }

  private async unlock(): Promise<number | 'silence'> {
    const { vendor } = this;
    const delay = this.options.vendorDelayMs ?? vendors[vendor].delayMs * this.options.timeScale;
    const verdict = await askVendor(vendor, delay, this.power.signal);
    if (verdict?.unlocks) this.settings.otaUnlock = true;
    return verdict?.error ?? 'silence';
  }

  private async startFlash(url: string, sha256sum: string): Promise<number | 'silence'> {
    if (this.now.state !== 'sonoff') return 'silence';
    this.verified = false;
    this.become({ state: 'downloading' });
    const { profile, options } = this;
    return this.flasher.run({
      url,
      sha256sum,
      completion: options.completion,
      sizeLimit: options.sizeLimit,
      preDownloadMs: options.preDownloadMs,
      refusedCode: profile.firstRangeRefused,
      deviceid: this.settings.deviceid,
      hostBug: options.hostBug ?? profile.hostBug,
      style: profile.downloader,
      hosts: options.hosts ?? {},
      timeScale: options.timeScale,
      speed: options.speed,
      signal: this.power.signal,
    });
  }

  private wrote(bytes: number): void {
    if (this.faults.strikeAt('power-loss', bytes)) void this.powerCycle();
    else if (this.faults.strikeAt('vanish', bytes)) void this.vanish();
    this.watchers.look();
  }

  private ended(ending: Ending): void {
    if (ending.kind === 'cut' || this.now.state !== 'downloading') return;
    if (ending.kind === 'verified') {
      this.damaged = false;
      this.verified = true;
      this.become({ state: 'restarting' });
      const after = this.options.rebootMs ?? firmwareRebootMs * this.options.timeScale;
      this.reboot = setTimeout(() => void this.powerCycle(), after);
      return;
    }
    if (ending.kind === 'failed') {
      this.become({ state: 'sonoff', reason: `the download failed: ${ending.why}` });
      return;
    }
    this.damaged = true;
    this.become({ state: 'sonoff', reason: 'digest mismatch' });
    if (this.faults.strike('restart-after-mismatch') !== undefined) void this.powerCycle();
  }

  private async boot(): Promise<void> {
    const verdict = judgeBoot(this.flash.image);
    if (verdict.boots) await this.newFirmware.boot(verdict.firmware);
    if (!verdict.boots) this.become({ state: 'brick', reason: verdict.reason });
    else if (verdict.firmware !== 'Tasmota') this.become({ state: 'booted', firmware: verdict.firmware });
    else {
      const accessPoint = `tasmota_${this.settings.deviceid.slice(-6).toUpperCase()}-1234`;
      this.become({ state: 'tasmota', firmware: verdict.firmware, accessPoint });
    }
  }

  private become(became: Became): void {
    this.now = became;
    const { state, reason, firmware, accessPoint } = became;
    this.tell(`It is now: ${[state, reason, firmware, accessPoint].filter(Boolean).join(', ')}`);
  }

  private tell(line: string): void {
    this.options.hear?.(line);
    this.watchers.look();
  }
}
