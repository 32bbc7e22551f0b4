import type { Delivery } from './device-port.ts';
import type { HttpRequest } from './http-request.ts';
import type { InfoParts, Profile } from './profiles.ts';

/** What a command does that takes time. A number is the `error` of the answer. */
export interface Deeds {
  readonly unlock: () => Promise<number | 'silence'>;
  readonly flash: (downloadUrl: string, sha256sum: string) => Promise<number | 'silence'>;
}

type Data = Readonly<Record<string, unknown>>;

/** The settings of a device, as `info` shows them. */
export type Settings = { -readonly [Key in keyof InfoParts]: InfoParts[Key] };

const onOff = ['on', 'off'];

/** Which `data` a command takes (protocol §1). What does not pass is answered by 422. */
const parameters: Readonly<Record<string, (data: Data) => boolean>> = {
  switch: (data) => isOneOf(data.switch, onOff),
  startup: (data) => isOneOf(data.startup, [...onOff, 'stay']),
  pulse: (data) => isOneOf(data.pulse, onOff) && (data.pulse === 'off' || isPulseWidth(data.pulseWidth)),
  wifi: (data) => typeof data.ssid === 'string' && data.ssid !== '' && typeof data.password === 'string',
  switches: (data) => isOutlets(data.switches, 'switch', onOff),
  startups: (data) => isOutlets(data.configure, 'startup', [...onOff, 'stay']),
  pulses: (data) => isOutlets(data.pulses, 'pulse', onOff),
  ota_flash: (data) =>
    typeof data.downloadUrl === 'string' &&
    typeof data.sha256sum === 'string' &&
    /^[0-9a-f]{64}$/i.test(data.sha256sum),
};

/** What the device answers: the zeroconf commands, each as its firmware's profile takes them. */
export class Commands {
  private seq: number;
  private readonly profile: Profile;
  private readonly settings: Settings;
  private readonly deeds: Deeds;

  constructor(profile: Profile, settings: Settings, deeds: Deeds) {
    this.profile = profile;
    this.settings = settings;
    this.deeds = deeds;
    this.seq = profile.firstSeq;
  }

  async answer(request: HttpRequest, command: string): Promise<Delivery> {
    const { profile } = this;
    if (request.target !== `/zeroconf/${command}`) return { kind: 'hang' };
    if (profile.plainRequest !== 'served') return this.reply(profile.plainRequest);
    if (profile.refused.includes(command)) return this.reply(400);
    if (!profile.commands.includes(command)) return unknownCommand;
    const body = readObject(request.body.toString('utf8'));
    if (!body) return this.reply(400);
    const verdict = this.judgeId(body);
    if (verdict === 'reset') return { kind: 'reset', why: `deviceid ${JSON.stringify(body.deviceid)}` };
    if (verdict !== 'accept') return this.reply(verdict);
    const data = this.dataOf(body);
    const takes = parameters[command];
    if (!data || (takes && !takes(data))) return this.reply(422);
    return this.perform(command, data);
  }

  private async perform(command: string, data: Data): Promise<Delivery> {
    const { profile, settings } = this;
    if (command === 'info') return this.reply(0, profile.info(settings, profile.fwVersion));
    if (command === 'signal_strength') return this.reply(0, { signalStrength: settings.signalStrength });
    if (command === 'ota_unlock') return this.replyOrSilence(await this.deeds.unlock());
    if (command === 'ota_flash') return this.flash(data);
    const [outlet] = Array.isArray(data.switches) ? data.switches.filter(isWired) : [];
    if (isObject(outlet) && typeof outlet.switch === 'string') settings.switch = outlet.switch;
    if (typeof data.switch === 'string') settings.switch = data.switch;
    if (typeof data.startup === 'string') settings.startup = data.startup;
    if (typeof data.pulse === 'string') settings.pulse = data.pulse;
    if (typeof data.pulseWidth === 'number') settings.pulseWidth = data.pulseWidth;
    if (command === 'wifi' && typeof data.ssid === 'string') settings.ssid = data.ssid;
    return this.reply(0);
  }

  private async flash(data: Data): Promise<Delivery> {
    const { downloadUrl, sha256sum } = data;
    if (typeof downloadUrl !== 'string' || typeof sha256sum !== 'string') return this.reply(422);
    if (this.profile.upperCaseDigest === 422 && /[A-F]/.test(sha256sum)) return this.reply(422);
    if (!this.settings.otaUnlock) return this.reply(403);
    return this.replyOrSilence(await this.deeds.flash(downloadUrl, sha256sum));
  }

  private judgeId(body: Data): 'accept' | 'reset' | 404 | 422 {
    const rule = this.profile.deviceId;
    if (!('deviceid' in body)) return rule.missing;
    if (body.deviceid === '') return rule.empty;
    return body.deviceid === this.settings.deviceid ? rule.right : rule.wrong;
  }

  /** v1.4 devices were also sent `data` as a JSON string (itead#13). */
  private dataOf(body: Data): Data | undefined {
    if (isObject(body.data)) return body.data;
    return this.profile.dataAsString && typeof body.data === 'string' ? readObject(body.data) : undefined;
  }

  private replyOrSilence(error: number | 'silence'): Delivery {
    return error === 'silence' ? { kind: 'silence' } : this.reply(error);
  }

  private reply(error: number, data?: Data): Delivery {
    const seq = this.seq;
    this.seq += 1;
    const shown = data && (this.profile.dataAsString ? JSON.stringify(data) : data);
    const body = JSON.stringify(shown === undefined ? { seq, error } : { seq, error, data: shown });
    return { kind: 'answer', status: '200 OK', type: 'application/json', body };
  }
}

/** Some firmware answers a command that it does not know with a web page (SonoffLAN#1442). */
const unknownCommand: Delivery = {
  kind: 'answer',
  status: '404 Not Found',
  type: 'text/html',
  body: '<html><head><title>404</title></head><body>Not Found</body></html>',
};

function readObject(text: string): Data | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Of the four outlets that a MINIR3 speaks of, only the first has a relay. */
function isWired(row: unknown): boolean {
  return isObject(row) && `${row.outlet}` === '0';
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOneOf(value: unknown, words: readonly string[]): boolean {
  return typeof value === 'string' && words.includes(value);
}

function isPulseWidth(value: unknown): boolean {
  return typeof value === 'number' && value >= 500 && value <= 36_000_000 && value % 500 === 0;
}

function isOutlets(value: unknown, key: string, words: readonly string[]): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  const list: readonly unknown[] = value;
  return list.every(
    (row) => isObject(row) && isOneOf(row[key], words) && isOneOf(`${row.outlet}`, ['0', '1', '2', '3']),
  );
}
