/** Whose it is: the id where one is known, else the address. */
export interface Whose {
  readonly address: { readonly host: string };
  /** The id that the device told, else the one that was typed for it. */
  readonly deviceid: string | null;
  /** There where the device tells no id and a person typed this one: it does not make it another device. */
  readonly idIsTyped?: true;
}

/** Surely the same device: the same id, or the same address where neither has one. */
export function isSame(one: Whose, other: Whose): boolean {
  return (one.deviceid ?? one.address.host) === (other.deviceid ?? other.address.host);
}

/** Perhaps the same device: not one that has told another id. */
export function mayBeSame(one: Whose, other: Whose): boolean {
  return isSame(one, other) || (one.address.host === other.address.host && !isSurelyAnother(one, other));
}

/** Surely another device, at whichever address: both have told an id, and not the same. */
export function isSurelyAnother(one: Whose, other: Whose): boolean {
  return hasTold(one) && hasTold(other) && one.deviceid !== other.deviceid;
}

function hasTold({ deviceid, idIsTyped }: Whose): boolean {
  return deviceid !== null && idIsTyped !== true;
}
