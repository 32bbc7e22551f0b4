import { findBrowser } from '../../scripts/browsers.ts';
import { browserKinds } from '../e2e/harness/launch.ts';
import { buildImage } from '../images/esp8266-image.ts';
import { SimulatedMirror } from '../simulator/mirror.ts';
import { measureBesideScan } from './beside-scan.ts';
import { measureInBrowser } from './in-browser.ts';
import { measure } from './measure.ts';
import { measureMirror } from './mirror-cases.ts';
import { measureMany, measureScan } from './network-cases.ts';
import { nodeCases } from './node-cases.ts';
import { table } from './table.ts';

/** `npm run bench`: how the work on one image compares, side by side in one run. It measures and never judges. */
const image = new Uint8Array(buildImage({ size: 520_192 }));
const mirror = new SimulatedMirror({ files: { '/image.bin': image } });
await mirror.start();
const onMirror = mirror.url('/image.bin');
console.log('One image of 520,192 bytes; medians over rounds taken in turn.');
console.log(
  `\nNode ${process.version}\n${table(await measure(nodeCases(image, onMirror), { rounds: 40, runs: 1 }))}`,
);
console.log(`\nThe local mirror and nginx\n${await measureMirror(image)}`);
console.log(`\nA network\n${await measureScan()}`);
console.log(`\nMany devices\n${await measureMany()}`);
for (const kind of browserKinds) {
  if (findBrowser(kind) === null) {
    console.log(`\n${kind}: skipped, it is not installed here`);
    continue;
  }
  console.log(`\n${kind}\n${await measureInBrowser(kind, onMirror)}`);
  console.log(`\n${kind}, other requests during a scan\n${await measureBesideScan(kind, image)}`);
}
await mirror.stop();
