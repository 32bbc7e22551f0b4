import { keysOf } from '../../core/keys.ts';
import { type Text, type TextArgument, text } from '../../core/text.ts';
import { isWhole } from './downloads.ts';
import { type DownloadWords, keepPower, reportRow } from './reports.ts';
import type { Fetching } from './state.ts';

/** How a download can stand or end by which nobody knows what became of it, or all of it. */
export type DownloadTrouble = 'unfounded' | 'silent' | 'interrupted' | 'stalled' | 'not-come';

/** What a row names: how long the device has been silent, and what to do about the firewall of this computer. */
interface Named {
  readonly silence: TextArgument;
  readonly firewall: Text;
}

interface Row {
  readonly tone: 'warn' | 'bad';
  readonly sentence: (named: Named) => Text;
  readonly action: (named: Named) => Text;
  readonly source: string;
}

const rows: Readonly<Record<DownloadTrouble, Row>> = {
  unfounded: {
    tone: 'bad',
    sentence: () =>
      text(
        'this_computer_report_unfounded',
        'The device reports success, but has not fetched the whole image from this computer. This does not count.',
      ),
    action: () =>
      text(
        'this_computer_report_unfounded_action',
        'Leave its power on. Wait until it has fetched every part.',
      ),
    source: 'anybody in the network can send a report',
  },
  silent: {
    tone: 'bad',
    sentence: () =>
      text('this_computer_silent', 'The device fell silent, and nobody knows what became of the image.'),
    action: () => keepPower,
    source: 'ITEAD downloader: 180 s in all',
  },
  interrupted: {
    tone: 'bad',
    sentence: () =>
      text(
        'this_computer_interrupted',
        'The local mirror ended in the middle, and nobody has seen what became of the image. The device may hold half of it.',
      ),
    action: () =>
      text(
        'this_computer_interrupted_action',
        'Do not cut its power. Wait three minutes. Then press Info, and Flash again.',
      ),
    source: 'a program that was ended, or a computer that was switched off',
  },
  stalled: {
    tone: 'warn',
    sentence: ({ silence }) =>
      text('this_computer_stalled', 'The device has asked for nothing for {silence}.', { silence }),
    action: () =>
      text(
        'this_computer_stalled_action',
        'Do not cut its power. It tries again by itself for up to three minutes.',
      ),
    source: 'ITEAD downloader: three new connections, 180 s in all',
  },
  // The firewall comes first: nothing else keeps a device away that has taken the order.
  'not-come': {
    tone: 'warn',
    sentence: ({ silence }) =>
      text(
        'this_computer_not_come',
        'The device has not asked for the image yet, after {silence}. A firewall on this computer may keep it out.',
        { silence },
      ),
    action: ({ firewall }) => firewall,
    source: 'itead#75: a server that cannot be reached is answered with nothing',
  },
};

function wordsFor(trouble: DownloadTrouble, named: Named): DownloadWords {
  const { tone, sentence, action } = rows[trouble];
  return { tone, sentence: sentence(named), action: action(named), trouble: `fetching-${trouble}` };
}

/** Words for each of them, and where it is known from; for the device that has been silent for `silence`. */
export function everyDownloadTrouble(
  silence: TextArgument,
): readonly { readonly words: DownloadWords; readonly source: string }[] {
  const firewall = firewallAdvice('8080', '');
  return keysOf(rows).map((trouble) => ({
    words: wordsFor(trouble, { silence, firewall }),
    source: rows[trouble].source,
  }));
}

/** The one report that is good news. */
export const wholeWords: DownloadWords = {
  tone: 'good',
  sentence: text(
    'this_computer_report_0',
    'The device reports that it has the whole image and that its digest is right. It restarts into the new firmware by itself.',
  ),
  action: text(
    'this_computer_report_0_action',
    'Leave its power on. After half a minute look for the Wi-Fi of the new firmware.',
  ),
  trouble: 'callback-0',
};

/** What is to be said of a download; null while it goes on as it should. */
export function wordsOf(download: Fetching, port: string, platform: string): DownloadWords | null {
  const { end, silentFor, parts } = download;
  const named = { silence: { span: silentFor * 1000 }, firewall: firewallAdvice(port, platform) };
  if (end === null)
    return silentFor === 0 ? null : wordsFor(parts.includes('1') ? 'stalled' : 'not-come', named);
  if (end.kind !== 'verdict') return wordsFor(end.kind, named);
  const { error } = end;
  if (error === 0) return isWhole(download) ? wholeWords : wordsFor('unfounded', named);
  return reportRow(error).inList(error);
}

function firewallAdvice(port: string, platform: string): Text {
  if (platform === 'win32')
    return text(
      'this_computer_firewall_windows',
      'Allow Node.js in the Windows firewall, for private networks. Leave the power of the device on.',
    );
  if (platform === 'darwin')
    return text(
      'this_computer_firewall_mac',
      'Allow incoming connections for node in System Settings, Network, Firewall. Leave the power of the device on.',
    );
  return text(
    'this_computer_firewall_linux',
    'Let devices reach TCP port {port} of this computer (ufw: sudo ufw allow {port}/tcp). Leave the power of the device on.',
    { port },
  );
}
