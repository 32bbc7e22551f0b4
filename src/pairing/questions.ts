import { text } from '../core/text.ts';
import { firmware, oldFirmware } from './firmware-answers.ts';
import { networkQuestions } from './network-questions.ts';
import type { Question, QuestionId } from './question.ts';
import { oddBulbs } from './sentences.ts';

const doNotKnow = text('pairing_answer_unknown', 'I do not know');

/** Every fork. The first question is `model`; no way leads back to a question that was asked. */
export const questions: Readonly<Record<QuestionId, Question>> = {
  model: {
    id: 'model',
    ask: text('pairing_ask_model', 'Which model is it?'),
    help: text('pairing_ask_model_help', 'Look for the name that is printed on the device.'),
    answers: [
      {
        id: 'diy',
        label: text('pairing_answer_diy', '{models}', {
          models: { any: ['BASICR3', 'RFR3', 'MINI', 'MINIR2', 'D1'] },
        }),
        why: text('pairing_why_diy', 'These models have a DIY mode and an ESP8266 inside.'),
        leads: { question: 'diy-firmware' },
        sources: ['protocol v2.0', 'tasmota/docs Sonoff-DIY'],
      },
      {
        id: 'without-diy',
        label: text('pairing_answer_without_diy', 'An older one, such as {models}', {
          models: { any: ['Basic', 'S20', 'S26', 'TH16', 'POW', 'Dual', '4CH', 'T1'] },
        }),
        why: text('pairing_why_without_diy', 'These models have an ESP8266 inside, but no DIY mode.'),
        leads: { question: 'old-firmware' },
        sources: ['cli#3'],
      },
      {
        id: 'esp32',
        label: text('pairing_answer_esp32', 'A newer one, such as {models}', {
          models: { any: ['MINIR3', 'MINIR4', 'BASICR4', 'DUALR3', 'S60', 'SPM-Main'] },
        }),
        why: text(
          'pairing_why_esp32',
          'There is an ESP32 inside, and firmware for the ESP8266 would destroy it.',
        ),
        leads: { road: 'refused' },
        sources: ['itead#132', 'HG0161/SonoffS60OTA'],
      },
      {
        id: 'bulb',
        label: text('pairing_answer_bulb', 'A bulb, such as {models}', {
          models: { any: ['B02-BL', 'B05-BL'] },
        }),
        why: oddBulbs,
        leads: { road: 'refused' },
        sources: ['itead#129'],
      },
      {
        id: 'unknown',
        label: doNotKnow,
        why: text('pairing_why_model_unknown', 'The network that the device opens tells more.'),
        leads: { question: 'network' },
        sources: [],
      },
    ],
  },
  'diy-firmware': {
    id: 'diy-firmware',
    ...firmware,
    answers: [
      {
        id: 'button',
        label: text('pairing_answer_button', '3.5.0 or later'),
        why: text('pairing_why_button', 'From firmware 3.5.0 on the button alone leads into DIY mode.'),
        leads: { road: 'diy' },
        sources: ['protocol v2.0', 'cli#18'],
      },
      {
        id: 'jumper',
        label: text('pairing_answer_jumper', '3.3 or 3.4'),
        why: text('pairing_why_jumper', 'Firmware 3.3 and 3.4 goes into DIY mode by a jumper inside.'),
        leads: { road: 'diy-jumper' },
        sources: ['protocol v1.4', 'itead#34'],
      },
      {
        id: 'too-old',
        label: text('pairing_answer_too_old', 'Older than 3.3'),
        why: text(
          'pairing_why_too_old',
          'DIY mode works from firmware 3.3 on, and this model can be updated to that.',
        ),
        leads: { road: 'update-first' },
        sources: ['itead#13', 'protocol v1.4'],
      },
      {
        id: 'unknown',
        label: doNotKnow,
        why: text(
          'pairing_why_diy_unknown',
          'What the device answers in its own network tells whether it is new enough.',
        ),
        leads: { question: 'network' },
        sources: [],
      },
    ],
  },
  'old-firmware': {
    id: 'old-firmware',
    ...firmware,
    answers: [
      ...oldFirmware,
      {
        id: 'unknown',
        label: doNotKnow,
        why: text(
          'pairing_why_old_unknown',
          'What the device answers in its own network tells whether it has 3.x.',
        ),
        leads: { question: 'network' },
        sources: [],
      },
    ],
  },
  'plain-firmware': {
    id: 'plain-firmware',
    ...firmware,
    answers: [
      ...oldFirmware,
      {
        id: 'unknown',
        label: doNotKnow,
        why: text(
          'pairing_why_plain_unknown',
          'The device does not tell its version, and 1.5.5 and 1.8.1 answer alike.',
        ),
        leads: { road: 'try-sonota' },
        sources: ['SonOTA#58'],
      },
    ],
  },
  ...networkQuestions,
};
