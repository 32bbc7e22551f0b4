/*
 * Making the program known to browsers, and unknown again: planned first, then carried out.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { wordsOf } from '../../core/error-words.ts';
import type { Terminal } from '../terminal.ts';
import type { Confined } from './browsers.ts';
import { carryOut, type Obstacle, readRecord, remove } from './carry-out.ts';
import type { Environment } from './environment.ts';
import { installFolder, planInstall, planRemoval } from './plan.ts';

/** `mirror install`: registers `program`, the bundled file, with the browsers of this user. Resolves with the exit status. */
export async function install(
  userDataDir: string | undefined,
  program: string,
  terminal: Terminal,
): Promise<number> {
  const environment = ownEnvironment();
  if (environment === null) return refuse(terminal);
  const before = await readRecord(installFolder(environment));
  const named = userDataDir === undefined ? [] : [resolve(userDataDir)];
  const userDataDirs = [...new Set([...before.userDataDirs, ...named])];
  const plan = planInstall(environment, userDataDirs);
  for (const one of plan.confined) for (const line of confinedText(one)) terminal.err(line);
  if (plan.browsers.length === 0) {
    terminal.err('No browser was found that could use it: none has left its folder in your home.');
    terminal.err(
      'Start the browser once and run this again. For Chromium with a folder of its own, name that:',
    );
    terminal.err('  install --user-data-dir DIR');
    return 1;
  }
  let obstacles: readonly Obstacle[];
  try {
    obstacles = await carryOut(plan, program, { ...before, userDataDirs });
  } catch (error) {
    terminal.err(`It could not be installed: ${wordsOf(error)}`);
    terminal.err(again);
    return 1;
  }
  const unwritten = new Set(obstacles.map(({ path }) => path));
  const forWhom = obstacles.length === 0 ? `, for ${plan.browsers.join(', ')}` : '';
  terminal.out(`The local mirror is installed in ${plan.folder}${forWhom}:`);
  for (const path of [
    plan.program,
    ...plan.files.map((file) => file.path),
    ...plan.keys.map(({ key }) => key),
  ])
    if (!unwritten.has(path)) terminal.out(`  ${path}`);
  if (obstacles.length > 0) {
    terminal.err('What could not be written; a browser that looks only there will not find it:');
    for (const { path, why } of obstacles) terminal.err(`  ${path}: ${why}`);
    terminal.err(again);
    return 1;
  }
  terminal.out('Choose "This computer" in the extension. No restart of the browser is needed.');
  terminal.out('After an update, run this again. "uninstall" takes all of it away.');
  return 0;
}

/** `mirror uninstall`: takes away what `install` has made. Resolves with the exit status. */
export async function uninstall(terminal: Terminal): Promise<number> {
  const environment = ownEnvironment();
  if (environment === null) return refuse(terminal);
  const record = await readRecord(installFolder(environment));
  const { gone, obstacles } = await remove(planRemoval(environment, record.userDataDirs), record);
  if (gone.length > 0) terminal.out('Taken away:');
  else if (obstacles.length === 0) terminal.out('It was not installed. There is nothing to take away.');
  for (const path of gone) terminal.out(`  ${path}`);
  if (obstacles.length === 0) return 0;
  terminal.err('What could not be taken away:');
  for (const { path, why } of obstacles) terminal.err(`  ${path}: ${why}`);
  terminal.err('Put that right and run this again.');
  return 1;
}

const again =
  'Run it again when that is put right: it repairs itself. "uninstall" takes away what was written.';

function ownEnvironment(): Environment | null {
  const { platform, env: variables, execPath: node } = process;
  if (platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') return null;
  return { platform, home: homedir(), variables, node, exists: existsSync };
}

function refuse(terminal: Terminal): number {
  terminal.err(
    'Where browsers look on this system is not known. Use the program on the command line instead:',
  );
  terminal.err('  mirror FILE.bin');
  return 1;
}

/** What there is to know of a browser that is packed: lines for a person. */
export function confinedText({ browser, packing, asksOnce }: Confined): string[] {
  if (asksOnce)
    return [`${browser} from a ${packing} asks you once whether the extension may start it: allow that.`];
  return [
    `${browser} from a ${packing} cannot start programs of this computer.`,
    '  Use the program on the command line: mirror FILE.bin, and paste its URL into the field Firmware.',
  ];
}
