import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { wordsOf } from '../src/core/error-words.ts';
import { launch } from '../test/e2e/harness/launch.ts';
import { type BrowserKind, ensureBrowser } from './browsers.ts';
import { build } from './build.ts';
import { targets } from './manifest.ts';
import { openBrowser } from './open-browser.ts';
import { type Simulation, startSimulation } from './simulation.ts';
import { walkThrough } from './walk-through.ts';

const help = `Try the extension without a device.

npm start -- [options]

  --browser NAME  chromium (which it is by itself) or firefox
  --headless      show nothing: go the whole road alone and save pictures into screenshots/
  --help          this text

Builds the extension and starts a simulated Sonoff on 127.0.0.1:8081 and a mirror with a sample image.
With a display it opens the browser with the extension in it, and prints what the device hears and says
until Ctrl-C; Enter plugs in a new device. Without a display it does as with --headless, and ends with 0
only if the simulated device runs the image.
`;

const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 23)}  ${line}`);

const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

function pageFor({ device, firmware }: Simulation): string {
  return `popup/index.html?${new URLSearchParams({ address: device.address, firmware })}`;
}

/** Opens the browser for a person, and stays until the person has had enough. */
async function showTo(kind: BrowserKind, executable: string, simulation: Simulation): Promise<void> {
  const enough = new Promise<void>((had) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => had());
  });
  const extensionDir = resolve(`dist/${kind}`);
  const page = `/${pageFor(simulation)}`;
  const browser = await openBrowser({ kind, executable, extensionDir, page });
  say('The page is open: press Info there. Ctrl-C here ends it all, Enter plugs in a new device.');
  const typed = createInterface({ input: process.stdin });
  typed.on('line', () => {
    simulation.unpackAnother().catch((error: unknown) => say(wordsOf(error)));
  });
  await Promise.race([enough, browser.closed]);
  typed.close();
  say('Closing the browser and unplugging the device.');
  await browser.close().catch(() => undefined);
}

/** Goes the road alone; true when the device runs the image. */
async function goAlone(kind: BrowserKind, simulation: Simulation): Promise<boolean> {
  // Nobody is there to answer the browser's questions for access to 127.0.0.1, so they are accepted unseen.
  const extensionDir = resolve(`dist/${kind}`);
  const browser = await launch(kind, { extensionDir, mapHosts: [], grantPermissions: true });
  try {
    say(`${browser.version}, headless`);
    await walkThrough({
      browser,
      simulation,
      page: pageFor(simulation),
      say,
      pictures: `screenshots/start-${kind}`,
    });
  } finally {
    await browser.close();
  }
  const { state, reason, firmware } = simulation.device.became;
  const ran = simulation.ranImage();
  say(`result  The device is now: ${[state, reason, firmware].filter(Boolean).join(', ')}.`);
  say(`result  It ${ran ? 'runs' : 'does not run'} exactly the image of the mirror.`);
  return ran;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      browser: { type: 'string', default: 'chromium' },
      headless: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const kind = targets.find((target) => target === values.browser);
  if (!kind) throw new Error(`No browser ${values.browser}. There are: ${targets.join(', ')}`);
  const headless = values.headless || !hasDisplay();
  const executable = await ensureBrowser(kind, say);
  await build(kind);
  say(`Built dist/${kind}.`);
  // Where nobody watches, the device may be quicker than any on a real network.
  const simulation = await startSimulation({ say, speed: headless ? 150_000 : 51_200 });
  try {
    if (headless) return (await goAlone(kind, simulation)) ? 0 : 1;
    await showTo(kind, executable, simulation);
    return 0;
  } finally {
    await simulation.stop();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(wordsOf(error));
    process.exitCode = 2;
  },
);
