import { type DeviceInfo, deviceInfoOf, signalOf } from '../device/device-info.ts';
import { type Parsed, parseData } from './reply.ts';

/** How the `data` of a reply is read. */
export type Read<Value> = (data: unknown) => Parsed<Value>;

/** Of a reply whose `data` says nothing. */
export const nothing: Read<null> = () => ({ ok: true, value: null });

/** The `data` of an `info` reply. */
export const readInfo: Read<DeviceInfo> = (data) => {
  const content = parseData(data);
  return content.ok
    ? { ok: true, value: deviceInfoOf(content.value.fields, content.value.wasText) }
    : content;
};

/** The `data` of a `signal_strength` reply, in dBm. */
export const readSignal: Read<number> = (data) => {
  const content = parseData(data);
  if (!content.ok) return content;
  const signal = signalOf(content.value.fields);
  return signal === null ? { ok: false, fault: 'wrong-shape' } : { ok: true, value: signal };
};
