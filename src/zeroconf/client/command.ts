/** The commands of the DIY interface that this extension knows: `POST /zeroconf/<command>`. */
export type Command =
  | 'info'
  | 'signal_strength'
  | 'switch'
  | 'switches'
  | 'startup'
  | 'pulse'
  | 'wifi'
  | 'ota_unlock'
  | 'ota_flash';

interface CommandRule {
  /** Milliseconds for one request, headers and body. */
  readonly timeout: number;
  /** Asking twice is the same as asking once, so silence may be answered by asking again. */
  readonly repeatable: boolean;
  /**
   * Must not go out on a connection that an earlier command left open: when the device closes such a one
   * without an answer, Chromium 156 and Firefox 153 both send the POST a second time by themselves.
   */
  readonly ownConnection: boolean;
  readonly source: string;
}

/** How each command may be treated on the wire. */
export const commandRules: Readonly<Record<Command, CommandRule>> = {
  info: {
    timeout: 5_000,
    repeatable: true,
    ownConnection: false,
    source: 'SonoffLAN local.py: 5 s, repeated on reset',
  },
  signal_strength: { timeout: 5_000, repeatable: true, ownConnection: false, source: 'SonoffLAN local.py' },
  switch: { timeout: 5_000, repeatable: false, ownConnection: false, source: 'SonoffLAN local.py' },
  switches: {
    timeout: 5_000,
    repeatable: false,
    ownConnection: false,
    source: 'SonoffLAN test_diy_minir3',
  },
  startup: { timeout: 5_000, repeatable: false, ownConnection: false, source: 'SonoffLAN local.py' },
  pulse: { timeout: 5_000, repeatable: false, ownConnection: false, source: 'SonoffLAN local.py' },
  wifi: { timeout: 5_000, repeatable: false, ownConnection: false, source: 'SonoffLAN local.py' },
  ota_unlock: {
    timeout: 150_000,
    repeatable: false,
    ownConnection: false,
    source: 'njh cli#2: "after a couple of minutes"',
  },
  ota_flash: {
    timeout: 60_000,
    repeatable: false,
    ownConnection: true,
    source: 'itead#95: an empty reply may have flashed',
  },
};

/** How often, and how many milliseconds apart, silence is answered by asking again (SonoffLAN local.py). */
export const repetition = { times: 10, apart: 100 } as const;
