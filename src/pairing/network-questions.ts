import { text } from '../core/text.ts';
import { accessPointPassword, accessPointPrefix, devicePage } from './names.ts';
import type { Question } from './question.ts';

/** What the network that a device opens tells about it. */
export const networkQuestions: Readonly<Record<'network' | 'device-reply' | 'page-reply', Question>> = {
  network: {
    id: 'network',
    ask: text('pairing_ask_network', 'Which Wi-Fi network does the device open?'),
    help: text(
      'pairing_ask_network_help',
      'Hold its button for 5 seconds, twice, and look at the list of networks.',
    ),
    answers: [
      {
        id: 'itead',
        label: text('pairing_answer_itead', 'One that begins with {name}', { name: accessPointPrefix }),
        why: text(
          'pairing_why_itead',
          'The device runs the firmware of its maker and waits to be told a Wi-Fi.',
        ),
        leads: { question: 'device-reply' },
        sources: ['protocol v2.0', 'SonOTA README'],
      },
      {
        id: 'final-stage',
        label: text('pairing_answer_final_stage', 'One called {name}', { name: 'FinalStage' }),
        why: text('pairing_why_final_stage', 'SonOTA has begun on this device and has not come to its end.'),
        leads: { road: 'sonota' },
        sources: ['SonOTA#30', 'SonOTA#93'],
      },
      {
        id: 'tasmota',
        label: text('pairing_answer_tasmota', 'One that begins with {names}', {
          names: { any: ['tasmota-', 'tasmota_', 'sonoff-'] },
        }),
        why: text('pairing_why_tasmota', 'This is the network of Tasmota.'),
        leads: { road: 'afterwards' },
        sources: ['tasmota/docs Getting-Started'],
      },
      {
        id: 'esp',
        label: text('pairing_answer_esp', 'One that begins with {name}', { name: 'ESP_' }),
        why: text('pairing_why_esp', 'Only the bare chip answers, because its firmware does not start.'),
        leads: { road: 'serial' },
        sources: ['Tasmota#6358'],
      },
      {
        id: 'none',
        label: text('pairing_answer_no_network', 'None of these'),
        why: text(
          'pairing_why_no_network',
          'Without a network of its own the device cannot be told anything yet.',
        ),
        leads: { road: 'not-pairing' },
        sources: ['SonOTA#20', 'itead#9'],
      },
    ],
  },
  'device-reply': {
    id: 'device-reply',
    ask: text('pairing_ask_device', 'What does {address} show?', { address: `${devicePage}/device` }),
    help: text(
      'pairing_ask_device_help',
      'Join the network of the device with the password {password}, then open it.',
      {
        password: accessPointPassword,
      },
    ),
    answers: [
      {
        id: 'with-chip',
        label: text('pairing_answer_with_chip', 'A line with {word}', { word: 'chipid' }),
        why: text('pairing_why_with_chip', 'Only firmware 3.x names its chip there.'),
        leads: { question: 'page-reply' },
        sources: ['itead#75', 'SonOTA#182'],
      },
      {
        id: 'plain',
        label: text('pairing_answer_plain', 'A line with {word} but without {other}', {
          word: 'deviceid',
          other: 'chipid',
        }),
        why: text('pairing_why_plain', 'The firmware is older than 3.x.'),
        leads: { question: 'plain-firmware' },
        sources: ['SonOTA README', 'SonOTA#58'],
      },
      {
        id: 'encrypted',
        label: text('pairing_answer_encrypted', 'A line with nothing but {word} and many letters', {
          word: 'data',
        }),
        why: text(
          'pairing_why_encrypted',
          'Only the newest models answer in cipher, and those have another chip.',
        ),
        leads: { road: 'refused' },
        sources: ['SonoffLAN#647', 'SonoffLAN#1371'],
      },
      {
        id: 'nothing',
        label: text('pairing_answer_nothing', 'An error, or something else'),
        why: text('pairing_why_device_nothing', 'The device does not tell who it is, so its page decides.'),
        leads: { question: 'page-reply' },
        sources: [],
      },
    ],
  },
  'page-reply': {
    id: 'page-reply',
    ask: text('pairing_ask_page', 'What does {address} show?', { address: `${devicePage}/` }),
    help: text('pairing_ask_page_help', 'Stay in the network of the device and open it.'),
    answers: [
      {
        id: 'page',
        label: text('pairing_answer_page', 'A page that asks for a Wi-Fi and its password'),
        why: text(
          'pairing_why_page',
          'A device with this page goes into DIY mode when it has been filled in.',
        ),
        leads: { road: 'diy' },
        sources: ['protocol v2.0'],
      },
      {
        id: 'nothing',
        label: text('pairing_answer_no_page', 'An error, or nothing'),
        why: text(
          'pairing_why_no_page',
          'The page stays closed when the old Wi-Fi is away, in DIY mode, and without DIY mode.',
        ),
        leads: { road: 'page-closed' },
        sources: ['itead#90', 'itead#120', 'protocol v2.0'],
      },
    ],
  },
};
