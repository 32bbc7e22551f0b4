import { type EsphomeWebOptions, esphomeSite } from './esphome-web.ts';
import { type TasmotaWebOptions, tasmotaSite } from './tasmota-web.ts';
import { WebPort } from './web-port.ts';

/** Where the firmware that has booted answers, and as what; without a port of its own nowhere. */
export interface NewFirmwareOptions {
  /** 80 on a device. */
  readonly port: number;
  readonly tasmota?: TasmotaWebOptions;
  readonly esphome?: EsphomeWebOptions;
}

/** The web server of the firmware that has booted. Of those that it can be, ESPurna has none here. */
export class NewFirmware {
  private web: WebPort | undefined;
  private listening: number | undefined;
  private closed = false;
  private readonly host: string;
  private readonly options: NewFirmwareOptions | undefined;

  constructor(host: string, options: NewFirmwareOptions | undefined) {
    this.host = host;
    this.options = options;
  }

  /** Every request that it heard, in order. */
  get heard(): WebPort['heard'] {
    return this.web?.heard ?? [];
  }

  /** Where it listens; undefined before it has booted. */
  get port(): number | undefined {
    return this.listening;
  }

  /** Starts it. `firmware` as `nameFirmware` names it. */
  async boot(firmware: string): Promise<void> {
    const { host, options } = this;
    if (options === undefined || !(firmware === 'Tasmota' || firmware === 'ESPHome')) return;
    const site =
      firmware === 'Tasmota'
        ? tasmotaSite({ address: host, ...options.tasmota })
        : esphomeSite(options.esphome);
    this.web = new WebPort(site);
    this.listening = await this.web.open({ host, port: options.port });
    if (this.closed) await this.web.close();
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.web?.close();
  }
}
