import { requestDevice, requestMirror, requestProof } from '../src/browser/permissions.ts';
import { type Text, text } from '../src/core/text.ts';
import { isBusy, isFlashing } from '../src/flash/run/device-run.ts';
import { unsuitable } from '../src/flash/run/preflight.ts';
import { parseAddress } from '../src/zeroconf/device/address.ts';
import { isOver, type StepName } from './present-step.ts';
import type { Steps } from './steps.ts';
import type { Stoppable, Store } from './store.ts';
import { typedOtherwise } from './typed-otherwise.ts';

/** The one next button. */
export interface NextAction {
  /** What it does, in one word. */
  readonly deed: 'info' | 'unlock' | 'fetch' | 'flash' | 'check';
  readonly label: Text;
  readonly enabled: boolean;
  /** The form that it sends off, by its id. */
  readonly form?: string;
  readonly press?: () => void;
}

/** What it needs that a step is open and its button pressed. */
export interface Pressing {
  readonly store: Store;
  readonly steps: Steps;
  /** Asks the question before a flash. */
  readonly ask: () => void;
}

export const deviceForm = 'device-form';
export const firmwareForm = 'firmware-form';
export const proofForm = 'proof-form';

const infoLabel = text('popup_info', 'Info');

/** The next button of the step that is open; null where there is nothing to press. */
export function nextAction(step: StepName, pressing: Pressing): NextAction | null {
  const { store } = pressing;
  const { flash } = store.run.value;
  switch (step) {
    case 'device':
      return { deed: 'info', label: infoLabel, enabled: mayAsk(store), form: deviceForm };
    case 'unlock':
      return {
        deed: 'unlock',
        label: text('popup_unlock', 'Unlock'),
        enabled: mayUnlock(store),
        press: () => {
          pressing.steps.follow();
          store.unlock();
        },
      };
    case 'firmware':
      return {
        deed: 'fetch',
        label: text('popup_fetch', 'Fetch firmware'),
        enabled: mayFetch(store),
        form: firmwareForm,
      };
    case 'flash':
      if (isFlashing(flash)) return null;
      if (isOver(flash)) {
        return {
          deed: 'info',
          label: infoLabel,
          enabled: !isDeviceBusy(store),
          press: () => askAgain(pressing),
        };
      }
      return {
        deed: 'flash',
        label: text('popup_flash', 'Flash'),
        enabled: mayFlash(store),
        press: pressing.ask,
      };
    case 'proof':
      return {
        deed: 'check',
        label: text('popup_check', 'Check'),
        enabled: parseAddress(store.draft.value.whereItRuns).ok && !isDeviceBusy(store),
        form: proofForm,
      };
  }
}

function isDeviceBusy({ run, othersFirst }: Store): boolean {
  return isBusy(run.value) || isFlashing(run.value.flash) || othersFirst.value !== null;
}

function mayAsk(store: Store): boolean {
  return parseAddress(store.draft.value.address).ok && !isDeviceBusy(store);
}

function mayUnlock(store: Store): boolean {
  const { device } = store.run.value;
  return (
    device.state === 'done' &&
    device.value.otaUnlock !== true &&
    unsuitable(device.value) === null &&
    !isDeviceBusy(store)
  );
}

function mayFetch({ chosen, source, run, othersFirst }: Store): boolean {
  const { image, mirror } = source.value;
  const isWorking = image.state === 'working' || mirror.state === 'working';
  const { url } = chosen.value;
  return url.ok && !isWorking && !isFlashing(run.value.flash) && othersFirst.value === null;
}

function mayFlash(store: Store): boolean {
  return store.preflight.value.plan !== null && typedOtherwise(store) === null && !isDeviceBusy(store);
}

/** Info, by whichever button. Must be called in the click. */
export function askInfo({ store, steps }: Pick<Pressing, 'store' | 'steps'>): void {
  const { address: typed, deviceid } = store.draft.value;
  const address = parseAddress(typed);
  if (!address.ok || !mayAsk(store)) return;
  steps.follow();
  store.info(address.value.host, deviceid);
  // Before anything is awaited: a browser shows its question only in the click itself. And last: it may close the
  // popup, and with it what has not been sent.
  void requestDevice(address.value).catch(() => {});
}

/** Info on the device that was flashed last, whatever is typed by now. */
function askAgain(pressing: Pressing): void {
  const { store } = pressing;
  const { flash } = store.run.value;
  if (flash.stage === 'ended') store.edit({ address: flash.plan.address.host });
  askInfo(pressing);
}

/** Check. Must be called in the click. */
export function askProof({ store }: Pick<Pressing, 'store'>): void {
  const address = parseAddress(store.draft.value.whereItRuns);
  if (!address.ok || isDeviceBusy(store)) return;
  store.check(address.value.host);
  // Before anything is awaited: a browser shows its question only in the click itself. Where the question
  // closes the popup, the background goes on as soon as the permission is there.
  void requestProof(address.value).catch(() => {});
}

/** Fetch firmware. Must be called in the click. */
export function askFirmware({ store, steps }: Pick<Pressing, 'store' | 'steps'>): void {
  const { url } = store.chosen.value;
  if (!url.ok || !mayFetch(store)) return;
  steps.follow();
  store.fetchFirmware(url.value.href);
  // Before anything is awaited: a browser shows its question only in the click itself. Where the question
  // closes the popup, the background goes on as soon as the permission is there.
  void requestMirror(url.value.href).catch(() => {});
}

/** What can be stopped in the step that is open, or null. */
export function stoppableIn(step: StepName, { run, source, othersFirst }: Store): Stoppable | null {
  const { device, unlock, flash, proof } = run.value;
  const { image, mirror } = source.value;
  switch (step) {
    case 'device':
      return device.state === 'working' ? 'device' : null;
    case 'unlock':
      return unlock.state === 'working' ? 'device' : null;
    case 'firmware': {
      const isWorking = image.state === 'working' || mirror.state === 'working';
      return isWorking && !isFlashing(flash) && othersFirst.value === null ? 'image' : null;
    }
    case 'flash':
      if (flash.stage === 'checking') return 'flash';
      return flash.stage === 'downloading' || flash.stage === 'restarting' ? 'watch' : null;
    case 'proof':
      return proof?.look.state === 'working' ? 'device' : null;
  }
}
