import { setTimeout } from 'node:timers/promises';
import type { View, Wanted } from './harness/launch.ts';
import { until } from './harness/until.ts';

const titles = ['Device', 'Unlock', 'Firmware', 'Flash', 'Proof'] as const;
type StepTitle = (typeof titles)[number];

/** How often a person looks whether the step is still open, in milliseconds. */
const glance = 1_000;

/** The step in which a thing is, by its label: a person knows where to look for it. */
const homes: Readonly<Record<string, StepTitle>> = {
  'Device address': 'Device',
  'Device ID': 'Device',
  Info: 'Device',
  Unlock: 'Unlock',
  Mirror: 'Firmware',
  Firmware: 'Firmware',
  'Fetch firmware': 'Firmware',
  Flash: 'Flash',
  'Stop watching': 'Flash',
  'Tools for this device': 'Device',
  'By hand': 'Device',
};

/** The page with its one open step, for tests that say what they want and not where it is. */
export function stepwise(view: View): View {
  const openStep = async () => {
    const headings = await view.readAll('heading');
    return titles.find((title) => headings.includes(title));
  };

  /** Opens a step, where it is folded and can be opened. */
  async function unfold(title: StepTitle): Promise<void> {
    if ((await view.readAll('button', rowOf(title))).length === 1) await view.click('button', rowOf(title));
  }

  /** Opens the step of `label`, if there is no such thing on the page. */
  async function reach(label: Wanted): Promise<void> {
    const title = typeof label === 'string' ? homes[label] : undefined;
    if (title !== undefined && !(await isThere(label))) await unfold(title);
  }

  /** Does something in the step of `label`; opens it again where the run has just gone on and folded it. */
  async function inItsStep(label: Wanted, act: () => Promise<void>): Promise<void> {
    await reach(label);
    if (typeof label !== 'string' || homes[label] === undefined) return act();
    const done = new AbortController();
    const acting = act().finally(() => done.abort());
    // How the watch fares is nobody's business but that of what it watches.
    const watching = reopenUntil(done.signal, label).catch(() => {});
    await Promise.all([acting, watching]);
  }

  /** Looks now and then whether the step of `label` is folded, and opens it again, until there is nothing to do there. */
  async function reopenUntil(done: AbortSignal, label: Wanted): Promise<void> {
    for (;;) {
      await setTimeout(glance, undefined, { signal: done });
      const isFolded = !(await isThere(label));
      // What was done may itself have folded it.
      await setTimeout(glance, undefined, { signal: done });
      if (isFolded) await reach(label);
    }
  }

  async function isThere(label: Wanted): Promise<boolean> {
    // One after the other: Firefox answers questions that are put at once 40 ms later.
    for (const role of ['button', 'textbox', 'combobox']) {
      if ((await view.readAll(role, label)).length > 0) return true;
    }
    return false;
  }

  /** Waits until Flash can be reached, and goes there from a step that was opened by hand. */
  async function reachFlash(timeout?: number): Promise<void> {
    await until(
      async () => {
        if (await isThere('Flash')) return true;
        const isReady = (await view.readAll('button', /^Flash ready /)).length === 1;
        if (isReady) await view.click('button', /^Flash ready /);
        return isReady || undefined;
      },
      async () => `Flash cannot be reached. The page says:\n${await view.text()}\n`,
      timeout,
    );
  }

  return {
    ...view,
    click: (role, name) => inItsStep(name, () => view.click(role, name)),
    type: (label, text) => inItsStep(label, () => view.type(label, text)),
    choose: (label, option) => inItsStep(label, () => view.choose(label, option)),
    async box(role, name) {
      await reach(name);
      return view.box(role, name);
    },
    async read(label) {
      if (label !== 'Device address' && label !== 'Firmware') return view.read(label);
      return until(
        async () => {
          await reach(label);
          // The run may have gone on in between and folded the step again.
          return view.read(label).catch(() => undefined);
        },
        async () => `${label} cannot be read. The page says:\n${await view.text()}\n`,
      );
    },
    /** What speaks for a mirror stands in the firmware's step; then back to where the page was. */
    async readAll(role, name) {
      if (name !== 'Checks on the mirror') return view.readAll(role, name);
      const before = await openStep();
      await unfold('Firmware');
      const texts = await view.readAll(role, name);
      if (before !== undefined) await unfold(before);
      return texts;
    },
    async waitFor(role, name, options) {
      // Where they cannot be pressed there are none, or they are off.
      if (role === 'button' && (name === 'Flash' || name === 'Unlock') && options?.state === 'disabled') {
        await view.waitFor('button', name, { ...options, state: 'off' });
        return;
      }
      if (role === 'button' && name === 'Flash' && options?.state === 'enabled')
        await reachFlash(options.timeout);
      if (role === 'button' && (name === 'Info' || name === 'Fetch firmware')) {
        // The run may go on meanwhile and fold its step; a person opens it again.
        await until(
          async () => {
            await reach(name);
            return view.waitFor(role, name, { ...options, timeout: 0 }).then(
              () => true,
              () => undefined,
            );
          },
          async () => `${name} is not as it should be. The page says:\n${await view.text()}\n`,
          options?.timeout,
        );
        return;
      }
      await view.waitFor(role, name, options);
    },
  };
}

/** The line of a folded step: its title, and what came of it. */
function rowOf(title: StepTitle): RegExp {
  return new RegExp(`^${title} .*(not done yet|under way|done|done, with warnings|needs attention)$`);
}
