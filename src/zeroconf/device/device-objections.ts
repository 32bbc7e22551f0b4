import { type Objection, plainObjection, type Told } from '../../core/check.ts';
import { text } from '../../core/text.ts';

const leaveAsItIs = text('zeroconf_check_leave', 'Do not flash this device over the air.');
const keepAddress = text(
  'zeroconf_check_id_do',
  'Make sure that no other device can take over its address meanwhile.',
);

/** Everything that can speak against a device, by what it says to Info. */
export const deviceObjections = {
  outlets: plainObjection(
    'device-outlets',
    'fail',
    text(
      'zeroconf_check_outlets',
      'This device speaks of outlets, as those with an ESP32 inside do. Tasmota for ESP8266 would destroy it.',
    ),
    leaveAsItIs,
    'sonoff.tech MINIR3; SonoffLAN test_diy_minir3',
  ),
  // Wants a person's yes: what is inside decides whether the device ever starts again.
  otherKind: plainObjection(
    'device-other-kind',
    'warn',
    text(
      'zeroconf_check_other_kind',
      'The answer of this device is like that of no model that is known to take Tasmota.',
    ),
    text(
      'zeroconf_check_other_kind_do',
      'Find out which chip is inside before you go on. It has to be an {chips}.',
      { chips: { any: ['ESP8266', 'ESP8285'] } },
    ),
    'no report of such a model',
  ),
  firmware1: plainObjection(
    'device-firmware-1',
    'fail',
    text(
      'zeroconf_check_firmware_1',
      'Firmware 1.x runs on models with an ESP32 inside, or downloads in a way that servers do not understand.',
    ),
    leaveAsItIs,
    'itead#132 (MINIR3 1.4.0), itead#129 (B02-BL-A60 1.4.1)',
  ),
  locked: plainObjection(
    'device-locked',
    'fail',
    text('zeroconf_check_locked', 'The device is locked against other firmware.'),
    text('zeroconf_check_locked_do', 'Press Unlock.'),
    'protocol v2.0, otaUnlock',
  ),
  noId: plainObjection(
    'device-no-id',
    'warn',
    text(
      'zeroconf_check_no_id',
      'This device is unrecognisable: it tells no ID. Whatever has its address then gets flashed.',
    ),
    keepAddress,
    'itead#34, itead#77: no deviceid in the answer',
  ),
  refusesId: plainObjection(
    'device-refuses-id',
    'warn',
    text(
      'zeroconf_check_refuses_id',
      'This device refuses to be called by its own ID, so the command goes without it. Whatever has its address then gets flashed.',
    ),
    keepAddress,
    'itead#128, cli#18',
  ),
  weakSignal: {
    trouble: 'device-weak-signal',
    answer: 'warn',
    sentence: ({ signal }: Told<'signal'>) =>
      text(
        'zeroconf_check_weak_signal',
        'The Wi-Fi signal at the device is {signal}. The download may break off.',
        { signal },
      ),
    action: text('zeroconf_check_weak_signal_do', 'Bring the device closer to the router.'),
    source: 'SonOTA#32, SonOTA#36, SonOTA#47, SonOTA#73',
  },
} as const satisfies Record<string, Objection<Told<'signal'>>>;
