import type { DownloadState } from '../../native-messages/answers.ts';
import type { LocalMirrorTrouble, Trouble } from './troubles.ts';

/** The id under which this computer stands among the mirrors of the settings. */
export const thisComputerId = 'this-computer';

/** Whether there is a program to speak with. */
export type Connection =
  | { readonly state: 'off' }
  | { readonly state: 'connecting' }
  | {
      readonly state: 'connected';
      readonly program: string;
      /** As Node names it; for advice about its firewall. */
      readonly platform: string;
      /** False where the system may end a download together with the browser. */
      readonly outlivesBrowser: boolean;
    }
  | { readonly state: 'trouble'; readonly trouble: LocalMirrorTrouble };

/** An image that is somewhere else: the newest Tasmota lite at GitHub, or one that was looked at on a mirror. */
export type ElsewhereImage =
  | { readonly from: 'release' }
  | { readonly from: 'mirror'; readonly url: string; readonly digest: string };

/** How far the handing over of an image has come. */
export type HandingOver =
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly name: string }
  | {
      readonly state: 'failed';
      readonly trouble: Trouble;
      /** What was asked for, where only a permission lacks to get it. */
      readonly lacksPermission?: ElsewhereImage;
    };

/** The image that devices can download from this computer. */
export interface ServedImage {
  readonly name: string;
  readonly title: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly url: string;
}

/** A device's download, with what only those know who look on. */
export interface Fetching extends DownloadState {
  /** When the first part was seen to be fetched, in milliseconds since the epoch; null before. */
  readonly begunAt: number | null;
  /** Bytes that were fetched from the start on, without a gap. */
  readonly reached: number;
  /** Whole seconds of silence that the program has told of; 0 as soon as it is heard of again. */
  readonly silentFor: number;
}

/** A device that announces itself in the network. */
export interface FoundDevice {
  readonly deviceId: string;
  readonly address: string;
  readonly kind: string;
  readonly mode: 'diy' | 'encrypted';
}

/** All that views show of the local mirror, as it lies in `storage.session`. */
export interface ThisComputer {
  readonly connection: Connection;
  readonly handingOver: HandingOver;
  readonly served: ServedImage | null;
  readonly downloads: readonly Fetching[];
  readonly found: readonly FoundDevice[];
}

/** Nothing is known yet. */
export const unusedComputer: ThisComputer = {
  connection: { state: 'off' },
  handingOver: { state: 'idle' },
  served: null,
  downloads: [],
  found: [],
};

/** What is still to be handed over when a permission is granted. */
export function wantedIn({ handingOver }: ThisComputer): ElsewhereImage | null {
  return handingOver.state === 'failed' ? (handingOver.lacksPermission ?? null) : null;
}
