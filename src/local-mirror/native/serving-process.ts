import { join } from 'node:path';
import type { ProgramMessage } from '../../native-messages/answers.ts';
import { onInterruption } from '../interruptions.ts';
import { Ending } from '../serve/ending.ts';
import { Lifetime } from './lifetime.ts';
import { openRendezvous } from './rendezvous.ts';
import { Results } from './results.ts';
import { Session } from './session.ts';
import { Workplace } from './workplace.ts';

/** What the process prints when hosts can come. */
export const readyLine = 'ready\n';

const lookEveryMs = 250;
const addressEveryMs = 5000;

/**
 * The process that serves: started by the first host, used by all, and there until no browser and no device needs it
 * any more. `folder` is where it is found and keeps its results. Resolves with the exit status.
 */
export async function serveBrowsers(folder: string): Promise<number> {
  const sessions = new Set<Session>();
  const tell = (message: ProgramMessage) => {
    for (const session of sessions) session.tell(message);
  };
  const lifetime = new Lifetime(performance.now());
  const results = new Results(join(folder, 'results'));
  const workplace = new Workplace(await results.load(), results, lifetime, tell);
  const rendezvous = await openRendezvous(folder, (socket) => {
    const session = new Session(socket, workplace);
    sessions.add(session);
    lifetime.browserCame();
    socket.on('close', () => {
      sessions.delete(session);
      lifetime.browserLeft(performance.now());
    });
  });
  // Another one was quicker: the host that started this one finds that.
  if (rendezvous === null) return 0;
  process.stdout.write(readyLine);

  const ending = new Ending(
    () => workplace.isBusy,
    (line) => process.stderr.write(`${line}\n`),
  );
  const deafen = onInterruption(({ status }) => ending.interrupt(status));
  const looking = setInterval(() => {
    if (!lifetime.isOver(performance.now()) || workplace.isBusy) return;
    // At once, so that whoever was admitted is counted, and nobody is admitted who would be hung up on.
    rendezvous.shut();
    ending.ask(0);
  }, lookEveryMs);
  const following = setInterval(() => void workplace.followAddresses(), addressEveryMs);

  const status = await ending.status;
  rendezvous.shut();
  clearInterval(looking);
  clearInterval(following);
  await rendezvous.withdraw();
  await workplace.stop();
  await results.written();
  await rendezvous.close();
  for (const session of sessions) session.end();
  deafen();
  return status;
}
