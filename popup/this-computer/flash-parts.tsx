import type { Flash } from '../../src/flash/run/device-run.ts';
import type { Fetching, ThisComputer } from '../../src/flash/this-computer/state.ts';
import { downloadOf } from '../../src/flash/this-computer/verdict.ts';
import { PartsMap } from './parts-map.tsx';

/** The map of the download that a flash has led to, if it is made from this computer. */
export function FlashParts({ flash, state }: { readonly flash: Flash; readonly state: ThisComputer }) {
  const download = downloadIn(flash, state);
  if (download === undefined || flash.stage === 'idle') return null;
  const { port } = new URL(flash.plan.url.href);
  const platform = state.connection.state === 'connected' ? state.connection.platform : '';
  return <PartsMap download={download} port={port === '' ? '80' : port} platform={platform} />;
}

function downloadIn(flash: Flash, { downloads }: ThisComputer): Fetching | undefined {
  switch (flash.stage) {
    case 'idle':
    case 'checking':
      return undefined;
    case 'requested':
      return downloadOf(downloads, flash.plan, flash.at);
    case 'downloading':
    case 'restarting':
      return downloadOf(downloads, flash.plan, flash.watch.since);
    case 'ended':
      // It began before that, at most as long before as a flash is watched; nobody comes where nothing was sent.
      return flash.outcome.leaves === 'as-it-was'
        ? undefined
        : downloadOf(downloads, flash.plan, flash.at - longestWatch);
  }
}

/** A flash is watched for five minutes that count, and the computer may sleep in between; in milliseconds. */
const longestWatch = 600_000;
