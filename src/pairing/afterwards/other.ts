import { text } from '../../core/text.ts';
import { waitWithPower } from '../sentences.ts';
import type { Step } from '../step.ts';

const look: Step = {
  id: 'other-look',
  title: text('pairing_other_look', 'See what it does'),
  actions: [
    {
      says: waitWithPower,
      lasts: 300_000,
    },
    { says: text('pairing_other_look_network', 'Look for a new Wi-Fi network.') },
    { says: text('pairing_other_look_router', 'Look in your router for a new device.') },
    { says: text('pairing_other_look_read', 'Read in the guide of your firmware how it is set up.') },
  ],
  notes: [text('pairing_other_look_unknown', 'This extension does not know how your firmware begins.')],
  troubles: ['bare-chip'],
  sources: [],
};

/** What can be said of firmware that is neither Tasmota nor ESPHome. */
export const otherSteps: readonly Step[] = [look];
