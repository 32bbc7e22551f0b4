/** Every way in which the simulated device can be made to fail, and what its number means. */
export const faultKinds = {
  'drop-reply': { what: 'does what it is told and closes without a byte (empty reply)', number: undefined },
  'reset-at': { what: 'resets the connection at byte n of the reply', number: 0 },
  error: { what: 'refuses with error n, does nothing', number: 422 },
  html: { what: "answers with a router's web page", number: undefined },
  'not-json': { what: 'answers with the broken JSON that old documentation printed', number: undefined },
  'wrong-shape': { what: 'answers with JSON of another kind', number: undefined },
  slow: { what: 'answers n ms later', number: 3000 },
  endless: { what: 'answers and never stops', number: undefined },
  hang: { what: 'takes the request and never answers', number: undefined },
  refuse: { what: 'resets the connection before it reads the request', number: undefined },
  vanish: { what: 'drops off the network when n bytes are downloaded', number: 65_536 },
  'power-loss': { what: 'loses power when n bytes are downloaded', number: 65_536 },
  'restart-after-mismatch': { what: 'is restarted after a digest mismatch', number: undefined },
} as const satisfies Record<string, { what: string; number: number | undefined }>;

export type FaultKind = keyof typeof faultKinds;

/** A fault that is on: for every command or for one, for ever or for a number of times. */
export interface Fault {
  readonly kind: FaultKind;
  /** The command that it befalls; every command when it is left out. */
  readonly on?: string;
  /** How often; for ever when it is left out. */
  readonly times?: number;
  /** Bytes or milliseconds, as the kind says. */
  readonly number?: number;
}

/** The faults of one device. They can be switched on and off while it runs. */
export class Faults {
  private active: { fault: Fault; left: number }[] = [];

  constructor(faults: readonly Fault[] = []) {
    for (const fault of faults) this.switchOn(fault);
  }

  switchOn(fault: Fault): void {
    this.active.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  /** Switches all faults of that kind off, or every fault there is. */
  switchOff(kind?: FaultKind): void {
    this.active = kind === undefined ? [] : this.active.filter((entry) => entry.fault.kind !== kind);
  }

  /** The number of a fault that strikes now (0 where it has none), and counts it; undefined when none does. */
  strike(kind: FaultKind, command?: string): number | undefined {
    const entry = this.active.find(
      ({ fault, left }) => fault.kind === kind && left > 0 && (!fault.on || fault.on === command),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    return entry.fault.number ?? faultKinds[kind].number ?? 0;
  }

  /** Does a fault strike that waits for this many bytes? */
  strikeAt(kind: 'vanish' | 'power-loss', bytes: number): boolean {
    const due = this.active.find(
      ({ fault, left }) =>
        fault.kind === kind && left > 0 && bytes >= (fault.number ?? faultKinds[kind].number),
    );
    if (due) due.left -= 1;
    return due !== undefined;
  }
}

const written = /^(?<kind>[a-z-]+)(?::(?<number>\d+))?(?:@(?<on>[a-z_]+))?(?:\*(?<times>\d+))?$/;

/** Reads `kind[:number][@command][*times]`, as `--fault` takes it. */
export function readFault(text: string): Fault {
  const groups = written.exec(text)?.groups;
  const kind = groups?.kind;
  if (!groups || kind === undefined || !isFaultKind(kind)) {
    throw new Error(`No fault ${text}. There are: ${Object.keys(faultKinds).join(', ')}`);
  }
  return {
    kind,
    ...(groups.on === undefined ? {} : { on: groups.on }),
    ...(groups.times === undefined ? {} : { times: Number(groups.times) }),
    ...(groups.number === undefined ? {} : { number: Number(groups.number) }),
  };
}

function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(faultKinds, text);
}
