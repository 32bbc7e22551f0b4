import { textOf } from './saying.ts';

/** A plan to flash one device, for tests that keep it and do nothing with it. */
export const aPlan = {
  address: { host: '192.168.1.4', reach: 'private' },
  deviceid: '1000a1b2c3',
  fwVersion: '3.6.0',
  url: {
    href: 'http://nas.test/x.bin',
    origin: 'http://nas.test',
    host: 'nas.test',
    path: '/x.bin',
    file: 'x.bin',
  },
  digest: 'a'.repeat(64),
  title: textOf('x'),
} as const;
