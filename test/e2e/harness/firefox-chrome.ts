import * as v from 'valibot';
import type { Bidi } from './bidi.ts';
import type { Preference } from './types.ts';
import { until } from './until.ts';

const Tree = v.object({ contexts: v.array(v.looseObject({ context: v.string(), url: v.string() })) });

const Evaluated = v.variant('type', [
  v.looseObject({
    type: v.literal('success'),
    result: v.looseObject({ type: v.string(), value: v.optional(v.unknown()) }),
  }),
  v.looseObject({ type: v.literal('exception'), exceptionDetails: v.looseObject({ text: v.string() }) }),
]);

/** Evaluates an expression in a browsing context; its value, awaited, as a string. */
export async function evaluateIn(bidi: Bidi, context: string, expression: string): Promise<string> {
  const answer = v.parse(
    Evaluated,
    await bidi.send('script.evaluate', { expression, target: { context }, awaitPromise: true }),
  );
  if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
  return String(answer.result.value ?? '');
}

/** The browser window's own code, with all that Firefox itself can do. */
export interface FirefoxChrome {
  /** Runs the body of an async function there; what it returns comes back as a string. */
  run(body: string): Promise<string>;
}

/** Finds the browser window. Needs `--remote-allow-system-access`. */
export async function firefoxChrome(bidi: Bidi): Promise<FirefoxChrome> {
  const { contexts } = v.parse(Tree, await bidi.send('browsingContext.getTree', { 'moz:scope': 'chrome' }));
  const window = contexts.find((context) => context.url === 'chrome://browser/content/browser.xhtml');
  if (!window) throw new Error('Firefox has no browser window.');
  return {
    run: (body) => evaluateIn(bidi, window.context, `(async () => { ${body} })()`),
  };
}

const preferences: Readonly<Record<Preference, readonly [name: string, value: number]>> = {
  'reduced-motion': ['ui.prefersReducedMotion', 1],
  'forced-colors': ['browser.display.document_color_use', 2],
};

/** Sets what a person prefers, for all pages. */
export async function prefer(chrome: FirefoxChrome, preference: Preference, on: boolean): Promise<void> {
  const [name, value] = preferences[preference];
  await chrome.run(
    on ? `Services.prefs.setIntPref('${name}', ${value})` : `Services.prefs.clearUserPref('${name}')`,
  );
}

/** Takes back all that was preferred. */
export async function preferNothing(chrome: FirefoxChrome): Promise<void> {
  for (const [name] of Object.values(preferences))
    await chrome.run(`Services.prefs.clearUserPref('${name}')`);
}

/** Takes an option out of the list that a click on a select has opened: Firefox draws it in its own window. */
export async function takeFromOpenList(chrome: FirefoxChrome, index: number): Promise<void> {
  await until(
    async () =>
      (await chrome.run(`
        const list = document.getElementById('ContentSelectDropdown')?.menupopup;
        if (list?.state !== 'open') return false;
        const option = [...list.querySelectorAll('menuitem')].find((item) => item.value === '${index}');
        if (!option) throw new Error('The open list has no such option.');
        list.activateItem(option);
        return true;
      `)) === 'true' || undefined,
    () => 'The list of the select does not open',
  );
}
