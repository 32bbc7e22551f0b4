import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';

/** One of this computer's IPv4 addresses, and the interface that has it. */
export interface OwnAddress {
  readonly address: string;
  readonly interfaceName: string;
  readonly isLoopback: boolean;
}

/** All IPv4 addresses of this computer, loopback last. Devices know no IPv6 (protocol §4.2). */
export function ownAddresses(): OwnAddress[] {
  return Object.entries(networkInterfaces())
    .flatMap(([interfaceName, addresses = []]) =>
      addresses
        .filter(({ family }) => family === 'IPv4')
        .map(({ address, internal }) => ({ address, interfaceName, isLoopback: internal })),
    )
    .toSorted((a, b) => Number(a.isLoopback) - Number(b.isLoopback));
}

/** Never anybody's (RFC 5737), so the way there is the way to everywhere. */
const anywhere = '198.51.100.1';

/**
 * This computer's address as `target` (an IPv4 address) sees it: the system chooses the route when a UDP socket
 * is connected, which sends nothing. Null when there is no way there.
 */
function addressToward(target: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const settle = (address: string | null) => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => settle(null));
    socket.connect(9, target, () => {
      const { address } = socket.address();
      // Some systems connect without a way there, and then from no address.
      settle(address === '0.0.0.0' ? null : address);
    });
  });
}

/**
 * The address to give to a device: the one on the way to it, or to the rest of the world when it is not known;
 * else any there is.
 */
export async function addressForDevice(device: string | undefined): Promise<string> {
  const routed = await addressToward(device ?? anywhere);
  return routed ?? ownAddresses()[0]?.address ?? '127.0.0.1';
}
