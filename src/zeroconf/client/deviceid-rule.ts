import { type Command, commandRules } from './command.ts';
import { isTurnedAway, type Setback } from './setback.ts';

/** How a request speaks of the device: without the key `deviceid`, or with the id. Never with `""`. */
export type Form = 'omit' | 'id';

/** What is known about how one device wants its id (protocol v2.2 contradicts the field; njh cli#18, PR#19). */
export interface DeviceidRule {
  /** Whether the device answers only when it is not called by its own id. */
  readonly refusesId: boolean;
  /** The id that the device told, else the one that was given. */
  readonly id: string | null;
  /** The forms to try for a command, in this order. */
  forms(command: Command): readonly Form[];
  /** Whether the other form may help where `form` did not. */
  mayHelp(form: Form, command: Command, setback: Setback): boolean;
  /** Whether the device seems to want an id and there is none to give. */
  wantsId(command: Command, setback: Setback): boolean;
  /** Remembers that the device took `form`, and whether it did so after another had been refused. */
  accepted(form: Form, afterAnother: boolean): void;
  /** Remembers the id that the device told. */
  learn(id: string): void;
  /** Remembers that whoever is there said 404 to the id. */
  turnedAway(): void;
}

/** What is known of a device from before: the id that goes with every command, and whether it refuses that. */
export interface KnownDevice {
  readonly id: string | null;
  readonly refusesId: boolean;
}

/** Silences that a firmware answers a form with that it does not like (itead#128, itead#132, njh cli#6). */
const silences: ReadonlySet<string> = new Set(['reset', 'empty-reply', 'no-connection', 'time-out']);
/** The same without those that a device which is off would cause as well. */
const broken: ReadonlySet<string> = new Set(['reset', 'empty-reply']);

/** An id as it is sent, from what a person typed: also taken from a Wi-Fi or mDNS name. Null when there is none. */
export function cleanDeviceid(text: string): string | null {
  const id = text
    .trim()
    .replace(/^(?:itead-|ewelink_)/i, '')
    .replace(/\.local\.?$/i, '');
  return id === '' ? null : id;
}

/** Commands that do something for good: only ever to the device that is meant, so by its id wherever that is known. */
const toOneDeviceOnly: ReadonlySet<Command> = new Set(['ota_flash', 'ota_unlock']);

/** The rule for a device of which nothing is known but what it told before (`known`), or an id that was typed. */
export function createDeviceidRule(given: string | null, known: KnownDevice | null = null): DeviceidRule {
  let learned: string | null = known?.id ?? null;
  let last: Form | null = null;
  let idRefused = known?.refusesId ?? false;

  return {
    get refusesId() {
      return idRefused;
    },
    get id() {
      return learned ?? given;
    },
    forms(command) {
      const id = learned ?? given;
      if (id === null) return ['omit'];
      // Never the other form as well: whoever refuses the id may be another device that has the address now.
      if (toOneDeviceOnly.has(command)) return [idRefused ? 'omit' : 'id'];
      const first = learned !== null && !idRefused ? 'id' : (last ?? 'omit');
      return first === 'id' ? ['id', 'omit'] : ['omit', 'id'];
    },
    mayHelp(form, command, setback) {
      if (isTurnedAway(setback)) return true;
      // What else may mean "not this form" may also mean "done", so only what can be asked twice is.
      if (!commandRules[command].repeatable) return false;
      if ('code' in setback) return form === 'omit' && (setback.code === 400 || setback.code === 422);
      return form !== last && silences.has(setback.fault);
    },
    wantsId(command, setback) {
      if (learned !== null || given !== null) return false;
      if ('code' in setback)
        return setback.code === 404 || (setback.code === 422 && commandRules[command].repeatable);
      return last === null && commandRules[command].repeatable && broken.has(setback.fault);
    },
    accepted(form, afterAnother) {
      last = form;
      idRefused = form === 'omit' && (idRefused || afterAnother);
    },
    learn(id) {
      if (id !== learned) idRefused = idRefused && learned === null && id === given;
      learned = id;
    },
    turnedAway() {
      idRefused = true;
    },
  };
}
