import { ownAddresses } from '../addresses.ts';

/** Where the mirror is reached. Port and address are known once it listens. */
export interface Place {
  port: number;
  /** The address of this computer that was printed; empty before that. */
  address: string;
}

/** What is told of the address that devices were given. */
export interface AddressNews {
  /** A sentence for a person. */
  say(line: string): void;
  /** `place` has another address now, under which everything is served. */
  moved(): void;
}

/**
 * Looks after the address that was printed: call what it returns from time to time. A device cannot come back to an
 * address that is gone. `choose` finds the address to give out now. A loopback address is one for devices only where
 * `allowsLoopback`; else it means that this computer is in no network.
 */
export function addressFollower(
  place: Place,
  choose: () => Promise<string>,
  allowsLoopback: boolean,
  news: AddressNews,
): () => Promise<void> {
  let isLost = false;
  const isUsable = (address: string) => isHere(address) && (allowsLoopback || !isLoopback(address));
  return async () => {
    if (place.address === '') return;
    if (isUsable(place.address)) {
      if (isLost) news.say(`This computer has the address ${place.address} again. Devices can go on.`);
      isLost = false;
      return;
    }
    const before = place.address;
    const address = await choose();
    if (isUsable(address)) {
      isLost = false;
      place.address = address;
      news.say(
        isLoopback(before)
          ? `This computer is in a network now, and has the address ${address}:`
          : `This computer no longer has the address ${before}. It is now ${address}:`,
      );
      news.moved();
    } else if (!isLost) {
      isLost = true;
      for (const line of lost(before)) news.say(line);
    }
  };
}

function isHere(address: string): boolean {
  return ownAddresses().some((own) => own.address === address);
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

function lost(address: string): string[] {
  if (isLoopback(address)) {
    return [
      'This computer is in no network: no device can fetch anything from it.',
      '  Bring it into the network of the device. The URL for the device is printed then.',
    ];
  }
  return [
    `This computer no longer has the address ${address}, and no other one that a device could use.`,
    '  Bring it back into the network. A device that is downloading comes again by itself within three minutes.',
    '  Leave the power of the device on: it may hold half an image.',
  ];
}
