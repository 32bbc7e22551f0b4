/** What `mirror FILE…` was told on the command line. */
export interface ServeWish {
  readonly files: readonly string[];
  readonly port: number | undefined;
  /** An IPv4 address of this computer; all of them when missing. */
  readonly bind: string | undefined;
  /** The IPv4 address of the device that is to come. */
  readonly device: string | undefined;
  readonly once: boolean;
  readonly json: boolean;
}
