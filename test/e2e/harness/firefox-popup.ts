import { type FirefoxChrome, prefer, takeFromOpenList } from './firefox-chrome.ts';
import type { Surface } from './surface.ts';

/** In the browser window: the popup's `<browser>`, or null. */
export const findPopup = `document.querySelector('browser[webextension-view-type="popup"]')`;

/** Closes the popup, if there is one, as a click elsewhere does. */
export async function closePopup(chrome: FirefoxChrome): Promise<void> {
  await chrome.run(`${findPopup}?.closest('panel').hidePopup()`);
}

/** What EventUtils calls modifiers. */
const modifierOptions = { Shift: 'shiftKey', Control: 'ctrlKey', Alt: 'altKey', Meta: 'metaKey' } as const;

/**
 * Runs the body of an async function in the popup's process, beside the page, with privileges. It finds there
 * - `content`, the page's window,
 * - `input`, Firefox's own tool for input in tests, whose events count as the person's.
 */
async function beside(chrome: FirefoxChrome, body: string): Promise<string> {
  const script = `(async () => {
    let answer;
    try {
      this.harness ??= {};
      if (this.harness.window !== content) {
        const scope = { window: content, parent: content, navigator: content.navigator, _EU_Ci: Ci, _EU_Cc: Cc,
          KeyboardEvent: content.KeyboardEvent, setTimeout: content.setTimeout };
        Services.scriptloader.loadSubScript('chrome://remote/content/external/EventUtils.js', scope);
        this.harness.window = content;
        this.harness.input = scope;
        // Evaluates as the page would, but is not subject to its CSP.
        this.harness.page = new Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
      }
      const { input, page } = this.harness;
      answer = { value: String(await (async () => { ${body} })()) };
    } catch (error) {
      answer = { error: String(error) };
    }
    sendAsyncMessage('CHANNEL', answer);
  })()`;
  return chrome.run(`
    const popup = ${findPopup};
    if (!popup) throw new Error('The popup is closed.');
    const channel = 'harness:' + Math.random();
    const script = ${JSON.stringify(script)}.replace('CHANNEL', channel);
    const { value, error } = await new Promise((resolve) => {
      const manager = popup.messageManager;
      manager.addMessageListener(channel, function listen({ data }) {
        manager.removeMessageListener(channel, listen);
        resolve(data);
      });
      // The popup may close before it answers; then nothing would ever come.
      const watch = setInterval(() => {
        if (popup.isConnected) return;
        clearInterval(watch);
        resolve({ error: 'The popup has closed.' });
      }, 50);
      manager.loadFrameScript('data:application/javascript;charset=utf-8,' + encodeURIComponent(script), false);
    });
    if (error) throw new Error(error);
    return value;
  `);
}

/** The real popup as a surface: BiDi does not know of it, but the browser window's code reaches it. */
export function popupSurface(chrome: FirefoxChrome): Surface {
  const isOpen = async () => (await chrome.run(`return ${findPopup} !== null`)) === 'true';

  async function click(x: number, y: number): Promise<void> {
    // What a mouse does on its way to the page; without the focus, a select shows no list.
    await chrome.run(`${findPopup}?.focus()`);
    await beside(chrome, `input.synthesizeMouseAtPoint(${x}, ${y}, {}, content); return '';`);
  }

  async function synthesizeKey(key: string, options: object): Promise<void> {
    const name = [...key].length === 1 ? key : key === 'Space' ? ' ' : `KEY_${key}`;
    await beside(
      chrome,
      `input.synthesizeKey(${JSON.stringify(name)}, ${JSON.stringify(options)}, content); return '';`,
    );
  }

  return {
    evaluate: (expression) => beside(chrome, `return Cu.evalInSandbox(${JSON.stringify(expression)}, page)`),
    // It is in front or it is not there.
    activate: () => Promise.resolve(),

    click,

    async twoClicks(first, second, gap) {
      const clickCount = first.x === second.x && first.y === second.y ? 2 : 1;
      await chrome.run(`${findPopup}?.focus()`);
      await beside(
        chrome,
        `input.synthesizeMouseAtPoint(${first.x}, ${first.y}, { clickCount: 1 }, content);
         await new Promise((resolve) => content.setTimeout(resolve, ${gap}));
         input.synthesizeMouseAtPoint(${second.x}, ${second.y}, { clickCount: ${clickCount} }, content); return '';`,
      );
    },

    async choose(x, y, { index }) {
      await click(x, y);
      await takeFromOpenList(chrome, index);
    },

    press: (key, held) =>
      synthesizeKey(key, Object.fromEntries(held.map((modifier) => [modifierOptions[modifier], true]))),

    keyDown: (key, times) => synthesizeKey(key, { type: 'keydown', repeat: times }),

    keyUp: (key) => synthesizeKey(key, { type: 'keyup' }),

    async keys(text) {
      await beside(chrome, `input.sendString(${JSON.stringify(text)}, content); return '';`);
    },

    async screenshot() {
      const data = await chrome.run(`
        const popup = ${findPopup};
        const { width, height } = popup.getBoundingClientRect();
        const image = await popup.browsingContext.currentWindowGlobal.drawSnapshot(
          new DOMRect(0, 0, width, height), 1, 'white');
        const canvas = new OffscreenCanvas(image.width, image.height);
        canvas.getContext('2d').drawImage(image, 0, 0);
        const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
        return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      `);
      return Buffer.from(data, 'base64');
    },

    async setColorScheme(scheme) {
      await chrome.run(`${findPopup}.browsingContext.prefersColorSchemeOverride = ${JSON.stringify(scheme)}`);
    },

    setPreference: (preference, on) => prefer(chrome, preference, on),

    setViewport: () => Promise.reject(new Error('A popup has the size that its content asks for.')),

    async reload() {
      await chrome.run(`${findPopup}.reload()`);
    },

    isOpen,

    close: () => closePopup(chrome),
  };
}
