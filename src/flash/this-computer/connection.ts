import type { Clock } from '../../core/clock.ts';
import type { ProgramEvent, Welcome } from '../../native-messages/answers.ts';
import type { Answered, LocalMirrorClient, LocalMirrorListeners } from './client.ts';
import type { Connection } from './state.ts';
import { connectionTrouble } from './troubles.ts';

/** What a connection needs from outside. */
export interface ConnectionEnvironment {
  readonly clock: Clock;
  /** Reaches the program, which the browser starts for this. */
  open(listeners: LocalMirrorListeners): Promise<Answered<LocalMirrorClient>>;
}

/** What becomes of it is told here. */
export interface ConnectionListeners {
  changed(connection: Connection): void;
  /** A program has answered; `client` can be used as soon as this has resolved. */
  welcomed(client: LocalMirrorClient, welcome: Welcome): Promise<void>;
  happened(event: ProgramEvent): void;
  /** Whether somebody still needs it. */
  isWanted(): boolean;
}

/** One port to the program: opened when it is needed, again when it breaks, closed when nobody needs it. */
export interface LocalMirrorConnection {
  /** The program, which is started where it does not run. */
  connected(): Promise<Answered<LocalMirrorClient>>;
  /** The program, if it is there. */
  current(): LocalMirrorClient | null;
}

/** How long is waited before it is tried again, in milliseconds; afterwards somebody has to ask for it. */
const retries: readonly number[] = [500, 3_000, 10_000];
/** How often it is asked whether the program is still needed, in milliseconds. */
const tendEvery = 20_000;
/** A connection that has lasted so long was a good one, in milliseconds: the next trouble is a new one. */
const goodAfter = 20_000;

/** A connection that is not open yet. */
export function createConnection(
  environment: ConnectionEnvironment,
  listeners: ConnectionListeners,
): LocalMirrorConnection {
  let client: LocalMirrorClient | null = null;
  let openedAt = 0;
  let tries = 0;
  let opening: Promise<Answered<LocalMirrorClient>> | null = null;

  /** A browser that throws has no more of a program than one that says so. */
  async function reached(hears: LocalMirrorListeners): Promise<Answered<LocalMirrorClient>> {
    try {
      return await environment.open(hears);
    } catch {
      return { ok: false, trouble: connectionTrouble('crashed') };
    }
  }

  async function open(): Promise<Answered<LocalMirrorClient>> {
    listeners.changed({ state: 'connecting' });
    const opened = await reached({
      happened: listeners.happened,
      lost: (trouble) => {
        client = null;
        if (environment.clock.elapsed() - openedAt >= goodAfter) tries = 0;
        listeners.changed({ state: 'trouble', trouble });
        void tryAgain();
      },
    });
    if (!opened.ok) {
      listeners.changed({ state: 'trouble', trouble: opened.trouble });
      return opened;
    }
    const { welcome } = opened.value;
    client = opened.value;
    openedAt = environment.clock.elapsed();
    await listeners.welcomed(opened.value, welcome);
    // It may have been lost while it was welcomed, which has been told.
    if (client !== opened.value) return opened;
    const { program, platform, outlivesBrowser } = welcome;
    listeners.changed({ state: 'connected', program, platform, outlivesBrowser });
    void tend(opened.value);
    return opened;
  }

  function connected(): Promise<Answered<LocalMirrorClient>> {
    if (client !== null && opening === null) return Promise.resolve({ ok: true, value: client });
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  }

  async function tryAgain(): Promise<void> {
    for (let wait = retries[tries]; wait !== undefined; wait = retries[tries]) {
      tries += 1;
      await environment.clock.sleep(wait);
      if (client !== null || !listeners.isWanted()) return;
      const { ok } = await connected();
      if (ok) return;
    }
  }

  async function tend(mine: LocalMirrorClient): Promise<void> {
    while (client === mine) {
      await environment.clock.sleep(tendEvery);
      if (client !== mine || listeners.isWanted()) continue;
      client = null;
      mine.close();
      listeners.changed({ state: 'off' });
    }
  }

  return { connected, current: () => client };
}
