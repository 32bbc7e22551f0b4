import { type Text, text } from '../../core/text.ts';
import { longestFlashList } from './flash-list.ts';

export const broken = text(
  'flash_list_broken',
  'The extension itself failed, so nothing was sent to this device. Press Info. Then press Flash.',
);
export const outOfDate = text(
  'flash_list_out_of_date',
  'Nothing was sent: too much time has passed since you confirmed. Press Info. Then press Flash.',
);
export const stopped = text('flash_list_stopped', 'You stopped before anything was sent to this device.');
export const noTrace = text(
  'flash_list_no_trace',
  'The extension was stopped at this device, and no request to it is open. Press Info. Then press Flash.',
);
export const nobody = text('flash_list_nobody', 'No device was confirmed, so nothing has been sent.');
export const tooMany = text(
  'flash_list_too_many',
  'At most {most} devices can be worked on at a time, so nothing has been sent. Work on some of them first.',
  { most: longestFlashList },
);
export const twice = text(
  'flash_list_twice',
  'One device stands in the list twice, so nothing has been sent. Press Info for all. Then press Flash.',
);

/** Why the lines after `host` were not begun. */
export function stoppedAt(host: string): Text {
  return text(
    'flash_list_stopped_at',
    'Nothing was sent to this device, because that at {host} did not end well. Look at that one first.',
    { host },
  );
}

/** Why nothing of a list was begun. */
export function refusedFor(host: string, refusal: Text): Text {
  return text('flash_list_refused', '{host}: {refusal}', { host, refusal });
}
