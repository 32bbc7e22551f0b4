import type { Draft } from '../src/browser/draft.ts';
import type { Result } from '../src/core/result.ts';
import { builtInMirrors, type Mirror } from '../src/mirror/url/catalogue.ts';
import { type DownloadUrl, resolveFirmware, type UrlFailure } from '../src/mirror/url/url-rules.ts';

/** The mirror and the firmware that are chosen at the moment. */
export function chosenFirmware(
  draft: Draft,
  mirrors: readonly Mirror[],
): { readonly mirror: Mirror; readonly url: Result<DownloadUrl, UrlFailure> } {
  const mirror = mirrors.find(({ id }) => id === draft.mirror) ?? mirrors[0] ?? builtInMirrors[0];
  return { mirror, url: resolveFirmware(draft.firmware, mirror.base) };
}
