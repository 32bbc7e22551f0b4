import * as v from 'valibot';
import type { Bidi } from './bidi.ts';
import { evaluateIn, type FirefoxChrome, prefer, takeFromOpenList } from './firefox-chrome.ts';
import { closePopup } from './firefox-popup.ts';
import { webdriverKey } from './keys.ts';
import type { Surface } from './surface.ts';
import type { Point } from './types.ts';

const Screenshot = v.object({ data: v.string() });
const Tree = v.object({ contexts: v.array(v.looseObject({ context: v.string(), url: v.string() })) });

/** The tabs compete for the front; whoever brings one there needlessly closes the popup. */
export interface Front {
  context: string | undefined;
}

/** The tabs that are open. */
export async function tabs(bidi: Bidi): Promise<readonly { context: string; url: string }[]> {
  return v.parse(Tree, await bidi.send('browsingContext.getTree', { maxDepth: 0 })).contexts;
}

/** A tab as a surface: BiDi's own input, which Firefox takes for the person's. */
export function tabSurface(bidi: Bidi, chrome: FirefoxChrome, context: string, front: Front): Surface {
  const keyDown = (key: string) => ({ type: 'keyDown', value: webdriverKey(key) });
  const keyUp = (key: string) => ({ type: 'keyUp', value: webdriverKey(key) });
  const sendKeys = (actions: readonly object[]) =>
    bidi.send('input.performActions', { context, actions: [{ type: 'key', id: 'keyboard', actions }] });
  const isOpen = async () => (await tabs(bidi)).some((tab) => tab.context === context);

  const press = [
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];

  const to = ({ x, y }: Point) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y) });

  async function click(point: Point, more: readonly object[] = []): Promise<void> {
    // BiDi's mouse goes past the window manager, which would close a popup when the tab is clicked.
    await closePopup(chrome);
    const actions = [to(point), ...press, ...more];
    await bidi.send('input.performActions', {
      context,
      actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }],
    });
  }

  return {
    evaluate: (expression) => evaluateIn(bidi, context, expression),

    async activate() {
      if (front.context === context) return;
      await bidi.send('browsingContext.activate', { context });
      front.context = context;
    },

    click: (x, y) => click({ x, y }),
    // One sequence, for BiDi counts the clicks in it.
    twoClicks: (first, second, gap) => click(first, [{ type: 'pause', duration: gap }, to(second), ...press]),

    async choose(x, y, { index }) {
      await click({ x, y });
      await takeFromOpenList(chrome, index);
    },

    async press(key, held) {
      await sendKeys([...held.map(keyDown), keyDown(key), keyUp(key), ...held.map(keyUp).reverse()]);
    },

    async keyDown(key, times) {
      // Pressed while it is down, it counts as repeated by the keyboard.
      await sendKeys(Array.from({ length: times }, () => keyDown(key)));
    },

    keyUp: (key) => sendKeys([keyUp(key)]).then(() => {}),

    async keys(text) {
      await sendKeys([...text].flatMap((character) => [keyDown(character), keyUp(character)]));
    },

    async screenshot() {
      const { data } = v.parse(Screenshot, await bidi.send('browsingContext.captureScreenshot', { context }));
      return Buffer.from(data, 'base64');
    },

    async setColorScheme(scheme) {
      await chrome.run(`
        const tab = gBrowser.tabs.find((tab) => tab.linkedBrowser.currentURI.spec === ${JSON.stringify(
          await evaluateIn(bidi, context, 'location.href'),
        )});
        tab.linkedBrowser.browsingContext.prefersColorSchemeOverride = ${JSON.stringify(scheme)};
      `);
    },

    setPreference: (preference, on) => prefer(chrome, preference, on),

    async setViewport(width, height) {
      await bidi.send('browsingContext.setViewport', { context, viewport: { width, height } });
    },

    async reload() {
      await bidi.send('browsingContext.reload', { context, wait: 'none' });
    },

    isOpen,

    async close() {
      if (front.context === context) front.context = undefined;
      if (await isOpen()) await bidi.send('browsingContext.close', { context });
    },
  };
}
