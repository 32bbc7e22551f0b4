/** The browsers that the extension is made for. */
export type BrowserKind = 'chromium' | 'firefox';

/** An accessible name or a piece of text: exact when a string, searched for when an expression. */
export type Wanted = string | RegExp;

/** A size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export type ColorScheme = 'light' | 'dark';

/** What a person can ask of all pages in the system or the browser. */
export type Preference = 'reduced-motion' | 'forced-colors';

/** What a person waits for an element to become; `off`: whether or not it is there, it cannot be pressed. */
export type ElementState = 'visible' | 'gone' | 'enabled' | 'disabled' | 'off' | 'checked' | 'unchecked';

/** One accessibility rule of axe-core that a page breaks, and where. */
export interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly targets: readonly string[];
}

/** A point of the page's window, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where an element stands in the page's window, in CSS pixels. */
export interface Box extends Point, Size {}

/** An element as assistive technology announces it. */
export interface Announced {
  readonly role: string;
  readonly name: string;
}

/**
 * One page as a person has it before them. Everything is found by role and accessible name; every click and
 * key is real input, so that the browser counts it as the person's own doing.
 *
 * Whatever acts waits until it can: for the element to be there, alone, enabled, at rest and not covered.
 */
export interface View {
  click(role: string, name: Wanted): Promise<void>;
  /** Where the one element stands, once it is there and at rest. */
  box(role: string, name: Wanted): Promise<Box>;
  /** Clicks at a point, whatever is there. */
  clickAt(point: Point): Promise<void>;
  /** Clicks twice at a point, `gap` milliseconds apart, whatever is there at each of the two moments. */
  doubleClickAt(point: Point, gap: number): Promise<void>;
  /** The same where the hand moves on between the two. */
  clickAtBoth(first: Point, second: Point, gap: number): Promise<void>;
  /** Replaces what stands in the text field. */
  type(label: Wanted, text: string): Promise<void>;
  /** Chooses an option of a select. */
  choose(label: Wanted, option: Wanted): Promise<void>;
  /** Drops a file on the field of this label, as choosing it in the browser's own dialog does. */
  chooseFile(label: string, name: string, bytes: Uint8Array): Promise<void>;
  /** A key, with modifiers if need be: `Tab`, `Shift+Tab`, `Enter`, `Escape`. */
  press(key: string): Promise<void>;
  /** Presses a key, or holds it on, until it has come `times` times more, as a keyboard repeats it. */
  keyDown(key: string, times: number): Promise<void>;
  /** Lets a key go. */
  keyUp(key: string): Promise<void>;
  /** Types into whatever has the focus. */
  keys(text: string): Promise<void>;

  /** All text that is visible. */
  text(): Promise<string>;
  /** Waits until the text is visible; answers with the text of the whole page. */
  see(wanted: Wanted, timeout?: number): Promise<string>;
  /** Waits until the text is not visible any more. */
  gone(wanted: Wanted, timeout?: number): Promise<void>;
  /** What stands under a label: a field's value, a select's chosen option, a term's description, a row's cell. */
  read(label: Wanted): Promise<string>;
  /** The texts of all elements of this role (and name). */
  readAll(role: string, name?: Wanted): Promise<readonly string[]>;
  /** What the alerts say, one per line; empty if there are none. */
  alert(): Promise<string>;
  /** What the status messages say, one per line. */
  status(): Promise<string>;
  /** The options of a select. */
  options(label: Wanted): Promise<readonly string[]>;
  /** Waits for the state of the one element of this role and name. */
  waitFor(
    role: string,
    name: Wanted,
    options?: { readonly state?: ElementState; readonly timeout?: number },
  ): Promise<void>;
  /** What has the keyboard focus. */
  focused(): Promise<Announced>;

  /** Saves what is visible as a PNG file. */
  screenshot(file: string): Promise<void>;
  setColorScheme(scheme: ColorScheme): Promise<void>;
  /** In Firefox this holds for all pages. */
  setPreference(preference: Preference, on: boolean): Promise<void>;
  setViewport(width: number, height: number): Promise<void>;
  /** The page's inner size, and the width and height that its content asks for. */
  size(): Promise<Size & { readonly contentWidth: number; readonly contentHeight: number }>;
  /** What axe-core objects to, by all its rules or by these alone. */
  axe(rules?: readonly string[]): Promise<readonly Violation[]>;
  /** Puts into the extension's storage what a fault, or another version of it, may have left there. */
  store(area: 'local' | 'session', items: Readonly<Record<string, unknown>>): Promise<void>;
  /** Everything in the extension's storage, as one text. */
  stored(): Promise<string>;
  url(): Promise<string>;
  reload(): Promise<void>;
  /** Whether the page is still there. */
  isOpen(): Promise<boolean>;
  /** Waits until the page is gone, as a popup is when it loses the focus. */
  closed(timeout?: number): Promise<void>;
  close(): Promise<void>;
}

/** What a browser is started with. */
export interface BrowserOptions {
  /** Names that lead to this machine. Addresses need no mapping. */
  readonly mapHosts: readonly string[];
  /**
   * The port of this machine that answers for port 80 of the mapped names: the default mirror has no port in
   * its URL, and only root may listen on 80.
   */
  readonly port80?: number;
  /** The same for port 443; whatever certificate it shows is believed. */
  readonly port443?: number;
  readonly colorScheme?: ColorScheme;
  /** A home of its own, in which Chromium keeps its profile where it always does; the caller removes it. */
  readonly home?: string;
  /** Shows the browser; needs a display. */
  readonly headed?: boolean;
}

/** How the extension is put into a browser that runs. */
export interface ExtensionOptions {
  /** The built extension, unpacked. */
  readonly extensionDir: string;
  /** Whether the permission prompts that the extension raises are accepted, unseen. Nothing is granted ahead. */
  readonly grantPermissions: boolean;
  /** Switches Firefox's HTTPS-Only mode on. */
  readonly httpsOnly?: boolean;
}

export type LaunchOptions = BrowserOptions & ExtensionOptions;

/** A running browser without the extension. */
export interface BareBrowser {
  /** Installs the extension as if for the first time; closing it takes it out again, with all that it has stored. */
  install(options: ExtensionOptions): Promise<ExtensionBrowser>;
  close(): Promise<void>;
}

/** A running browser with the extension in it. */
export interface ExtensionBrowser {
  readonly kind: BrowserKind;
  readonly version: string;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly baseUrl: string;
  /** Opens a page of the extension in a new tab: by default at the width of the popup. */
  openTab(path: string, viewport?: Size): Promise<View>;
  /** The tab that the extension itself has opened (or will, soon) at a URL that contains this. */
  waitForTab(urlPart: string, timeout?: number): Promise<View>;
  /** Opens the real popup, as a click on the toolbar button does; the one that is open, if one is. */
  openPopup(): Promise<View>;
  /** The popup that the extension itself opens. */
  waitForPopup(timeout?: number): Promise<View>;
  /** Gives the extension the permission for a match pattern, without a prompt. */
  grantOrigin(pattern: string): Promise<void>;
  /** Takes the permission for a match pattern away, as the person can in the browser's settings. */
  revokeOrigin(pattern: string): Promise<void>;
  /** Answers the permission prompt that is open or about to be. Firefox only: headless Chromium has no way. */
  answerPrompt(answer: 'allow' | 'deny'): Promise<void>;
  /** Makes the exception that a person can make in Firefox's settings. Firefox only. */
  exemptFromHttpsOnly(address: string): Promise<void>;
  /** Stops the service worker or event page, as the browser does when it thinks it idle; waits until it has. */
  stopBackground(): Promise<void>;
  /** Reloads the extension, as an update does; its pages are closed by that. */
  reloadExtension(): Promise<void>;
  /** Whether the service worker or event page is running. */
  isBackgroundRunning(): Promise<boolean>;
  /** What the extension's pages and background have reported as errors since the start. */
  errors(): Promise<readonly string[]>;
  close(): Promise<void>;
}
