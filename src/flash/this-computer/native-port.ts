/** A port of `runtime.connectNative`, as far as it is used. */
export interface NativePort {
  postMessage(message: object): void;
  disconnect(): void;
  readonly onMessage: { addListener(heard: (message: unknown) => void): void };
  readonly onDisconnect: {
    addListener(closed: (port: { readonly error?: { readonly message: string } | null }) => void): void;
  };
}

/** What the client needs of a browser. */
export interface NativeBrowser {
  /** Whether the person has granted `nativeMessaging`. */
  mayConnect(): Promise<boolean>;
  /** Opens a port to the program; null in a context that has no way to, although it was granted. */
  readonly connect: (() => NativePort) | null;
  /** The words of Chromium for the port that has just closed. */
  lastError(): string | null;
}
