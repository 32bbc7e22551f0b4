import { isUnfounded } from '../server/events.ts';
import type { Terminal } from '../terminal.ts';
import type { Display } from './display.ts';
import { verdictText } from './verdict-texts.ts';

/** So long parts are collected before they are printed: a device on a fast network fetches thousands in a second. */
const collectMs = 20;

/** One event a line on standard output; sentences go to standard error. */
export function jsonDisplay(terminal: Terminal, advice: () => readonly string[]): Display {
  let collected: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (collected.length > 0) terminal.out(collected.join('\n'));
    collected = [];
  };
  const print = (event: object) => {
    collected.push(JSON.stringify(event));
    timer ??= setTimeout(flush, collectMs);
  };
  return {
    serving(files) {
      for (const { image, url } of files) {
        const { digest: sha256, size: bytes } = image.report;
        print({ event: 'serving', file: image.file, url, sha256, bytes });
      }
      flush();
    },
    happened({ download, ...event }) {
      print(event);
      if (event.event !== 'range') flush();
      if (event.event === 'verdict' && isUnfounded({ ...event, download })) {
        const { sentence, action } = verdictText({ ...event, download });
        terminal.err(`${event.device} ${sentence}\n  ${action}`);
      }
      if (event.event === 'stalled' && download === null) for (const line of advice()) terminal.err(line);
    },
    say: (line) => terminal.err(line),
    close: flush,
  };
}
