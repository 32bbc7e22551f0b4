import type { Failure } from '../../core/result.ts';
import { type TextArgument, text } from '../../core/text.ts';

/** What is said when a task breaks by a fault of ours. */
export const fault = {
  kind: 'fault',
  trouble: 'extension-fault',
  sentence: text('flash_fault', 'The extension itself failed here, and has sent nothing more to the device.'),
  action: text('flash_fault_action', 'Copy the log into a bug report, then try again.'),
} as const;

/** What is said when a test or a list fails by our own fault. */
export const mirrorFault = {
  kind: 'fault',
  trouble: 'extension-mirror-fault',
  sentence: text(
    'flash_mirror_fault',
    'The extension itself failed here. No device has been asked anything.',
  ),
  action: text('flash_mirror_fault_action', 'Try again. If it fails again, report it as a bug.'),
} as const;

/** What is said when the device contradicts itself. */
export const stillLocked = {
  kind: 'still-locked',
  trouble: 'ota_unlock-still-locked',
  sentence: text(
    'flash_still_locked',
    'The device says that it has unlocked itself, yet it still reports OTA unlock as off.',
  ),
  action: text(
    'flash_still_locked_action',
    'Press Unlock once more. If it stays locked, remove the device from the eWeLink app and try again.',
  ),
} as const;

/** What is said when the browser has not been asked for this address, or does not allow it. */
export function noPermission({ host }: { readonly host: TextArgument }): Failure<'no-permission'> {
  return {
    kind: 'no-permission',
    trouble: 'look-no-permission',
    sentence: text(
      'flash_proof_no_permission',
      'The browser has not yet allowed this extension to look at {host}.',
      { host },
    ),
    action: text('flash_proof_allow', 'Press Check again and choose Allow when the browser asks.'),
  };
}
