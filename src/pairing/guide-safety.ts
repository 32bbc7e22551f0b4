import { text } from '../core/text.ts';
import type { Step } from './step.ts';

/** What comes before everything else, whatever the device. */
export const safety: Step = {
  id: 'safety',
  title: text('pairing_safety', 'Mains voltage'),
  actions: [
    { says: text('pairing_safety_fuse', 'Switch the fuse off before you touch a wire of the device.') },
    { says: text('pairing_safety_tester', 'Make sure with a voltage tester that no wire is live.') },
    { says: text('pairing_safety_load', 'Leave the lamp or the machine that it will switch disconnected.') },
    { says: text('pairing_safety_close', 'Close the device before you switch the power on again.') },
  ],
  notes: [
    text('pairing_safety_electrician', 'Let an electrician do the wiring if you have not learnt it.'),
    text('pairing_safety_never', 'Never touch the pins of a device that is connected to the mains.'),
    text('pairing_safety_back', 'Nobody has found a way to put the original firmware back over the air.'),
  ],
  troubles: ['want-stock-back'],
  sources: ['protocol v1.4', 'tasmota/docs Sonoff-DIY', 'cli README'],
};
