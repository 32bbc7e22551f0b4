import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { type Page, pageOf } from './page.ts';
import type { Sighting, Target, WantedData } from './sight.ts';
import { parseKey, type Surface } from './surface.ts';
import type { ElementState, Preference, View, Wanted } from './types.ts';
import { patience, until } from './until.ts';

const AxeViolations = v.array(
  v.object({
    id: v.string(),
    impact: v.nullable(v.string()),
    help: v.string(),
    nodes: v.array(v.object({ target: v.array(v.unknown()) })),
  }),
);

const data = (wanted: Wanted): WantedData =>
  typeof wanted === 'string' ? { exact: wanted } : { source: wanted.source, flags: wanted.flags };

const show = (wanted: Wanted) => (typeof wanted === 'string' ? `“${wanted}”` : String(wanted));

const states: Record<ElementState, (found: readonly Sighting[]) => boolean> = {
  visible: (found) => found.length === 1,
  gone: (found) => found.length === 0,
  enabled: (found) => found.length === 1 && found.every((one) => one.enabled),
  disabled: (found) => found.length === 1 && found.every((one) => !one.enabled),
  off: (found) => found.every((one) => !one.enabled),
  checked: (found) => found.length === 1 && found.every((one) => one.checked),
  unchecked: (found) => found.length === 1 && found.every((one) => !one.checked),
};

/** Builds what a person sees and does on top of what a browser's page offers. */
export function viewOf(surface: Surface): View {
  const page: Page = pageOf(surface);

  const complain = async (what: string) =>
    `${what}. The page says:\n${await page.ask('text').catch((error: unknown) => String(error))}\n`;

  async function reach(look: () => Promise<Target>): Promise<{ x: number; y: number }> {
    await surface.activate();
    let obstacle = '';
    return until(
      async () => {
        const target = await look();
        if ('x' in target) return target;
        obstacle = target.obstacle;
        return undefined;
      },
      () => complain(`Cannot click: ${obstacle}`),
    );
  }

  async function clickTarget(look: () => Promise<Target>): Promise<void> {
    const { x, y } = await reach(look);
    await surface.click(x, y);
  }

  async function press(combination: string): Promise<void> {
    const { key, held } = parseKey(combination);
    await surface.activate();
    await surface.press(key, held);
  }

  async function texts(role: string, name?: Wanted): Promise<readonly string[]> {
    const found = await page.ask('find', role, name === undefined ? null : data(name));
    return found.map((one) => one.text);
  }

  return {
    click: (role, name) => clickTarget(() => page.ask('target', role, data(name), `${role} ${show(name)}`)),

    async type(label, text) {
      await until(
        async () => {
          // The page may move between the look and the click; a person clicks again.
          await clickTarget(() => page.ask('targetField', data(label), `text field ${show(label)}`));
          return (await page.ask('selectAll')) || undefined;
        },
        () => complain(`${show(label)} took no focus`),
      );
      if (text === '') await surface.press('Delete', []);
      else await surface.keys(text);
    },

    async choose(label, option) {
      const matches = (text: string) => (typeof option === 'string' ? text === option : option.test(text));
      const wanted = await until(
        async () => {
          const offered = await page.ask('options', data(label));
          return offered.find((one) => one.enabled && matches(one.text));
        },
        () => complain(`${show(label)} has no option ${show(option)} to choose`),
      );
      const offered = await page.ask('options', data(label));
      const enabled = offered.filter((one) => one.enabled);
      const from = enabled.findIndex((one) => one.chosen);
      const to = enabled.findIndex((one) => one.index === wanted.index);
      if (from === to) return;
      const { x, y } = await reach(() => page.ask('targetSelect', data(label), `select ${show(label)}`));
      await surface.choose(x, y, { index: wanted.index, steps: to - from });
      await until(
        async () => {
          const now = await page.ask('options', data(label));
          return now.length === 0 || now.some((one) => one.chosen && one.text === wanted.text) || undefined;
        },
        () => complain(`${show(label)} did not become “${wanted.text}”`),
      );
    },

    async chooseFile(label, name, bytes) {
      const data = Buffer.from(bytes).toString('base64');
      await until(
        async () =>
          (await surface.evaluate(`(() => {
            const [input] = [...document.querySelectorAll('input[type=file]')].filter(({ labels, disabled }) =>
              !disabled && labels[0]?.textContent.trim() === ${JSON.stringify(label)});
            if (!input) return '';
            const bytes = Uint8Array.from(atob(${JSON.stringify(data)}), (character) => character.charCodeAt(0));
            const chosen = new DataTransfer();
            chosen.items.add(new File([bytes], ${JSON.stringify(name)}));
            input.files = chosen.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));
            return 'chosen';
          })()`)) || undefined,
        () => complain(`There is no field for files labelled “${label}”`),
      );
    },

    async box(role, name) {
      await reach(() => page.ask('target', role, data(name), `${role} ${show(name)}`, 'any'));
      return until(
        () => page.ask('box', role, data(name)).then((box) => box ?? undefined),
        () => complain(`${role} ${show(name)} has gone`),
      );
    },

    async clickAt({ x, y }) {
      await surface.activate();
      await surface.click(x, y);
    },

    async doubleClickAt(point, gap) {
      await surface.activate();
      await surface.twoClicks(point, point, gap);
    },

    async clickAtBoth(first, second, gap) {
      await surface.activate();
      await surface.twoClicks(first, second, gap);
    },

    press,

    async keyDown(key, times) {
      await surface.activate();
      await surface.keyDown(key, times);
    },

    async keyUp(key) {
      await surface.activate();
      await surface.keyUp(key);
    },

    async keys(text) {
      await surface.activate();
      await surface.keys(text);
    },

    text: () => page.ask('text'),

    async see(wanted, timeout = patience) {
      await until(
        async () => (await page.ask('sees', data(wanted))) || undefined,
        () => complain(`${show(wanted)} is not to be seen`),
        timeout,
      );
      return page.ask('text');
    },

    async gone(wanted, timeout = patience) {
      await until(
        async () => !(await page.ask('sees', data(wanted))) || undefined,
        () => complain(`${show(wanted)} does not go away`),
        timeout,
      );
    },

    read: (label) =>
      until(
        async () => {
          const found = await page.ask('read', data(label));
          return found.length === 1 ? found[0] : undefined;
        },
        () => complain(`Nothing (or more than one thing) is labelled ${show(label)}`),
      ),

    readAll: texts,
    alert: async () => (await texts('alert')).filter((text) => text !== '').join('\n'),
    status: async () => (await texts('status')).filter((text) => text !== '').join('\n'),
    options: async (label) => (await page.ask('options', data(label))).map((option) => option.text),

    async waitFor(role, name, { state = 'visible', timeout = patience } = {}) {
      let found: readonly Sighting[] = [];
      await until(
        async () => {
          found = await page.ask('find', role, data(name));
          return states[state](found) || undefined;
        },
        () => complain(`${role} ${show(name)} is not ${state} (found: ${JSON.stringify(found)})`),
        timeout,
      );
    },

    focused: () => page.ask('focused'),

    async screenshot(file) {
      await surface.activate();
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await surface.screenshot());
    },

    async setColorScheme(scheme) {
      await surface.setColorScheme(scheme);
      await until(
        async () => (await page.ask('scheme')) === scheme || undefined,
        () => `The page does not turn ${scheme}`,
      );
    },
    async setPreference(preference, on) {
      await surface.setPreference(preference, on);
      await until(
        async () =>
          (await surface.evaluate(`matchMedia('${mediaQueries[preference]}').matches`)) === `${on}` ||
          undefined,
        () => `The page takes no notice of ${preference}`,
      );
    },
    async setViewport(width, height) {
      await surface.setViewport(width, height);
      await until(
        async () => {
          const size = await page.ask('size');
          return (size.width === width && size.height === height) || undefined;
        },
        async () => `The page has not ${width} × ${height} px but ${JSON.stringify(await page.ask('size'))}`,
      );
    },
    size: () => page.ask('size'),

    async axe(rules) {
      const violations = v.parse(AxeViolations, JSON.parse(await page.runAxe(rules)));
      return violations.map(({ id, impact, help, nodes }) => ({
        id,
        impact: impact ?? 'unknown',
        help,
        targets: nodes.map((node) => node.target.map(String).join(' ')),
      }));
    },

    async store(area, items) {
      await surface.evaluate(
        `(globalThis.browser ?? chrome).storage.${area}.set(${JSON.stringify(items)}).then(() => '')`,
      );
    },

    stored: () =>
      surface.evaluate(
        `Promise.all(['local', 'session'].map((area) => (globalThis.browser ?? chrome).storage[area].get(null))).then((all) => JSON.stringify(all))`,
      ),

    url: () => page.ask('url'),
    reload: () => surface.reload(),
    isOpen: () => surface.isOpen(),

    async closed(timeout = patience) {
      await until(
        async () => !(await surface.isOpen()) || undefined,
        () => complain('The page does not close'),
        timeout,
      );
    },

    close: () => surface.close(),
  };
}

const mediaQueries: Readonly<Record<Preference, string>> = {
  'reduced-motion': '(prefers-reduced-motion: reduce)',
  'forced-colors': '(forced-colors: active)',
};

/** Waits until a surface has the page whose URL contains this, loaded whole. */
export async function loaded(surface: Surface, urlPart: string): Promise<Surface> {
  const page = pageOf(surface);
  await until(
    async () => {
      try {
        // A new tab holds an empty page first, and that one is complete as well.
        return ((await page.ask('url')).includes(urlPart) && (await page.ask('ready'))) || undefined;
      } catch {
        // A page on its way to another refuses to answer.
        return undefined;
      }
    },
    () => `The page ${urlPart} does not load`,
  );
  return surface;
}
