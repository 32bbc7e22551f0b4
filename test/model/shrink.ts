import type { Action, Scene, Story, Wait } from './actions.ts';
import type { DeviceSpec } from './device.ts';

/** A device of which nothing is special. */
const plain: DeviceSpec = {
  firmware: '3.6.0',
  wants: 'as-usual',
  locked: false,
  unlock: 'works',
  whileDownloading: 'answers',
  downloadMs: 120_000,
  fate: 'stalls',
  keepsOpen: false,
};

/** The simplest story that `isBad` still says yes to, looked for in at most `tries` steps. */
export async function shrink(
  story: Story,
  isBad: (story: Story) => Promise<boolean>,
  tries = 1_500,
): Promise<Story> {
  let best = story;
  let left = tries;
  for (let isBetter = true; isBetter && left > 0; ) {
    isBetter = false;
    for (const simpler of simplerThan(best)) {
      left -= 1;
      if (left <= 0) break;
      if (!(await isBad(simpler))) continue;
      best = simpler;
      isBetter = true;
      break;
    }
  }
  return best;
}

/** Stories that say a little less: whole stretches left out first, then single actions, waits, and the scene. */
function* simplerThan(story: Story): Generator<Story> {
  const { actions, scene } = story;
  for (let length = actions.length >> 1; length >= 1; length >>= 1) {
    for (let at = 0; at + length <= actions.length; at += 1) {
      yield { scene, actions: [...actions.slice(0, at), ...actions.slice(at + length)] };
    }
  }
  for (const [at, action] of actions.entries()) {
    for (const simpler of simplerAction(action)) yield { scene, actions: actions.with(at, simpler) };
  }
  for (const simpler of simplerScene(scene)) yield { scene: simpler, actions };
}

function* simplerAction({ deed, wait }: Action): Generator<Action> {
  for (const shorter of shorterThan(wait)) yield { deed, wait: shorter };
  if ('browser' in deed && deed.browser !== 0) yield { deed: { ...deed, browser: 0 }, wait };
  if (deed.do === 'info' && deed.typed !== 'nothing') yield { deed: { ...deed, typed: 'nothing' }, wait };
  if (deed.do === 'yes' && deed.times > 1) yield { deed: { ...deed, times: 1 }, wait };
  if (deed.do === 'storage' && deed.takes !== 2) yield { deed: { ...deed, takes: 2 }, wait };
}

function* shorterThan(wait: Wait): Generator<Wait> {
  if (wait === 0) return;
  yield 0;
  if (typeof wait !== 'number') {
    if (wait.times > 1) yield { ...wait, times: wait.times - 1 };
    return;
  }
  for (const ms of [1_000, 10_000]) if (ms < wait) yield ms;
}

function* simplerScene(scene: Scene): Generator<Scene> {
  const [a, b, c] = scene.devices;
  if (a !== plain && b !== plain && c !== plain) yield { ...scene, devices: [plain, plain, plain] };
  for (const simpler of simplerDevice(c)) yield { ...scene, devices: [a, b, simpler] };
  for (const simpler of simplerDevice(b)) yield { ...scene, devices: [a, simpler, c] };
  for (const simpler of simplerDevice(a)) yield { ...scene, devices: [simpler, b, c] };
  if (scene.nobody !== 'silent') yield { ...scene, nobody: 'silent' };
  if (scene.mirrorTakes !== 10) yield { ...scene, mirrorTakes: 10 };
  if (scene.storageTakes !== 2) yield { ...scene, storageTakes: 2 };
}

function* simplerDevice(spec: DeviceSpec): Generator<DeviceSpec> {
  const tries: readonly DeviceSpec[] = [
    plain,
    { ...spec, firmware: plain.firmware },
    { ...spec, wants: plain.wants },
    { ...spec, locked: plain.locked, unlock: plain.unlock },
    { ...spec, whileDownloading: plain.whileDownloading },
    { ...spec, downloadMs: plain.downloadMs },
    { ...spec, fate: plain.fate },
    { ...spec, keepsOpen: plain.keepsOpen },
  ];
  const text = JSON.stringify(spec);
  for (const simpler of tries) if (JSON.stringify(simpler) !== text) yield simpler;
}
