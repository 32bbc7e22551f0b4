/** Whose it is: the id where one is known, else the address. */
export interface Whose {
  readonly address: { readonly host: string };
  /** The id that the device told, else the one that was typed for it. */
  readonly deviceid: string | null;
}

/** Surely the same device: the same id, or the same address where neither has one. */
export function isSame(one: Whose, other: Whose): boolean {
  return (one.deviceid ?? one.address.host) === (other.deviceid ?? other.address.host);
}

/** Perhaps the same device: not one that is known to have another id. */
export function mayBeSame(one: Whose, other: Whose): boolean {
  const bothKnown = one.deviceid !== null && other.deviceid !== null;
  return bothKnown ? one.deviceid === other.deviceid : one.address.host === other.address.host;
}
