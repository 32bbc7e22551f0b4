/** A network that most homes have, where nobody knows better. */
const usual = '192.168.1';

/** The network of the device at `host`, as it may be typed. */
export function networkOf(host: string): string {
  const front = /^(\d+\.\d+\.\d+)\.\d+$/.exec(host)?.[1];
  return `${front ?? usual}.0/24`;
}
