import { extensionVersion, nativeBrowser } from '../browser/local-mirror.ts';
import type { LocalMirrorCommand } from '../browser/local-mirror-commands.ts';
import { thisComputerItem } from '../browser/local-mirror-store.ts';
import { mayReachReleaseFiles } from '../browser/permissions.ts';
import { text } from '../core/text.ts';
import type { Refusal } from '../flash/engine.ts';
import { openLocalMirror } from '../flash/this-computer/client.ts';
import {
  fromFile,
  fromMirror,
  fromReleases,
  type ImageSourceEnvironment,
} from '../flash/this-computer/image-sources.ts';
import {
  createLocalMirrorService,
  type LocalMirrorService,
  type LocalMirrorServiceEnvironment,
} from '../flash/this-computer/service.ts';
import { parseDownloadUrl } from '../mirror/url/url-rules.ts';
import { fromBase64 } from '../native-messages/pieces.ts';

/** The local mirror of this background, and who hears of what it does. */
export async function startLocalMirror(
  { clock }: Pick<ImageSourceEnvironment, 'clock'>,
  hears: Pick<LocalMirrorServiceEnvironment, 'serving' | 'reported'>,
): Promise<LocalMirrorService> {
  return createLocalMirrorService(
    {
      clock,
      open: (listeners) => openLocalMirror(nativeBrowser, clock, extensionVersion(), listeners),
      save: thisComputerItem.set,
      ...hears,
    },
    await thisComputerItem.get(),
  );
}

const notArrived = text(
  'this_computer_not_arrived',
  'The file did not arrive as it was. Choose it once more.',
);

/** What a view's command asks of the local mirror; `restart` is the background's own affair. */
export function carryOutAtLocalMirror(
  service: LocalMirrorService,
  environment: Omit<ImageSourceEnvironment, 'mayReachReleaseFiles'>,
  command: Exclude<LocalMirrorCommand, { command: 'restart-extension' }>,
): Refusal {
  switch (command.command) {
    case 'use-local-mirror':
      service.use(command.isAsked);
      return null;
    case 'hand-over': {
      const bytes = fromBase64(command.data);
      if (bytes === null) return notArrived;
      service.handOver(fromFile(command.name, bytes), command.device);
      return null;
    }
    case 'hand-over-from': {
      const url = parseDownloadUrl(command.url);
      if (!url.ok) return url.failure.sentence;
      const sources = { ...environment, mayReachReleaseFiles };
      service.handOver(fromMirror(sources, url.value, command.digest), command.device);
      return null;
    }
    case 'hand-over-release':
      service.handOver(fromReleases({ ...environment, mayReachReleaseFiles }), command.device);
      return null;
    case 'serve-to':
      service.serveTo(command.device);
      return null;
    case 'forget-download':
      service.forget(command.download);
      return null;
  }
}
