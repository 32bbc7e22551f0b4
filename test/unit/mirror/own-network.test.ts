import { describe, expect, it } from 'vitest';
import { isOnOwnNetwork } from '../../../src/mirror/url/own-network.ts';

describe('a mirror', () => {
  it.each([
    '192.168.1.9:8080',
    '10.0.0.2',
    '172.16.3.4',
    '169.254.1.2',
    '127.0.0.1',
    'localhost:8080',
    'nas',
    'nas.local',
    'NAS.Local.',
    'pi.home.arpa',
    'box.lan',
    'files.internal',
  ])('on %s is on the own network', (host) =>
    expect(isOnOwnNetwork({ href: `http://${host}/a.bin` })).toBe(true),
  );

  it.each(['sonoff-ota.aelius.com', '8.8.8.8', 'local.example', 'evillocal.org', '172.32.0.1', 'lan.com'])(
    'on %s is on the Internet',
    (host) => expect(isOnOwnNetwork({ href: `http://${host}/a.bin` })).toBe(false),
  );
});
