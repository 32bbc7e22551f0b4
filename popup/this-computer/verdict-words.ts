import { type Text, text } from '../../src/core/text.ts';
import { isWhole } from '../../src/flash/this-computer/downloads.ts';
import type { Fetching } from '../../src/flash/this-computer/state.ts';

/** How a download stands or has ended, in words: what happened, and what to do. */
export interface DownloadWords {
  readonly tone: 'good' | 'warn' | 'bad';
  readonly sentence: Text;
  readonly action: Text;
}

const keepPower = text('this_computer_keep_power', 'Leave its power on. Then press Info, and Flash again.');

const reports: Readonly<Record<number, DownloadWords>> = {
  404: {
    tone: 'warn',
    sentence: text(
      'this_computer_report_404',
      'The device reports that it could not download the image to its end.',
    ),
    action: text(
      'this_computer_report_404_action',
      'Leave its power on. Bring it nearer to the access point. Then flash it again.',
    ),
  },
  406: {
    tone: 'warn',
    sentence: text(
      'this_computer_report_406',
      'The device reports that it does not accept the order to flash.',
    ),
    action: keepPower,
  },
  409: {
    tone: 'bad',
    sentence: text(
      'this_computer_report_409',
      'The device has the whole image, but with another digest than it was told. Do not restart it.',
    ),
    action: keepPower,
  },
  410: {
    tone: 'bad',
    sentence: text(
      'this_computer_report_410',
      'The device reports an error of its own while it wrote the image. Do not restart it.',
    ),
    action: keepPower,
  },
};

const whole: DownloadWords = {
  tone: 'good',
  sentence: text(
    'this_computer_report_0',
    'The device reports that it has the whole image and that its digest is right. It restarts into the new firmware by itself.',
  ),
  action: text(
    'this_computer_report_0_action',
    'Leave its power on. After half a minute look for the Wi-Fi of the new firmware.',
  ),
};

const unfounded: DownloadWords = {
  tone: 'bad',
  sentence: text(
    'this_computer_report_unfounded',
    'The device reports success, but has not fetched the whole image from this computer. This does not count.',
  ),
  action: text(
    'this_computer_report_unfounded_action',
    'Leave its power on. Wait until it has fetched every part.',
  ),
};

const silent: DownloadWords = {
  tone: 'bad',
  sentence: text(
    'this_computer_silent',
    'The device fell silent, and nobody knows what became of the image.',
  ),
  action: keepPower,
};

const interrupted: DownloadWords = {
  tone: 'bad',
  sentence: text(
    'this_computer_interrupted',
    'The local mirror ended in the middle, and nobody has seen what became of the image. The device may hold half of it.',
  ),
  action: text(
    'this_computer_interrupted_action',
    'Do not cut its power. Wait three minutes. Then press Info, and Flash again.',
  ),
};

/** What is to be said of a download; null while it goes on as it should. */
export function wordsOf(download: Fetching, port: string, platform: string): DownloadWords | null {
  const { end, silentFor } = download;
  if (end === null) return silentFor === 0 ? null : stalled(download, port, platform);
  if (end.kind !== 'verdict') return end.kind === 'silent' ? silent : interrupted;
  const { error } = end;
  if (error === 0) return isWhole(download) ? whole : unfounded;
  const known = error === null ? undefined : reports[error];
  return known ?? { tone: 'bad', sentence: unknownReport(error), action: keepPower };
}

function unknownReport(error: number | null): Text {
  return error === null
    ? text('this_computer_unreadable', 'The device has reported something that cannot be read.')
    : text('this_computer_unknown', 'The device has reported an error that is not known ({error}).', {
        error,
      });
}

/** The firewall comes first: nothing else keeps a device away that has taken the order. */
function stalled({ silentFor, parts }: Fetching, port: string, platform: string): DownloadWords {
  const silence = { span: silentFor * 1000 };
  if (parts.includes('1'))
    return {
      tone: 'warn',
      sentence: text('this_computer_stalled', 'The device has asked for nothing for {silence}.', { silence }),
      action: text(
        'this_computer_stalled_action',
        'Do not cut its power. It tries again by itself for up to three minutes.',
      ),
    };
  return {
    tone: 'warn',
    sentence: text(
      'this_computer_not_come',
      'The device has not asked for the image yet, after {silence}. A firewall on this computer may keep it out.',
      { silence },
    ),
    action: firewallAdvice(port, platform),
  };
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
