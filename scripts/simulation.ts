import { codeOf } from '../src/core/error-words.ts';
import { buildImage } from '../test/images/esp8266-image.ts';
import { SimulatedMirror } from '../test/simulator/mirror.ts';
import { SimulatedSonoff } from '../test/simulator/sonoff.ts';

const devicePort = 8081;
const fileName = 'tasmota-lite.bin';

/** A simulated Sonoff and a mirror with an image for it, both on this machine. */
export interface Simulation {
  /** The device that is plugged in at the moment. */
  readonly device: SimulatedSonoff;
  readonly mirror: SimulatedMirror;
  readonly image: Uint8Array;
  /** Where the image is on the mirror. */
  readonly firmware: string;
  /** True when the device runs exactly the image, and was asked only once to take it. */
  ranImage(): boolean;
  /** Puts a new device in the place of the one that was flashed. */
  unpackAnother(): Promise<void>;
  stop(): Promise<void>;
}

export interface SimulationOptions {
  /** Takes what the device and the mirror hear and say, line by line. */
  readonly say: (line: string) => void;
  /** Bytes per second of the device's download; a real one manages about 51,200. */
  readonly speed: number;
}

/** Starts a locked Sonoff of firmware 3.6.0 on 127.0.0.1:8081, and a mirror on any free port. */
export async function startSimulation({ say, speed }: SimulationOptions): Promise<Simulation> {
  // As large as real lite builds of that version are.
  const image = buildImage({ size: 486_256, version: '8.5.0' });
  const mirror = new SimulatedMirror({
    sidecars: true,
    files: { [`/${fileName}`]: image },
    hear: (line) => {
      // A device asks for 119 parts, one after the other; the first and the last of them tell enough.
      const isPart = line.includes('bytes=') && line.endsWith('206');
      const isTelling = /bytes=0-|-486255/.test(line);
      if (!isPart || isTelling) say(`mirror  ${line.replace(/&sign=\w+/, '&sign=…')}`);
    },
  });
  await mirror.start();

  async function plugIn(): Promise<SimulatedSonoff> {
    const device = new SimulatedSonoff({
      profile: '3.6.0',
      port: devicePort,
      speed,
      hear: (line) => say(`device  ${line}`),
    });
    try {
      await device.start();
    } catch (error) {
      const taken = codeOf(error) === 'EADDRINUSE';
      await mirror.stop();
      throw taken ? new Error(portIsTaken()) : error;
    }
    return device;
  }

  let device = await plugIn();
  return {
    get device() {
      return device;
    },
    mirror,
    image,
    firmware: mirror.url(`/${fileName}`),
    ranImage: () =>
      device.became.state === 'tasmota' &&
      Buffer.compare(device.flash.image, image) === 0 &&
      device.otaFlashCount === 1,
    async unpackAnother() {
      await device.stop();
      device = await plugIn();
    },
    async stop() {
      await Promise.all([device.stop(), mirror.stop()]);
    },
  };
}

function portIsTaken(): string {
  return (
    `Another program listens on port ${devicePort} of this machine, where the simulated Sonoff has to be: ` +
    `the extension speaks to no other port. End that program first.`
  );
}
