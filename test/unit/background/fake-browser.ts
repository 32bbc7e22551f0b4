type Stored = Record<string, unknown>;

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
  /** How many have failed. */
  failed(): number;
}

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
  const event = { addListener: () => {} };
  const area = (stored: Stored) => ({
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
    },
    remove: async (keys: string | readonly string[]) => {
      for (const key of [keys].flat()) delete stored[key];
    },
    onChanged: event,
  });
  return {
    local,
    session,
    failNext: (count) => {
      toFail = count;
    },
    fillUp: (most) => {
      room = most;
    },
    failed: () => failures,
    send: async (command) => handlers[0]?.(command, { id: 'id' }),
    browser: {
      storage: { local: area(local), session: area(session) },
      runtime: {
        id: 'id',
        onMessage: { addListener: (handler: Handler) => handlers.push(handler) },
        getPlatformInfo: async () => ({}),
      },
      i18n: { getMessage: () => '' },
      permissions: { contains: async () => false, onAdded: event, onRemoved: event },
      webRequest: { onBeforeRedirect: event, onErrorOccurred: event, onSendHeaders: event },
      declarativeNetRequest: { getSessionRules: async () => [], updateSessionRules: async () => {} },
    },
  };
}
