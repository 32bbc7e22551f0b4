import type { Action, FlashPlan, Moment, Scene, Story, Wait } from './actions.ts';
import type { DeviceSpec, Fault } from './device.ts';
import type { Random } from './random.ts';

/** Makes up a story. Most of them get as far as a question; what happens then is what they are about. */
export function generate(random: Random): Story {
  const actions: Action[] = [];
  const add = (deed: FlashPlan, wait: Wait = waitAfter(random)) => actions.push({ deed, wait });
  if (random.chance(0.15)) add(disturbance(random));
  if (random.chance(0.93)) add({ do: 'prepare', browser: 0, host: random.chance(0.85) ? 0 : 1 }, 0);
  const chapters = 1 + random.whole(4);
  for (let chapter = 0; chapter < chapters; chapter += 1) {
    const browser = random.chance(0.93) ? 0 : 1;
    if (browser === 1) add({ do: 'prepare', browser, host: 0 }, 0);
    if (random.chance(0.15)) flashAllIn(random, browser, add);
    else if (random.chance(0.75)) flashIn(random, browser, add);
    if (random.chance(0.25)) againSoon(random, browser, add);
    const happenings = random.whole(4);
    for (let index = 0; index < happenings; index += 1) add(happening(random));
    if (chapter + 1 < chapters && random.chance(0.7)) {
      add(random.chance(0.5) ? { do: 'prepare', browser, host: hostOf(random) } : infoAgain(random, browser));
    }
  }
  return { scene: sceneOf(random), actions };
}

/** A question, perhaps something while it is open, a yes, and perhaps something right after it. */
function flashIn(random: Random, browser: number, add: (deed: FlashPlan, wait?: Wait) => void): void {
  add({ do: 'question', browser }, random.chance(0.5) ? 0 : waitAfter(random));
  while (random.chance(0.35)) add(happening(random));
  if (random.chance(0.08)) {
    add({ do: 'mirror', how: 'replace' }, 0);
    add({ do: 'fetch', browser, file: 0 }, 1_000);
  }
  if (random.chance(0.1)) {
    add(random.chance(0.5) ? { do: 'swap-addresses' } : { do: 'replace-device', host: 0 }, 0);
    add({ do: 'info', browser, host: 0, typed: 'nothing' }, 1_000);
  }
  if (random.chance(0.08)) {
    add({ do: 'no', browser });
    return;
  }
  if (random.chance(0.2)) {
    add({ do: 'fault', host: 0, fault: { on: 'ota_flash', how: faultOf(random).how } }, 0);
  }
  add(
    { do: 'yes', browser, times: random.chance(0.1) ? 2 : 1 },
    random.chance(0.75) ? soon(random) : waitAfter(random),
  );
}

/** Two devices with one yes, and what befalls them meanwhile. */
function flashAllIn(random: Random, browser: number, add: (deed: FlashPlan, wait?: Wait) => void): void {
  add({ do: 'prepare-all', browser }, 0);
  add({ do: 'question-all', browser }, random.chance(0.7) ? 0 : waitAfter(random));
  if (random.chance(0.2)) add(happening(random), 0);
  if (random.chance(0.3)) add({ do: 'fault', host: hostOf(random), fault: faultOf(random) }, 0);
  const yes = { do: 'yes-all', browser, times: random.chance(0.1) ? 2 : 1 } as const;
  add({ ...yes, stopAtBad: random.chance(0.6) }, soon(random));
  while (random.chance(0.5)) add(random.chance(0.1) ? { do: 'stop-list', browser } : happening(random));
}

/** Somebody who does not wait for the end of a flash, but tries again at once. */
function againSoon(random: Random, browser: number, add: (deed: FlashPlan, wait?: Wait) => void): void {
  const ways = random.weighted<() => readonly FlashPlan[]>([
    [4, () => []],
    [2, () => [{ do: 'start-over', browser }]],
    [2, () => [infoAgain(random, browser)]],
    [2, () => [{ do: 'erase', browser }]],
    [2, () => [{ do: 'kill-background', browser, delivers: true }]],
    [
      2,
      () => [
        { do: 'set-clock', ms: 3_600_000 },
        { do: 'kill-background', browser, delivers: true },
      ],
    ],
    [
      2,
      () => [
        { do: 'restart-browser', browser, delivers: true },
        { do: 'cancel', browser },
      ],
    ],
    [1, () => [{ do: 'reload-extension', browser, delivers: true }]],
    [2, () => [{ do: 'set-clock', ms: 3_600_000 }]],
    [2, () => [{ do: 'swap-addresses' }]],
  ])();
  add({ do: 'cancel', browser }, random.pick([0, 1_000, 70_000]));
  for (const deed of ways) add(deed, random.pick([0, 1_000]));
  add({ do: 'prepare', browser, host: hostOf(random) }, random.pick([0, 0, 20_000, 70_000]));
  add({ do: 'question', browser }, 0);
  add({ do: 'yes', browser, times: 1 }, soon(random));
}

const hostOf = (random: Random) =>
  random.weighted([
    [70, 0],
    [22, 1],
    [8, 2],
  ] as const);
const browserOf = (random: Random) => (random.chance(0.94) ? 0 : 1);

function infoAgain(random: Random, browser: number): FlashPlan {
  const typed = random.weighted([
    [85, 'nothing'],
    [10, 'own'],
    [5, 'other'],
  ] as const);
  return { do: 'info', browser, host: hostOf(random), typed };
}

/** Something that a person does, or that befalls them. */
function happening(random: Random): FlashPlan {
  const browser = browserOf(random);
  return random.weighted<() => FlashPlan>([
    [14, () => infoAgain(random, browser)],
    [3, () => ({ do: 'unlock', browser })],
    [5, () => ({ do: 'fetch', browser, file: random.chance(0.7) ? 0 : 1 })],
    [12, () => ({ do: 'cancel', browser })],
    [10, () => ({ do: 'start-over', browser })],
    [2, () => ({ do: 'erase', browser })],
    [3, () => ({ do: 'wake', browser })],
    [6, () => ({ do: 'question', browser })],
    [6, () => ({ do: 'yes', browser, times: 1 })],
    [45, () => disturbance(random)],
  ])();
}

/** Something that befalls a person. */
function disturbance(random: Random): FlashPlan {
  const browser = browserOf(random);
  const delivers = random.chance(0.5);
  const host = hostOf(random);
  return random.weighted<() => FlashPlan>([
    [10, () => ({ do: 'kill-background', browser, delivers })],
    [5, () => ({ do: 'restart-browser', browser, delivers })],
    [3, () => ({ do: 'reload-extension', browser, delivers })],
    [5, () => ({ do: 'sleep', ms: spanOf(random) })],
    [
      7,
      () => ({
        do: 'set-clock',
        ms: random.pick([1, -1]) * random.pick([60_000, 200_000, 3_600_000, 90_000_000]),
      }),
    ],
    [7, () => ({ do: 'swap-addresses' })],
    [6, () => ({ do: 'replace-device', host })],
    [2, () => ({ do: 'cut-network', host })],
    [2, () => ({ do: 'restore-network', host })],
    [7, () => ({ do: 'fault', host, fault: faultOf(random) })],
    [
      5,
      () => ({
        do: 'storage',
        browser,
        takes: random.pick([2, 300, 6_000, 15_000]),
        failures: random.pick([0, 1, 3]),
      }),
    ],
    [
      5,
      () => ({
        do: 'mirror',
        how: random.weighted([
          [3, 'replace'],
          [1, 'down'],
          [1, 'up'],
        ] as const),
      }),
    ],
    [2, () => ({ do: 'permission', browser, given: random.chance(0.5) })],
  ])();
}

const codes = [400, 401, 403, 404, 408, 409, 413, 422, 424, 424, 471, 471, 500, 999] as const;

function faultOf(random: Random): Fault {
  return {
    on: random.weighted([
      [6, 'ota_flash'],
      [3, 'info'],
      [1, 'ota_unlock'],
    ] as const),
    how: random.weighted<() => Fault['how']>([
      [2, () => 'never-arrives'],
      [3, () => 'reply-reset'],
      [3, () => 'reply-lost'],
      [1, () => 'html'],
      [6, () => ({ code: random.pick(codes) })],
    ])(),
  };
}

const spanOf = (random: Random) =>
  random.pick([1_000, 5_000, 20_000, 40_000, 70_000, 110_000, 150_000, 185_000, 320_000, 600_000]);

/** A moment within the last look, or just after the request. */
function soon(random: Random): Wait {
  return random.weighted<() => Wait>([
    [
      10,
      () => ({
        until: random.pick<Moment>(['info', 'mirror', 'write', 'ota_flash', 'download']),
        times: 1 + random.whole(4),
      }),
    ],
    [2, () => random.pick([0, 1, 5, 20, 45, 60, 100, 200, 250, 400, 700, 1_100])],
    [3, () => 5_000],
    [1, () => ({ until: 'downloaded', times: 1 })],
  ])();
}

function waitAfter(random: Random): Wait {
  return random.weighted<() => Wait>([
    [5, () => 0],
    [2, () => random.pick([1, 5, 20, 50, 100, 250, 500])],
    [6, () => spanOf(random)],
    [4, () => soon(random)],
  ])();
}

function sceneOf(random: Random): Scene {
  return {
    devices: [deviceOf(random), deviceOf(random), deviceOf(random)],
    nobody: random.pick(['silent', 'refused', 'unreachable']),
    mirrorTakes: random.weighted([
      [3, 10],
      [1, 1_000],
      [1, 4_000],
    ] as const),
    storageTakes: random.weighted([
      [4, 2],
      [1, 40],
    ] as const),
  };
}

function deviceOf(random: Random): DeviceSpec {
  return {
    firmware: random.weighted([
      [4, '3.6.0'],
      [4, '3.7.6'],
      [3, '3.3.0'],
    ] as const),
    wants: random.weighted([
      [8, 'as-usual'],
      [1, 'id-needed'],
      [1, 'own-id-refused'],
    ] as const),
    locked: random.chance(0.3),
    unlock: random.weighted([
      [8, 'works'],
      [1, 'works-silently'],
      [1, 'fails'],
    ] as const),
    whileDownloading: random.weighted([
      [5, 'answers'],
      [2, 'resets'],
      [2, 'silent'],
    ] as const),
    downloadMs: 10_000 + random.whole(18) * 10_000,
    fate: random.weighted([
      [4, 'boots'],
      [1, 'rejoins'],
      [3, 'stalls'],
      [2, 'mismatch'],
    ] as const),
    keepsOpen: random.chance(0.3),
  };
}
