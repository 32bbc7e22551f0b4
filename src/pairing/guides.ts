/*
 * The guide into DIY mode and on from the flash, as data. A leaf: imports core.
 */
import { buttonGuide } from './guide-button.ts';
import { jumperGuide } from './guide-jumper.ts';
import type { Step } from './step.ts';

/** The two ways into DIY mode: by the button from firmware 3.5.0 on, by the jumper with 3.3 and 3.4. */
export const guides: Readonly<Record<'button' | 'jumper', readonly Step[]>> = {
  button: buttonGuide,
  jumper: jumperGuide,
};
