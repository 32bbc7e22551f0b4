import type { Draft } from '../src/browser/draft.ts';
import type { Result } from '../src/core/result.ts';
import { thisComputerId } from '../src/flash/this-computer/state.ts';
import { builtInMirrors, type Mirror } from '../src/mirror/url/catalogue.ts';
import {
  type DownloadUrl,
  parseDownloadUrl,
  resolveFirmware,
  type UrlFailure,
} from '../src/mirror/url/url-rules.ts';

/** What is chosen to be flashed. */
export interface Chosen {
  readonly mirror: Mirror;
  readonly isThisComputer: boolean;
  readonly url: Result<DownloadUrl, UrlFailure>;
}

/**
 * The mirror and the firmware that are chosen at the moment. `served` is where this computer serves an image; null
 * where it serves none. For this computer `mirror` is the one that would be chosen otherwise.
 */
export function chosenFirmware(draft: Draft, mirrors: readonly Mirror[], served: string | null): Chosen {
  const mirror = mirrors.find(({ id }) => id === draft.mirror) ?? mirrors[0] ?? builtInMirrors[0];
  if (draft.mirror !== thisComputerId)
    return { mirror, isThisComputer: false, url: resolveFirmware(draft.firmware, mirror.base) };
  return { mirror, isThisComputer: true, url: parseDownloadUrl(served ?? '') };
}
