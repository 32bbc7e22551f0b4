type Stored = Record<string, unknown>;

/** What a person grants. */
interface Granted {
  readonly permissions?: readonly string[];
  readonly origins?: readonly string[];
}

/** As much of `browser.*` as the background needs, with storage that lies open. */
export interface FakeBrowser {
  readonly browser: object;
  readonly local: Stored;
  readonly session: Stored;
  /** Sends a command as a page of the extension does. */
  send(command: object): Promise<unknown>;
  /** Lets the next readings of the storage fail. */
  failNext(count: number): void;
  /** Lets the storage take no values longer than this many characters of JSON. */
  fillUp(most: number): void;
  /** The person grants something. */
  grant(what: Granted): void;
  /** How many have failed. */
  failed(): number;
  /** What was written and removed, in order, as in `local flash` and `session -draft`. */
  readonly writes: readonly string[];
}

type Listener = (changes: Record<string, { newValue?: unknown }>) => void;
type Handler = (message: unknown, sender: { readonly id: string }) => unknown;

/** A browser in which this lies in the storage. */
export function createFakeBrowser({
  local = {},
  session = {},
}: {
  readonly local?: Stored;
  readonly session?: Stored;
} = {}): FakeBrowser {
  let toFail = 0;
  let failures = 0;
  let room = Number.POSITIVE_INFINITY;
  const handlers: Handler[] = [];
  const granted = new Set<string>();
  const grants: ((what: Granted) => void)[] = [];
  const writes: string[] = [];
  const event = { addListener: () => {} };
  const area = (name: string, stored: Stored) => {
    const listeners: Listener[] = [];
    const tell = (keys: readonly string[]) => {
      const changes = keys.map((key) => [key, key in stored ? { newValue: stored[key] } : {}] as const);
      for (const listener of listeners) listener(Object.fromEntries(changes));
    };
    return {
      get: async (keys: string | readonly string[] | null) => {
        if (toFail > 0) {
          toFail -= 1;
          failures += 1;
          throw new Error('The storage cannot be read');
        }
        const wanted = keys === null ? Object.keys(stored) : [keys].flat();
        return structuredClone(
          Object.fromEntries(wanted.flatMap((key) => (key in stored ? [[key, stored[key]]] : []))),
        );
      },
      set: async (values: Stored) => {
        if (JSON.stringify(values).length > room) throw new Error('The storage is full');
        Object.assign(stored, structuredClone(values));
        writes.push(...Object.keys(values).map((key) => `${name} ${key}`));
        tell(Object.keys(values));
      },
      remove: async (keys: string | readonly string[]) => {
        for (const key of [keys].flat()) delete stored[key];
        writes.push(...[keys].flat().map((key) => `${name} -${key}`));
        tell([keys].flat());
      },
      onChanged: { addListener: (listener: Listener) => listeners.push(listener) },
    };
  };
  return {
    local,
    session,
    writes,
    failNext: (count) => {
      toFail = count;
    },
    fillUp: (most) => {
      room = most;
    },
    failed: () => failures,
    grant: (what) => {
      for (const one of what.permissions ?? []) granted.add(one);
      for (const heard of grants) heard(what);
    },
    send: async (command) => handlers[0]?.(command, { id: 'id' }),
    browser: {
      storage: { local: area('local', local), session: area('session', session) },
      runtime: {
        id: 'id',
        onMessage: { addListener: (handler: Handler) => handlers.push(handler) },
        getPlatformInfo: async () => ({}),
        reload: () => writes.push('reload'),
        getContexts: async () => [{}],
        getManifest: () => ({ version: '0.1.0' }),
      },
      i18n: { getMessage: () => '' },
      permissions: {
        contains: async ({ permissions = [] }: Granted) =>
          permissions.length > 0 && permissions.every((one) => granted.has(one)),
        onAdded: { addListener: (heard: (what: Granted) => void) => grants.push(heard) },
        onRemoved: event,
      },
      webRequest: { onBeforeRedirect: event, onErrorOccurred: event, onSendHeaders: event },
      declarativeNetRequest: { getSessionRules: async () => [], updateSessionRules: async () => {} },
    },
  };
}
