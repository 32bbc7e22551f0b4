import type { Wording } from '../../src/core/text.ts';
import type { ThisComputer as State } from '../../src/flash/this-computer/state.ts';

/** What `ThisComputer` shows and works with. */
export interface ThisComputerProps {
  readonly state: State;
  /** In a popup a file dialog would close the page. */
  readonly inTab: boolean;
  /** The device's address; null as long as it is not known or is no IPv4 address. */
  readonly device: string | null;
  /** The image that was fetched from another mirror, to be taken over. */
  readonly fetched: { readonly url: string; readonly digest: string; readonly title: Wording } | null;
  /** A flash is under way. */
  readonly locked: boolean;
}
