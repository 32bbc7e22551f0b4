/** What runs when the image boots. */
export interface Firmware {
  readonly name: string;
  /** Runs, but has no Wi-Fi manager: a first install is as good as dead (Tasmota#6102, #8217). */
  readonly minimal: boolean;
}

/** A minimal build in another language has no English sentence, but is small and cannot fetch a minimal build. */
const minimalMax = 430_000;

/** Names a firmware by the texts in it (images-and-servers D3). */
export function nameFirmware(image: Uint8Array): Firmware {
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.byteLength);
  const has = (text: string) => bytes.includes(text, 0, 'latin1');
  if (has('MINIMAL firmware')) return { name: 'Tasmota', minimal: true };
  if (has('ESPHome version')) return { name: 'ESPHome', minimal: false };
  if (has('ESPURNA')) return { name: 'ESPurna', minimal: false };
  // Others write about Tasmota (KAUF, Owie); only Tasmota answers to its own `Status` (D5).
  if (!has('"StatusFWR"') && !has('Project %s')) return { name: 'unknown firmware', minimal: false };
  return { name: 'Tasmota', minimal: !has('%s-minimal%s') && image.length < minimalMax };
}
