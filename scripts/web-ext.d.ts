/** The little of web-ext that is used here; it comes without types. */
declare module 'web-ext' {
  /** A request of Firefox's remote debugging protocol. */
  export interface RdpRequest {
    readonly to: string;
    readonly type: string;
    readonly url?: string;
    readonly waitForLoad?: boolean;
  }

  /** One browser that web-ext has started, with the connection over which it loaded the extension. */
  export interface Runner {
    readonly cdp?: { sendCommand(method: string, params: object): Promise<unknown> } | null;
    readonly remoteFirefox?: {
      readonly client: { request(request: string | RdpRequest): Promise<unknown> };
    };
  }

  export interface Running {
    readonly extensionRunners: readonly Runner[];
    registerCleanup(ended: () => void): void;
    exit(): Promise<void>;
  }

  export interface RunOptions {
    readonly sourceDir: string;
    readonly target: readonly ('firefox-desktop' | 'chromium')[];
    readonly artifactsDir: string;
    readonly noReload: boolean;
    readonly noInput: boolean;
    readonly keepProfileChanges: boolean;
    readonly firefox?: string;
    readonly firefoxProfile?: string;
    readonly pref?: Readonly<Record<string, string | number | boolean>>;
    readonly chromiumBinary?: string;
    readonly chromiumProfile?: string;
    readonly args?: readonly string[];
  }

  export const cmd: { run(options: RunOptions): Promise<Running> };
}
