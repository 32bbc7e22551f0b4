/*
 * The program on a command line: serves files, shows how a device fetches them, says how it ended.
 */
import { addressForDevice, ownAddresses } from '../addresses.ts';
import { onInterruption } from '../interruptions.ts';
import { isUnfounded } from '../server/events.ts';
import { LocalMirror, type MirrorTimes } from '../server/server.ts';
import type { ServedImage } from '../server/shelf.ts';
import { printable, type Terminal } from '../terminal.ts';
import type { ServedFile } from './display.ts';
import { Ending } from './ending.ts';
import { addressFollower, type Place } from './follow-address.ts';
import { howToUse, refusal } from './intro-texts.ts';
import { jsonDisplay } from './json-display.ts';
import { type LoadedImage, loadImage } from './load-image.ts';
import { personDisplay } from './person-display.ts';
import type { ServeWish } from './serve-wish.ts';
import { silenceAdvice } from './silence.ts';
import { startListening } from './start-listening.ts';

interface Served {
  readonly image: LoadedImage;
  readonly served: ServedImage;
}

const addressCheckMs = 1000;

/**
 * Serves the files until a verdict (`once`) or an interruption. Resolves with the exit status. `times` are for tests,
 * which have less patience.
 */
export async function serve(
  wish: ServeWish,
  terminal: Terminal,
  times: Partial<MirrorTimes> = {},
): Promise<number> {
  const place: Place = { port: 0, address: '' };
  const advice = () => silenceAdvice(place.port, place.address, process.platform);
  const display = wish.json ? jsonDisplay(terminal, advice) : personDisplay(terminal, advice);
  const mirror = new LocalMirror((event) => {
    display.happened(event);
    if (event.event !== 'verdict') return;
    if (wish.once && !isUnfounded(event)) ending.ask(event.error === 0 ? 0 : 1);
  }, times);
  const ending = new Ending(
    () => mirror.isBusy,
    (line) => display.say(line),
  );
  const deafen = onInterruption(({ signal, status }) => {
    if (signal === 'SIGINT') terminal.err('');
    ending.interrupt(status);
  });
  terminal.unread.addEventListener('abort', () => {
    terminal.err('Nobody reads the output any more.');
    ending.ask(1);
  });
  let watching: NodeJS.Timeout | undefined;

  async function run(): Promise<number> {
    const images = await loadAll(wish.files, terminal);
    if (ending.isWanted) return ending.status;
    if (images.length === 0) {
      terminal.err('There is no file left to serve.');
      return 1;
    }
    const shelf = images.map(
      (image): Served => ({
        image,
        served: mirror.handOver(image.name, image.bytes, image.report.digest),
      }),
    );
    const listening = await startListening(mirror, wish.port, wish.bind);
    if (!listening.ok) {
      terminal.err(`${listening.failure.sentence}\n${listening.failure.action}`);
      return 1;
    }
    place.port = listening.value;
    place.address = await chooseAddress(wish);
    if (ending.isWanted) return ending.status;
    const files = filesAt(shelf, place);
    display.serving(files);
    for (const line of howToUse(wish, place, files, ownAddresses())) display.say(line);
    if (wish.device !== undefined) mirror.expect(wish.device);
    const follow = addressFollower(place, () => chooseAddress(wish), isForThisComputer(wish), {
      say: (line) => display.say(line),
      moved: () => display.serving(filesAt(shelf, place)),
    });
    await follow();
    watching = setInterval(() => void follow(), addressCheckMs);
    return ending.status;
  }

  try {
    return await Promise.race([run(), ending.status]);
  } finally {
    clearInterval(watching);
    await mirror.stop();
    display.close();
    deafen();
    if (ending.isWanted && !wish.json) terminal.err('Stopped. Nothing is served any more.');
  }
}

/** The files that may be served; of each other one it is said why not. */
async function loadAll(files: readonly string[], terminal: Terminal): Promise<LoadedImage[]> {
  const images: LoadedImage[] = [];
  for (const file of files) {
    const loaded = await loadImage(file);
    if (loaded.ok && loaded.value.report.answer !== 'fail') images.push(loaded.value);
    else for (const line of refusal(file, loaded)) terminal.err(printable(line));
  }
  return images;
}

async function chooseAddress({ bind, device }: ServeWish): Promise<string> {
  return bind !== undefined && bind !== '0.0.0.0' ? bind : addressForDevice(device);
}

/** Whether the device is on this computer itself, as a simulated one is. */
function isForThisComputer({ bind, device }: ServeWish): boolean {
  return bind?.startsWith('127.') === true || device?.startsWith('127.') === true;
}

function filesAt(shelf: readonly Served[], { address, port }: Place): ServedFile[] {
  const origin = `http://${address}${port === 80 ? '' : `:${port}`}`;
  return shelf.map(({ image, served }) => ({ image, url: `${origin}${served.path}` }));
}
