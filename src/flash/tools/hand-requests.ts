import { type Text, text } from '../../core/text.ts';
import {
  faultOfRequest,
  type RawReply,
  type RawRequest,
  sendRaw,
} from '../../zeroconf/client/raw-request.ts';
import { parseAddress } from '../../zeroconf/device/address.ts';
import { noPermission } from '../../zeroconf/errors/zeroconf-failure.ts';
import { hidden } from '../journal/redaction.ts';
import { createKeyedStates } from '../tasks/keyed-states.ts';
import { createKeyedTasks } from '../tasks/keyed-tasks.ts';
import { toolAtWork } from './guard.ts';
import { concealed, withoutPasswords } from './passwords.ts';
import { interruptions, noReply, plainly } from './tool-failures.ts';
import type { HandRequest, HandRequests } from './tool-states.ts';
import { movingTime, type ToolsEnvironment } from './tools-environment.ts';

/** Requests in a person's own words. What comes of them is in the requests; passwords are not. */
export interface ByHand {
  /** Sends the request once, or says why not. */
  send(host: string, request: RawRequest): Text | null;
  /** To be called when nothing is under way. */
  forgetEverything(): void;
  /** Resolves when nothing is under way and everything is written. */
  settled(): Promise<void>;
}

const keptRequests = 10;

const refusals = {
  spelling: text(
    'flash_hand_spelling',
    'Nothing has been sent. Type the name of one command, such as info: letters, digits and underscores only.',
  ),
  flash: text(
    'flash_hand_flash',
    'Nothing has been sent. Flashing by hand would go around every check, so use Flash.',
  ),
  password: text(
    'flash_hand_password',
    'Nothing has been sent. The body names a password but is not JSON, so nobody could hide it. Correct the body.',
  ),
  hidden: text(
    'flash_hand_hidden',
    'Nothing has been sent. The body has {hidden} where a password was hidden, so type the password again.',
    { hidden },
  ),
  long: text('flash_hand_long', 'Nothing has been sent. The body is longer than a device can read.'),
} as const;

/** Requests by hand, after those that are left from before. */
export function createByHand(environment: ToolsEnvironment, left: HandRequests): ByHand {
  const { access, clock, desk, fetch, mayReachDevice } = environment;
  const requests = createKeyedStates<HandRequest>(left, keptRequests, environment.saveRequests);
  const tasks = createKeyedTasks();
  let count = 0;

  for (const [key, request] of Object.entries(left)) {
    if (request.step.state !== 'working') continue;
    const step = { state: 'failed', at: clock.now(), failure: interruptions.stopped } as const;
    requests.put(key, { ...request, step });
  }

  return {
    send(typed, request) {
      const fault = faultOfRequest(request);
      if (fault !== null) return refusals[fault];
      const { text: body, passwords } = withoutPasswords(request.body);
      if (body === '' && request.body !== '') return refusals.password;
      // From a request that is used again: the device would take it for the password and be gone.
      if (passwords.includes(hidden)) return refusals.hidden;
      const parsed = parseAddress(typed);
      if (!parsed.ok) return text('flash_hand_no_address', 'Type the address of the device first.');
      const address = parsed.value;
      const { host } = address;
      const whose = { address, deviceid: null };
      const against = access.whyReserved(whose) ?? desk.guardHand(host);
      if (against !== null) return against;

      const release = access.reserve(whose, toolAtWork);
      const { command } = request;
      // As a firmware may take it that does not mind capitals.
      const isMoving = command.toLowerCase() === 'wifi';
      count += 1;
      const since = clock.now();
      const key = `${since}-${count}`;
      const put = (step: HandRequest['step']) => requests.put(key, { host, command, body, step });
      put({ state: 'working', since });
      const broke = () => put({ state: 'failed', at: clock.now(), failure: interruptions.fault });
      const doing = async (signal: AbortSignal) => {
        try {
          if (!(await mayReachDevice(address))) {
            const failure = plainly(noPermission(address));
            put({ state: 'failed', at: clock.now(), failure });
            return;
          }
          const heard = await access.queue.run(host, signal, () =>
            sendRaw(host, request, { fetch, clock, signal }),
          );
          const at = clock.now();
          if ('fault' in heard) {
            const failure = noReply(heard.fault, concealed(heard.detail, passwords), heard.ms);
            put({ state: 'failed', at, failure });
          } else put({ state: 'done', at, value: withoutThem(heard, passwords) });
          // Whoever knows a device by what it said before this may be wrong about it now.
          if (isMoving) desk.seen(whose, null);
        } finally {
          if (isMoving) void clock.sleep(movingTime).then(release);
          else release();
        }
      };
      tasks.begin(key, doing, broke);
      return null;
    },
    forgetEverything: requests.clear,
    async settled() {
      await tasks.settled();
      await requests.written();
    },
  };
}

function withoutThem(reply: RawReply, passwords: readonly string[]): RawReply {
  const { statusText, headers, body, cut } = reply;
  return {
    ...reply,
    statusText: concealed(statusText, passwords),
    headers: headers.map(([name, value]) => [name, concealed(value, passwords)] as const),
    body: concealed(body, passwords, cut),
  };
}
