import { type Text, text } from '../../core/text.ts';

/** An image whose digest is known without asking anybody. */
export interface KnownImage {
  readonly digest: string;
  readonly size: number;
  /** "Tasmota 8.2.0 lite". */
  readonly title: string;
  /** Finishes the sentence "This is Tasmota 8.2.0 lite, …": no more than the source says. */
  readonly standing: Text;
  readonly source: string;
}

const flashed = text('firmware_flashed_by_owners', 'the very file that owners have flashed in DIY mode');
const collected = text(
  'firmware_in_collection',
  'the very file that a public collection of Tasmota builds holds',
);

/** Images that have proved themselves, or have at least been public for years. */
export const knownImages: readonly KnownImage[] = [
  {
    digest: 'd12c8fb96b4cce4d570124488ebf874922fb2c2412d1001f37f01b9e1b580435',
    size: 467_392,
    title: 'Tasmota 6.7.1 basic',
    standing: collected,
    source: 'andrethomas/Tasmota-Release',
  },
  {
    digest: '34d38f0adb94f3de7b1bcde391b4c6da6c5a8ce70febb4a5aad2a8ea328d3c5f',
    size: 469_840,
    title: 'Tasmota 7.1.1 basic',
    standing: collected,
    source: 'andrethomas/Tasmota-Release',
  },
  {
    digest: 'aa413f499233901f74502558561a1304e2a3d7ab72259740b377f52775adbb5d',
    size: 473_856,
    title: 'Tasmota 8.1.0 lite',
    standing: flashed,
    source: 'itead/Sonoff_Devices_DIY_Tools#75; andrethomas/Tasmota-Release',
  },
  {
    digest: 'bde52065ba4af5fc16c170321364d056d06961382f739d5d26a32a850b81ecf1',
    size: 477_328,
    title: 'Tasmota 8.2.0 lite',
    standing: flashed,
    source: 'itead/Sonoff_Devices_DIY_Tools#75; MashupMill/sonoff-diy-tools',
  },
  {
    digest: 'c4c8347666c4fd1e412a11338fe4a599f8010d5eaa5418bacb43bbc3b5149dbd',
    size: 486_256,
    title: 'Tasmota 8.5.0 lite',
    standing: collected,
    source: 'andrethomas/Tasmota-Release',
  },
  {
    digest: 'ede419fed9bb3d67c61b94d103662c3913618e66c0e5368f6d32779b01c505f5',
    size: 501_328,
    title: 'Tasmota 12.2.0 lite',
    standing: collected,
    source: 'Intellium/testing',
  },
  {
    digest: '966d370945dd28714686e87e1f922578aca792bcceffefac4d49dccfcedf126e',
    size: 517_328,
    title: 'Tasmota 14.1.0 lite',
    standing: collected,
    source: 'mwdle/ESPHomeConfig@2df4bb8',
  },
];

/** The known image with this digest and size. */
export function findKnownImage(digest: string, size: number): KnownImage | null {
  return knownImages.find((image) => image.digest === digest && image.size === size) ?? null;
}
