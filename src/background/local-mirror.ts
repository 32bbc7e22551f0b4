import { extensionVersion, nativeBrowser } from '../browser/local-mirror.ts';
import type { LocalMirrorCommand } from '../browser/local-mirror-commands.ts';
import { thisComputerItem } from '../browser/local-mirror-store.ts';
import { mayReachReleaseFiles } from '../browser/permissions.ts';
import { text } from '../core/text.ts';
import type { Refusal } from '../flash/engine.ts';
import { openLocalMirror } from '../flash/this-computer/client.ts';
import type { ImageSource } from '../flash/this-computer/handing-over.ts';
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
import type { ElsewhereImage } from '../flash/this-computer/state.ts';
import { parseDownloadUrl } from '../mirror/url/url-rules.ts';
import { fromBase64 } from '../native-messages/pieces.ts';

/** The local mirror of this background, and who hears of what it does. */
export async function startLocalMirror(
  environment: SourceEnvironment,
  hears: Pick<LocalMirrorServiceEnvironment, 'serving' | 'reported'>,
): Promise<LocalMirrorService> {
  const { clock } = environment;
  return createLocalMirrorService(
    {
      clock,
      sourceOf: (wanted) => sourceOf(environment, wanted),
      open: (listeners) => openLocalMirror(nativeBrowser, clock, extensionVersion(), listeners),
      save: thisComputerItem.set,
      ...hears,
    },
    await thisComputerItem.get(),
  );
}

type SourceEnvironment = Omit<ImageSourceEnvironment, 'mayReachReleaseFiles'>;

const withGitHub = (environment: SourceEnvironment): ImageSourceEnvironment => ({
  ...environment,
  mayReachReleaseFiles,
});

function sourceOf(environment: SourceEnvironment, wanted: ElsewhereImage): ImageSource | null {
  if (wanted.from === 'release') return fromReleases(withGitHub(environment));
  const url = parseDownloadUrl(wanted.url);
  return url.ok ? fromMirror(withGitHub(environment), url.value, wanted.digest) : null;
}

const notArrived = text(
  'this_computer_not_arrived',
  'The file did not arrive as it was. Choose it once more.',
);

/** What a view's command asks of the local mirror; `restart` is the background's own affair. */
export function carryOutAtLocalMirror(
  service: LocalMirrorService,
  environment: SourceEnvironment,
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
      service.handOver(fromMirror(withGitHub(environment), url.value, command.digest), command.device);
      return null;
    }
    case 'hand-over-release':
      service.handOver(fromReleases(withGitHub(environment)), command.device);
      return null;
    case 'serve-to':
      service.serveTo(command.device);
      return null;
    case 'forget-download':
      service.forget(command.download);
      return null;
  }
}
