import type { ColorScheme, Point, Preference } from './types.ts';

/**
 * What a view needs of a browser's page, and all it knows of it. Positions are CSS pixels in the viewport.
 */
export interface Surface {
  /** Evaluates an expression whose value, awaited, is a string. Not subject to the page's CSP. */
  evaluate(expression: string): Promise<string>;
  /** Brings the page to the front, if it is a tab behind another. */
  activate(): Promise<void>;
  click(x: number, y: number): Promise<void>;
  /**
   * Two clicks of one hand, the second where the first was or elsewhere, `gap` milliseconds later, however busy this
   * process is meanwhile. The browser counts two on one point as a double click.
   */
  twoClicks(first: Point, second: Point, gap: number): Promise<void>;
  /** Opens the select that stands there and takes an option out of its list, in one choice. */
  choose(x: number, y: number, option: OptionPlace): Promise<void>;
  press(key: string, modifiers: readonly Modifier[]): Promise<void>;
  /** Presses a key, or holds it on, until it has come `times` times more. */
  keyDown(key: string, times: number): Promise<void>;
  keyUp(key: string): Promise<void>;
  keys(text: string): Promise<void>;
  screenshot(): Promise<Uint8Array>;
  setColorScheme(scheme: ColorScheme): Promise<void>;
  setPreference(preference: Preference, on: boolean): Promise<void>;
  setViewport(width: number, height: number): Promise<void>;
  reload(): Promise<void>;
  isOpen(): Promise<boolean>;
  close(): Promise<void>;
}

/** Where an option stands in its select. */
export interface OptionPlace {
  /** Among all options, from 0. */
  readonly index: number;
  /** How many options that can be chosen it is below (or, negative, above) the one that is chosen now. */
  readonly steps: number;
}

export const modifiers = ['Shift', 'Control', 'Alt', 'Meta'] as const;

export type Modifier = (typeof modifiers)[number];

/** Takes `Shift+Tab` apart. */
export function parseKey(combination: string): { key: string; held: Modifier[] } {
  // A plus that stands last is itself the key.
  const parts = combination.split(/\+(?=.)/);
  const key = parts.pop() ?? '';
  const held = parts.map((part) => {
    const modifier = modifiers.find((name) => name === part);
    if (!modifier) throw new Error(`${part} is no modifier (${combination}).`);
    return modifier;
  });
  return { key, held };
}
