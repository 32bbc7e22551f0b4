/** Keys that are not characters, as WebDriver encodes them: https://w3c.github.io/webdriver/#keyboard-actions */
const codes: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE006',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
};

/** A key's WebDriver value: characters stand for themselves. */
export function webdriverKey(key: string): string {
  const code = codes[key];
  if (code !== undefined) return code;
  if ([...key].length === 1) return key;
  throw new Error(`The harness knows no key ${key}.`);
}
