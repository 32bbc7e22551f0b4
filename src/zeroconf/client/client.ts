/*
 * Requests to a device and its replies (protocol.md). A leaf: imports core and the other rooms of zeroconf.
 */
import type { Clock } from '../../core/clock.ts';
import { failed, type Result, success } from '../../core/result.ts';
import type { Address } from '../device/address.ts';
import type { DeviceInfo } from '../device/device-info.ts';
import { failureOfCode, type ZeroconfFailure, zeroconfFailure } from '../errors/zeroconf-failure.ts';
import { type Command, commandRules, repetition } from './command.ts';
import { cleanDeviceid, createDeviceidRule, type Form, type KnownDevice } from './deviceid-rule.ts';
import { bodyOf, type Exchange, makeExchange } from './exchange.ts';
import { makeWay, type Way } from './make-way.ts';
import { createDeviceQueue, type DeviceQueue, spacing } from './queue.ts';
import { nothing, type Read, readInfo, readSignal } from './reading.ts';
import { parseReply } from './reply.ts';
import { isBroken, isTurnedAway, type Setback } from './setback.ts';

export type { Command } from './command.ts';
export { cleanDeviceid, type KnownDevice } from './deviceid-rule.ts';
export type { Exchange } from './exchange.ts';
export type { Way } from './make-way.ts';
export { createDeviceQueue, type DeviceQueue } from './queue.ts';

/** Speaks with one device. No method rejects; a failure says what it means for the device. */
export interface ZeroconfClient {
  /** The id in use: the one that the device told, else the one that was given. */
  readonly deviceid: string | null;
  info(signal: AbortSignal): Promise<Result<DeviceInfo, ZeroconfFailure>>;
  /** In dBm. */
  signalStrength(signal: AbortSignal): Promise<Result<number, ZeroconfFailure>>;
  switch(state: 'on' | 'off', signal: AbortSignal): Promise<Result<null, ZeroconfFailure>>;
  /** The same for a model that numbers its relays (sonoff.tech MINIR3). */
  switches(
    outlets: readonly { readonly switch: 'on' | 'off'; readonly outlet: number }[],
    signal: AbortSignal,
  ): Promise<Result<null, ZeroconfFailure>>;
  /** What the relay does when power comes back. */
  startup(state: 'on' | 'off' | 'stay', signal: AbortSignal): Promise<Result<null, ZeroconfFailure>>;
  /** `pulseWidth` in milliseconds, 500 to 36000000 in steps of 500 (protocol v2.0). */
  pulse(
    setting: { readonly pulse: 'on' | 'off'; readonly pulseWidth: number },
    signal: AbortSignal,
  ): Promise<Result<null, ZeroconfFailure>>;
  wifi(
    network: { readonly ssid: string; readonly password: string },
    signal: AbortSignal,
  ): Promise<Result<null, ZeroconfFailure>>;
  /** May take two minutes: the device asks the vendor. Ask `info` afterwards, whatever came of it. */
  otaUnlock(signal: AbortSignal): Promise<Result<null, ZeroconfFailure>>;
  /**
   * Sees to it that `otaFlash` gets a connection of its own where one was sent to this host before, so that the
   * browser has no reason to send it twice. The first has one without this. To be called right before it.
   */
  makeWay(signal: AbortSignal): Promise<Way>;
  /**
   * Success means that the device accepted, not that it has flashed. `sha256sum` is 64 lower-case hex digits,
   * `downloadUrl` begins with http://; anything else fails before it is sent. Sent once: never repeated after
   * silence. It carries the id wherever one is known, unless the device is known to refuse it.
   */
  otaFlash(
    image: { readonly downloadUrl: string; readonly sha256sum: string },
    signal: AbortSignal,
  ): Promise<Result<null, ZeroconfFailure>>;
}

/** What a client needs from outside. */
export interface ZeroconfClientOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** An id that a person typed or that was remembered. */
  readonly deviceid?: string;
  /** What an earlier client has learned of the device that is meant. */
  readonly known?: KnownDevice;
  /** Hears of every request, for the journal. */
  readonly hear?: (exchange: Exchange) => void;
  /** Milliseconds per request, where they differ from the table in `command.ts`. */
  readonly timeouts?: () => Partial<Record<Command, number>>;
  /** False sends one request for each call and no more, whatever comes of it; true without it. */
  readonly persistent?: boolean;
  /** To be shared by all clients of a process; without it only the requests of this client wait for each other. */
  readonly queue?: DeviceQueue;
}

type Fields = Readonly<Record<string, unknown>>;
type Tried<Value> = { readonly value: Value } | { readonly setback: Setback; readonly sent: boolean };

const digestPattern = /^[0-9a-f]{64}$/;
const urlPattern = /^http:\/\/[\x21-\x7e]+$/;

/** A client for the device at `address`. */
export function createZeroconfClient(address: Address, options: ZeroconfClientOptions): ZeroconfClient {
  const { fetch, clock, hear = () => {}, timeouts, queue = createDeviceQueue(clock) } = options;
  const { persistent = true } = options;
  const { host } = address;
  const rule = createDeviceidRule(cleanDeviceid(options.deviceid ?? ''), options.known);

  async function perform<Value>(command: Command, data: Fields, signal: AbortSignal, read: Read<Value>) {
    const stopped = failed(zeroconfFailure('cancelled', { command, host, sent: false }));
    try {
      return await queue.run(host, signal, () => converse(command, data, signal, read));
    } catch (error) {
      // Only waiting rejects; what was sent ends as a value.
      if (signal.aborted) return stopped;
      throw error;
    }
  }

  async function converse<Value>(
    command: Command,
    data: Fields,
    signal: AbortSignal,
    read: Read<Value>,
  ): Promise<Result<Value, ZeroconfFailure>> {
    let attempt = 0;
    const ask = (form: Form) => {
      attempt += 1;
      return once(command, data, form, attempt, signal, read);
    };
    let silence: Setback | null = null;
    const forms = persistent ? rule.forms(command) : rule.forms(command).slice(0, 1);
    for (const [index, form] of forms.entries()) {
      if (index > 0) await clock.sleep(spacing, signal);
      const tried = await patiently(command, form, ask, signal);
      if ('value' in tried) {
        // A device that was out of reach for a while must not be taken for one that refuses its id.
        const again = form === 'omit' && silence !== null ? await askAgain(ask, signal) : null;
        if (again !== null && 'value' in again) {
          rule.accepted('id', false);
          return success(again.value);
        }
        const isRefused = again === null || rule.mayHelp('id', command, again.setback);
        rule.accepted(form, index > 0 && isRefused);
        return success(tried.value);
      }
      const isLast = index === forms.length - 1;
      // Asked once a call, it is asked in the other way the next time: who it is can be heard only so.
      if (!persistent && form === 'id' && isTurnedAway(tried.setback)) rule.turnedAway();
      if (isLast || !rule.mayHelp(form, command, tried.setback))
        return failed(failureOf(command, tried.setback, tried.sent));
      silence = 'fault' in tried.setback ? tried.setback : null;
    }
    throw new Error('There is always a form to try');
  }

  /** Asks by the id again whoever was silent to it and has answered without it. */
  async function askAgain<Value>(ask: (form: Form) => Promise<Tried<Value>>, signal: AbortSignal) {
    await clock.sleep(spacing, signal);
    return ask('id');
  }

  /** Asks again after a broken connection, where asking twice does no harm. */
  async function patiently<Value>(
    command: Command,
    form: Form,
    ask: (form: Form) => Promise<Tried<Value>>,
    signal: AbortSignal,
  ): Promise<Tried<Value>> {
    const until = clock.elapsed() + timeoutOf(command);
    for (let repeated = 0; ; repeated++) {
      const tried = await ask(form);
      if ('value' in tried || repeated === repetition.times || clock.elapsed() >= until) return tried;
      if (!persistent || !commandRules[command].repeatable || !isBroken(tried.setback)) return tried;
      await clock.sleep(repetition.apart, signal);
    }
  }

  async function once<Value>(
    command: Command,
    data: Fields,
    form: Form,
    attempt: number,
    signal: AbortSignal,
    read: Read<Value>,
  ): Promise<Tried<Value>> {
    if (signal.aborted) return { setback: { fault: 'cancelled' }, sent: false };
    const deviceid = form === 'id' ? rule.id : null;
    const { ownConnection } = commandRules[command];
    const wire = { fetch, clock, timeout: timeoutOf(command), signal, ownConnection };
    const heard = await makeExchange({ host, command, attempt, deviceid, data }, wire, hear);
    if (!heard.ok) return { setback: { fault: heard.fault }, sent: true };
    const reply = parseReply(heard.answer);
    if (!reply.ok)
      return reply.fault === 'http-status'
        ? { setback: { fault: reply.fault, status: heard.answer.status }, sent: true }
        : { setback: { fault: reply.fault }, sent: true };
    if (reply.value.error !== 0) return { setback: { code: reply.value.error }, sent: true };
    const content = read(reply.value.data);
    return content.ok ? { value: content.value } : { setback: { fault: content.fault }, sent: true };
  }

  function failureOf(command: Command, setback: Setback, sent: boolean): ZeroconfFailure {
    const code = 'code' in setback ? setback.code : (setback.status ?? null);
    if (rule.wantsId(command, setback))
      return zeroconfFailure('deviceid-needed', { command, host, code, sent });
    const failure = 'code' in setback ? failureOfCode(setback.code, command, host) : null;
    if (failure !== null) return failure;
    return zeroconfFailure('fault' in setback ? setback.fault : 'unknown-code', {
      command,
      host,
      code,
      sent,
    });
  }

  function timeoutOf(command: Command): number {
    return timeouts?.()[command] ?? commandRules[command].timeout;
  }

  function set(command: Command, data: Fields, signal: AbortSignal): Promise<Result<null, ZeroconfFailure>> {
    return perform(command, data, signal, nothing);
  }

  return {
    get deviceid() {
      return rule.id;
    },
    async info(signal) {
      const result = await perform('info', {}, signal, readInfo);
      if (result.ok && result.value.deviceid !== null) rule.learn(result.value.deviceid);
      return result.ok ? success({ ...result.value, refusesId: rule.refusesId }) : result;
    },
    makeWay(signal) {
      const [form] = rule.forms('ota_flash');
      const body = bodyOf({ deviceid: form === 'id' ? rule.id : null }, {});
      const url = `http://${host}:8081/zeroconf/info`;
      return queue
        .run(host, signal, () => makeWay(url, body, { fetch, clock, signal }))
        .catch((error: unknown) => {
          if (signal.aborted) return 'cancelled';
          throw error;
        });
    },
    signalStrength: (signal) => perform('signal_strength', {}, signal, readSignal),
    switch: (state, signal) => set('switch', { switch: state }, signal),
    switches: (switches, signal) => set('switches', { switches }, signal),
    startup: (state, signal) => set('startup', { startup: state }, signal),
    pulse: ({ pulse, pulseWidth }, signal) => set('pulse', { pulse, pulseWidth }, signal),
    wifi: ({ ssid, password }, signal) => set('wifi', { ssid, password }, signal),
    otaUnlock: (signal) => set('ota_unlock', {}, signal),
    async otaFlash({ downloadUrl, sha256sum }, signal) {
      const unsent = { command: 'ota_flash', host, sent: false } as const;
      if (!digestPattern.test(sha256sum)) return failed(zeroconfFailure('bad-digest', unsent));
      if (!urlPattern.test(downloadUrl) || !URL.canParse(downloadUrl))
        return failed(zeroconfFailure('bad-url', unsent));
      return set('ota_flash', { downloadUrl, sha256sum }, signal);
    },
  };
}
