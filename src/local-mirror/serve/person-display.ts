import { inEnglish } from '../../core/render-text.ts';
import { inBytes } from '../../firmware/limits.ts';
import type { Download } from '../server/download.ts';
import { isWhole } from '../server/downloads.ts';
import type { Verdict } from '../server/events.ts';
import type { Terminal } from '../terminal.ts';
import { barLine } from './bars.ts';
import type { Display, ServedFile } from './display.ts';
import { verdictText } from './verdict-texts.ts';

/** How often the bars are drawn, at most. */
const redrawMs = 100;
/** Where nothing can be redrawn, a line is printed at each of these shares. */
const steps = 4;

/** Words for a person, and a live bar for each device where the terminal can redraw. */
export function personDisplay(terminal: Terminal, advice: () => readonly string[]): Display {
  const bars = new Map<string, Download>();
  const stepsSaid = new Map<Download, number>();
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;

  const wipe = () => {
    if (drawn > 0) terminal.raw(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  };
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!terminal.isScreen) return;
    wipe();
    for (const download of bars.values())
      terminal.out(barLine(download, performance.now()).slice(0, terminal.columns - 1));
    drawn = bars.size;
  };
  const say = (...lines: readonly string[]) => {
    wipe();
    for (const line of lines) terminal.out(line);
    draw();
  };
  const progressed = (download: Download) => {
    bars.set(`${download.device} ${download.deviceId}`, download);
    if (terminal.isScreen) {
      timer ??= setTimeout(draw, redrawMs);
      return;
    }
    const step = Math.floor((download.partsFetched / download.parts.length) * steps);
    if (stepsSaid.get(download) === step) return;
    stepsSaid.set(download, step);
    terminal.out(barLine(download, performance.now()));
  };
  const finished = (verdict: Verdict) => {
    const { device, download } = verdict;
    const { isGood, sentence, action } = verdictText(verdict);
    wipe();
    if (download) {
      bars.delete(`${download.device} ${download.deviceId}`);
      stepsSaid.delete(download);
      terminal.out(barLine(download, performance.now()));
    }
    say(`${isGood ? '✓' : '✗'} ${device} ${sentence}`, `  ${action}`);
  };
  return {
    serving: (files) => say(...files.flatMap(intro)),
    happened(event) {
      if (event.event === 'range') progressed(event.download);
      else if (event.event === 'verdict') finished(event);
      else if (event.download === null)
        say(`${event.device} has not asked for anything in ${event.seconds} s.`, ...advice());
      else say(...quiet(event.device, event.seconds, event.download));
    },
    say: (line) => say(line),
    close: draw,
  };
}

function intro({ image, url }: ServedFile): string[] {
  const { report } = image;
  return [
    `${image.name}: ${inEnglish(report.title)}, ${inBytes(report.size)}`,
    ...report.checks
      .filter(({ answer }) => answer === 'warn')
      .flatMap(({ title, sentence, action }) => [
        `  ! ${inEnglish(title)}: ${inEnglish(sentence)}`,
        ...(action ? [`    ${inEnglish(action)}`] : []),
      ]),
    `  URL      ${url}`,
    `  SHA-256  ${report.digest}`,
    '',
  ];
}

function quiet(device: string, seconds: number, download: Download): string[] {
  const isComplete = isWhole(download);
  return [
    isComplete
      ? `${device} has fetched every part, and has not said in ${seconds} s how it went.`
      : `${device} has not asked for the next part in ${seconds} s.`,
    '  Leave its power on: it may hold half an image. It tries again by itself, for three minutes in all.',
    ...(isComplete ? [] : ['  Bring it nearer to the access point if you can. After that, flash it again.']),
  ];
}
