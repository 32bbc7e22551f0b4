import { inEnglish } from '../../core/render-text.ts';
import type { Failure, Result } from '../../core/result.ts';
import type { OwnAddress } from '../addresses.ts';
import type { ServedFile } from './display.ts';
import type { LoadedImage } from './load-image.ts';
import type { ServeWish } from './serve-wish.ts';

/** Why a file is not served: lines for a person. */
export function refusal(file: string, loaded: Result<LoadedImage, Failure<'unreadable', string>>): string[] {
  if (!loaded.ok) return [`${file}: not served. ${loaded.failure.sentence}`, `  ${loaded.failure.action}`];
  const { title, checks } = loaded.value.report;
  const faults = checks.filter(({ answer }) => answer === 'fail');
  return [
    `${file}: not served, it must not be flashed: it is ${inEnglish(title)}.`,
    ...faults.flatMap(({ title: question, sentence, action }) => [
      `  ✗ ${inEnglish(question)}: ${inEnglish(sentence)}`,
      ...(action === undefined ? [] : [`    ${inEnglish(action)}`]),
    ]),
  ];
}

/** What to do with the URLs, and the addresses there are besides. */
export function howToUse(
  { once, device, bind }: Pick<ServeWish, 'once' | 'device' | 'bind'>,
  { address, port }: { readonly address: string; readonly port: number },
  files: readonly ServedFile[],
  own: readonly OwnAddress[],
): string[] {
  const others = bind === undefined ? own.filter((one) => one.address !== address && !one.isLoopback) : [];
  const [only] = files.length === 1 ? files : [];
  const body = JSON.stringify({
    data: { downloadUrl: only?.url ?? 'URL', sha256sum: only?.image.report.digest ?? 'SHA-256' },
  });
  return [
    'In the extension: paste the URL into the field Firmware and press Fetch firmware, then Flash. It checks the',
    'device first. Without it, once info has answered and the device is unlocked:',
    `  curl http://${device ?? 'DEVICE'}:8081/zeroconf/ota_flash -d '${body}'`,
    'There is no way back to the old firmware. Leave the power on until this says how it ended.',
    ...(others.length === 0
      ? []
      : [
          `The URL has the address ${address}. If the device cannot reach that, try another one of this computer:`,
          ...others.map((one) => `  ${one.address} (${one.interfaceName})`),
        ]),
    '',
    `Waiting on port ${port} ${once ? 'for one verdict' : 'for devices'}. Ctrl-C stops.`,
  ];
}
