/** What somebody who was asked for `info` on port 8081 has said. */
export type Answer<Info> =
  /** A device in DIY mode. */
  | { readonly kind: 'device'; readonly info: Info }
  /** A Sonoff that answers plain requests with a refusal: it is paired with the vendor's app (SonoffLAN#793). */
  | { readonly kind: 'not-in-diy-mode' }
  /** Something else answers there. */
  | { readonly kind: 'other' }
  /** The connection has failed at once. A browser does not tell a refusal from an address that nobody has. */
  | { readonly kind: 'refused' };

/** What is at an address. `runs` says what a look at port 80 has found where 8081 refused. */
export type Finding<Info, Running> =
  | Exclude<Answer<Info>, { kind: 'refused' }>
  | { readonly kind: 'refused'; readonly runs: Running | null }
  /** Nothing has come within the time. */
  | { readonly kind: 'silent' };

/** A finding and where it was made. */
export interface Found<Info, Running> {
  readonly host: string;
  readonly finding: Finding<Info, Running>;
}
