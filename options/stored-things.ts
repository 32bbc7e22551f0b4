import { type Text, text } from '../src/core/text.ts';

/** One thing that the extension keeps: what, where, why and for how long, in words for a person. */
export interface StoredThing {
  readonly what: Text;
  readonly where: Text;
  readonly why: Text;
  readonly until: Text;
}

const disk = text('options_on_disk', 'In this browser, on disk');
const memory = text('options_in_memory', 'In this browser, in memory only');
const browserEnds = text('options_until_closed', 'Until the browser is closed');

/** Everything that the extension keeps. Whoever stores another thing adds its row here. */
export const storedThings: readonly StoredThing[] = [
  {
    what: text('options_stored_options', 'These options'),
    where: disk,
    why: text('options_stored_options_why', 'So that you set them once'),
    until: text('options_stored_options_until', 'Until you erase them'),
  },
  {
    what: text(
      'options_stored_devices',
      'The last eight devices that answered: address, device ID, firmware version, day',
    ),
    where: disk,
    why: text('options_stored_devices_why', 'So that you need not type the address again'),
    until: text('options_stored_devices_until', 'Until you forget or erase them'),
  },
  {
    what: text('options_stored_list', 'The addresses and the network that you typed on Several devices'),
    where: disk,
    why: text('options_stored_list_why', 'So that you need not type or find them again'),
    until: text('options_stored_list_until', 'Until you change or erase them'),
  },
  {
    what: text(
      'options_stored_list_flashes',
      'A list of devices that is being flashed: what you confirmed for each, and how it ended',
    ),
    where: text(
      'options_stored_list_flashes_where',
      'In this browser, in memory; on disk until the last one has ended',
    ),
    why: text(
      'options_stored_list_flashes_why',
      'So that it goes on though the page is closed, and nothing begins by itself after the browser was closed',
    ),
    until: browserEnds,
  },
  {
    what: text('options_stored_search', 'The last search of a network, and the devices that it found'),
    where: memory,
    why: text('options_stored_search_why', 'So that closing the window loses nothing'),
    until: browserEnds,
  },
  {
    what: text('options_stored_releases', 'Names and checksums of official Tasmota releases'),
    where: disk,
    why: text(
      'options_stored_releases_why',
      'To prove that a file is an official one, also while GitHub cannot be reached',
    ),
    until: text('options_stored_releases_until', 'Until newer ones replace them or you erase them'),
  },
  {
    what: text(
      'options_stored_session',
      'The last 50 devices that were asked, with what came of it and the log, and what you have typed',
    ),
    where: memory,
    why: text('options_stored_session_why', 'So that nothing is lost when the window closes'),
    until: browserEnds,
  },
  {
    what: text(
      'options_stored_flashes',
      'The last flash of each device: address, device ID, firmware, file, and how it ended',
    ),
    where: disk,
    why: text(
      'options_stored_flashes_why',
      'So that closing the browser hides no warning and no device is asked twice',
    ),
    until: text(
      'options_stored_flashes_until',
      'For 24 hours of use. Erasing leaves those in which a device may hold half an image or be downloading',
    ),
  },
  {
    what: text('options_stored_sent_to', 'The addresses that a flash was sent to'),
    where: disk,
    why: text(
      'options_stored_sent_to_why',
      'So that the browser cannot repeat it by itself on a connection that is still open',
    ),
    until: text('options_stored_sent_to_until', 'For a day, also when you erase'),
  },
  {
    what: text(
      'options_stored_runs',
      'The last 20 runs: address, firmware version, file, requests, answers and how it ended. No ids and no networks',
    ),
    where: disk,
    why: text('options_stored_runs_why', 'So that you can look something up and report it'),
    until: text(
      'options_stored_runs_until',
      'Until newer ones replace them, you erase them or switch the record off',
    ),
  },
  {
    what: text(
      'options_stored_local_mirror',
      'What the local mirror serves, what devices fetch from it, and which devices it sees',
    ),
    where: text(
      'options_stored_local_mirror_where',
      'In this browser, in memory only; how downloads ended, also beside the program on this computer',
    ),
    why: text(
      'options_stored_local_mirror_why',
      'So that closing the window or the browser hides no warning',
    ),
    until: text(
      'options_stored_local_mirror_until',
      'Until the browser is closed; beside the program, until you have read or erased it',
    ),
  },
  {
    what: text(
      'options_stored_tools',
      'What came of the last tool on each device, and the last ten requests by hand with their replies. No passwords',
    ),
    where: memory,
    why: text(
      'options_stored_tools_why',
      'So that a relay is put back though the window closes, and a request can be sent again',
    ),
    until: browserEnds,
  },
  {
    what: text('options_stored_mirrors', 'Tests of mirrors and their lists of files'),
    where: memory,
    why: text('options_stored_mirrors_why', 'So that a mirror is not asked again and again'),
    until: browserEnds,
  },
];
