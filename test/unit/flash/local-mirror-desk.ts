import { text } from '../../../src/core/text.ts';
import { digestOf } from '../../../src/firmware/digest.ts';
import type { FlashPlan } from '../../../src/flash/run/device-run.ts';
import type { ImageSource } from '../../../src/flash/this-computer/handing-over.ts';
import { createLocalMirrorService } from '../../../src/flash/this-computer/service.ts';
import {
  type ElsewhereImage,
  type ThisComputer,
  unusedComputer,
} from '../../../src/flash/this-computer/state.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import { createHeldClock } from '../zeroconf/held-clock.ts';
import { createProgram, servedUrl } from './local-mirror-double.ts';

export const image = buildImage({ size: 65_536 });
export const digest = await digestOf(image);

export function desk(left: ThisComputer = unusedComputer) {
  const program = createProgram();
  const clock = createHeldClock();
  const saved: ThisComputer[] = [];
  const serving: string[] = [];
  const granted = new Set<string>();
  /** An image elsewhere, behind a permission that is not granted yet. */
  const elsewhere = (wanted: ElsewhereImage): ImageSource => ({
    name: 'tasmota-lite.bin',
    find: async () =>
      granted.has(wanted.from)
        ? { ok: true, name: 'tasmota-lite.bin', bytes: image }
        : {
            ok: false,
            trouble: { sentence: text('x', 'x'), action: text('x', 'x') },
            lacksPermission: wanted,
          },
  });
  const service = createLocalMirrorService(
    {
      clock,
      open: (listeners) => program.open(listeners),
      save: async (state) => void saved.push(structuredClone(state)),
      reported: () => {},
      serving: (url, isAsked) => void serving.push(isAsked ? url : `${url} again`),
      sourceOf: elsewhere,
    },
    left,
  );
  const state = () => saved.at(-1) ?? left;
  const settled = async () => {
    await service.settled();
    return state();
  };
  const file = (bytes = image, name = 'tasmota-lite.bin') => ({
    name,
    find: async () => ({ ok: true, name, bytes }) as const,
  });
  return { program, clock, saved, serving, service, state, settled, file, granted, elsewhere };
}

export const plan = (url = servedUrl, host = '192.168.1.4'): FlashPlan => ({
  address: { host, reach: 'private' },
  deviceid: '1000a1b2c3',
  fwVersion: '3.6.0',
  url: {
    href: url,
    origin: 'http://192.168.1.9:8080',
    host: '192.168.1.9:8080',
    path: new URL(url).pathname,
    file: 'tasmota-lite.bin',
  },
  digest,
  title: text('x', 'x'),
});

/** A service that serves the image. */
export async function serving() {
  const there = desk();
  there.service.handOver(there.file(), '192.168.1.4');
  await there.settled();
  return there;
}
