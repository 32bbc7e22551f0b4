import { isUnfounded, type MirrorEvent } from '../server/events.ts';
import type { Terminal } from '../terminal.ts';
import type { Display } from './display.ts';
import { verdictText } from './verdict-texts.ts';

/** One event a line on standard output; sentences go to standard error. */
export function jsonDisplay(terminal: Terminal, advice: () => readonly string[]): Display {
  let collected = '';
  const flush = () => {
    if (collected !== '') terminal.raw(collected);
    collected = '';
  };
  const print = (line: string) => {
    // Events come many at once, and are printed in one piece.
    if (collected === '') queueMicrotask(flush);
    collected += `${line}\n`;
  };
  return {
    serving(files) {
      for (const { image, url } of files) {
        const { digest: sha256, size: bytes } = image.report;
        print(JSON.stringify({ event: 'serving', file: image.file, url, sha256, bytes }));
      }
      flush();
    },
    happened(happening) {
      if (happening.event === 'range') {
        print(rangeLine(happening));
        return;
      }
      const { download, ...event } = happening;
      print(JSON.stringify(event));
      flush();
      if (happening.event === 'verdict' && isUnfounded(happening)) {
        const { sentence, action } = verdictText(happening);
        terminal.err(`${happening.device} ${sentence}\n  ${action}`);
      }
      if (event.event === 'stalled' && download === null) for (const line of advice()) terminal.err(line);
    },
    say: (line) => terminal.err(line),
    close: flush,
  };
}

/** As `JSON.stringify` would write it, which takes as long as all the rest of serving a part. */
function rangeLine({ device, from, to, of }: Extract<MirrorEvent, { event: 'range' }>): string {
  return `{"event":"range","device":${JSON.stringify(device)},"from":${from},"to":${to},"of":${of}}`;
}
