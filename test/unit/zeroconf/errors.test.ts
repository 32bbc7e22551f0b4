import { describe, expect, it } from 'vitest';
import { wholeSentence } from '../../../src/core/assurance.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { type Command, commandRules } from '../../../src/zeroconf/client/command.ts';
import { deviceErrorTexts } from '../../../src/zeroconf/errors/device-error-texts.ts';
import type { ZeroconfFailureKind } from '../../../src/zeroconf/errors/failure-kind.ts';
import { ownTexts, replyTexts } from '../../../src/zeroconf/errors/reply-error-texts.ts';
import { faultTexts } from '../../../src/zeroconf/errors/transport-error-texts.ts';
import {
  failureOfCode,
  noPermission,
  zeroconfFailure,
} from '../../../src/zeroconf/errors/zeroconf-failure.ts';

const host = '192.168.1.104';
const commands: readonly Command[] = [
  'info',
  'signal_strength',
  'switch',
  'startup',
  'pulse',
  'wifi',
  'ota_unlock',
  'ota_flash',
];
const kinds: ZeroconfFailureKind[] = [];
const rows = { ...faultTexts, ...replyTexts, ...deviceErrorTexts, ...ownTexts };
let kind: keyof typeof rows;
for (kind in rows) kinds.push(kind);

const stateOf = (of: ZeroconfFailureKind, command: Command) =>
  zeroconfFailure(of, { command, host, sent: true }).device;

describe('the table of error codes', () => {
  it.each([
    ['info', 400, 'not-in-diy-mode', 'unchanged'],
    ['switch', 400, 'command-refused', 'unchanged'],
    ['ota_flash', 400, 'malformed-request', 'unchanged'],
    ['info', 401, 'not-in-diy-mode', 'unchanged'],
    ['ota_flash', 401, 'not-in-diy-mode', 'unchanged'],
    ['ota_flash', 403, 'locked', 'unchanged'],
    ['info', 403, 'unknown-code', 'unchanged'],
    ['info', 404, 'wrong-deviceid', 'unchanged'],
    ['ota_flash', 404, 'wrong-deviceid', 'unchanged'],
    ['ota_flash', 408, 'download-timed-out', 'stopped-midway'],
    ['ota_flash', 409, 'digest-mismatch', 'do-not-restart'],
    ['ota_flash', 413, 'image-too-large', 'unchanged'],
    ['ota_flash', 422, 'invalid-parameters', 'unchanged'],
    ['ota_unlock', 422, 'unlock-refused', 'may-have-worked'],
    ['ota_flash', 424, 'download-failed', 'stopped-midway'],
    ['ota_flash', 471, 'digest-mismatch', 'do-not-restart'],
    ['ota_unlock', 500, 'unlock-refused', 'may-have-worked'],
    ['ota_unlock', 503, 'vendor-unreachable', 'unchanged'],
    ['ota_flash', 500, 'unknown-code', 'may-have-worked'],
    ['ota_flash', 999, 'unknown-code', 'may-have-worked'],
    ['ota_unlock', -1, 'unknown-code', 'may-have-worked'],
    ['info', 999, 'unknown-code', 'unchanged'],
  ] as const)('%s %i is %s: %s', (command, code, expected, device) => {
    const failure = failureOfCode(code, command, host);
    expect(failure).toMatchObject({ kind: expected, device, code, command });
    expect(inEnglish(failure?.sentence ?? '')).toContain(`(${code})`);
  });

  it.each(commands)('0 is success for %s', (command) => {
    expect(failureOfCode(0, command, host)).toBeNull();
  });
});

describe('what a failure means for the device', () => {
  it.each([
    'time-out',
    'empty-reply',
    'reset',
    'no-connection',
    'network-changed',
    'cancelled',
    'html',
    'not-json',
    'too-large',
  ] as const)('%s leaves ota_flash and ota_unlock open, and info without harm', (silence) => {
    expect(stateOf(silence, 'ota_flash')).toBe('may-have-worked');
    expect(stateOf(silence, 'ota_unlock')).toBe('may-have-worked');
    expect(stateOf(silence, 'info')).toBe('unchanged');
    expect(zeroconfFailure(silence, { command: 'ota_flash', host, sent: false }).device).toBe('unchanged');
  });

  it.each(['refused', 'unreachable'] as const)('%s is believed, except for a flash', (silence) => {
    expect(stateOf(silence, 'ota_flash')).toBe('may-have-worked');
    expect(stateOf(silence, 'ota_unlock')).toBe('unchanged');
  });

  it.each(['name-not-found', 'no-permission', 'deviceid-needed', 'bad-digest', 'bad-url'] as const)(
    '%s never reached the device',
    (silence) => {
      for (const command of commands) expect(stateOf(silence, command)).toBe('unchanged');
    },
  );
});

describe('the words', () => {
  const all = kinds.flatMap((of) =>
    commands.flatMap((command) =>
      [true, false].map((sent) => zeroconfFailure(of, { command, host, code: 424, sent })),
    ),
  );

  it('say what is safe, or what must not be done', () => {
    const means = {
      unchanged: 'Nothing has been changed on the device.',
      'may-have-worked': 'all the same.',
      'stopped-midway': 'Do not cut its power until it has answered to Info.',
      'do-not-restart': 'Do not restart the device',
    };
    for (const [index, failure] of all.entries()) {
      const left = index % 2 === 0 && failure.command === 'ota_flash';
      const calm = left && failure.device === 'unchanged';
      const said = inEnglish(wholeSentence(failure));
      expect(said).toContain(calm ? 'The firmware on the device is as it was.' : means[failure.device]);
      if (left) expect(said).not.toContain(means.unchanged);
    }
  });

  it('never send anyone straight into a second flash', () => {
    for (const failure of all.filter(
      ({ command, device }) => command === 'ota_flash' && device === 'may-have-worked',
    ))
      expect(inEnglish(failure.action)).toMatch(
        /^Leave the device powered .* press Info\. Flash again only if/,
      );
  });

  it('are sentences, survive storage, and hide no hole', () => {
    for (const failure of all) {
      const [sentence, action] = [failure.sentence, failure.action].map(inEnglish);
      expect(action).toMatch(/^[A-Z].*[.]$/);
      expect(`${sentence}${action}`).not.toMatch(/undefined|null|\[object|[{}]/);
      expect(JSON.parse(JSON.stringify(failure))).toEqual(failure);
    }
  });

  it('differ between device off, wrong address, no permission, not in DIY mode and a web page', () => {
    const five = (['time-out', 'refused', 'no-permission', 'not-in-diy-mode', 'html'] as const).map((of) =>
      zeroconfFailure(of, { command: 'info', host, code: null, sent: true }),
    );
    expect(new Set(five.map(({ sentence }) => inEnglish(sentence))).size).toBe(5);
    for (const { sentence } of five) expect(inEnglish(sentence)).toContain(host);
  });

  it('cite a source in every row', () => {
    for (const row of Object.values(rows)) {
      expect(row.source).not.toBe('');
      for (const text of Object.values(row.on ?? {})) expect(text.source).not.toBe('');
    }
    for (const rule of Object.values(commandRules)) expect(rule.source).not.toBe('');
  });
});

describe('noPermission', () => {
  it('names the address', () => {
    const failure = noPermission({ host, reach: 'private' });
    expect(failure).toMatchObject({ kind: 'no-permission', device: 'unchanged', command: 'info' });
    expect(inEnglish(failure.sentence)).toContain(host);
  });
});
