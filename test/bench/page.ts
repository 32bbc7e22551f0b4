import { buildImage } from '../images/esp8266-image.ts';
import { imageCases } from './image-cases.ts';
import { measure } from './measure.ts';
import { table } from './table.ts';

/** Measures in an extension page and writes the table into it. */
async function main() {
  const image = new Uint8Array(buildImage({ size: 520_192 }));
  const onMirror = new URLSearchParams(location.search).get('mirror') ?? '';
  const output = document.createElement('pre');
  document.body.append(output);
  output.textContent = `${table(await measure(imageCases(image, onMirror), { rounds: 20, runs: 10 }))}\nmeasured`;
}

void main();
