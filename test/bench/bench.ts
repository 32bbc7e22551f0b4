/** `npm run bench`: how the work on one image compares, side by side in one run. It measures and never judges. */
import { prepareCases } from './cases.ts';
import { measure } from './measure.ts';
import { table } from './table.ts';

const cases = await prepareCases();
const rounds = 40;
const measured = await measure(cases, rounds);
console.log(
  `One image of 520,192 bytes, Node ${process.version}, median of ${rounds} rounds taken in turn:\n`,
);
console.log(table(measured));
