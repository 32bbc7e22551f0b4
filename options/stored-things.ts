/** One thing that the extension keeps: what, where, why and for how long, in words for a person. */
export interface StoredThing {
  readonly what: string;
  readonly where: string;
  readonly why: string;
  readonly until: string;
}

const disk = 'In this browser, on disk';
const memory = 'In this browser, in memory only';
const browserEnds = 'Until the browser is closed';

/** Everything that the extension keeps. Whoever stores another thing adds its row here. */
export const storedThings: readonly StoredThing[] = [
  {
    what: 'These options',
    where: disk,
    why: 'So that you set them once',
    until: 'Until you erase them',
  },
  {
    what: 'The last eight devices that answered: address, device ID, firmware version, day',
    where: disk,
    why: 'So that you need not type the address again',
    until: 'Until you forget or erase them',
  },
  {
    what: 'Names and checksums of official Tasmota releases',
    where: disk,
    why: 'To prove that a file is an official one, also while GitHub cannot be reached',
    until: 'Until newer ones replace them or you erase them',
  },
  {
    what: 'The last 50 devices that were asked, with what came of it and the log, and what you have typed',
    where: memory,
    why: 'So that nothing is lost when the window closes',
    until: browserEnds,
  },
  {
    what: 'The last flash of each device: address, device ID, firmware, file, and how it ended',
    where: disk,
    why: 'So that closing the browser hides no warning and no device is asked twice',
    until:
      'For 24 hours of use. Erasing leaves those in which a device may hold half an image or be downloading',
  },
  {
    what: 'The last 20 runs: address, firmware version, file, requests, answers and how it ended. No ids and no networks',
    where: disk,
    why: 'So that you can look something up and report it',
    until: 'Until newer ones replace them, you erase them or switch the record off',
  },
  {
    what: 'What the local mirror serves, what devices fetch from it, and which devices it sees',
    where: 'In this browser, in memory only; how downloads ended, also beside the program on this computer',
    why: 'So that closing the window or the browser hides no warning',
    until: 'Until the browser is closed; beside the program, until you have read or erased it',
  },
  {
    what: 'Tests of mirrors and their lists of files',
    where: memory,
    why: 'So that a mirror is not asked again and again',
    until: browserEnds,
  },
];
