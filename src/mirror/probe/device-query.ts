const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * What the device puts after its `?`: its id, a random number and a signature of 64 hex digits
 * (captures: device-download-access-logs). The values are made up; no mirror can or should check them.
 */
export function buildDeviceQuery(deviceId = '1000000000'): string {
  const random = crypto.getRandomValues(new Uint8Array(36));
  const ts = new DataView(random.buffer).getUint32(32) & 0x7fffffff;
  return new URLSearchParams({
    deviceid: deviceId,
    ts: `${ts}`,
    sign: hex(random.subarray(0, 32)),
  }).toString();
}
