import { posix, win32 } from 'node:path';

/** What a plan depends on. */
export interface Environment {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly home: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The Node that runs this: an absolute path. */
  readonly node: string;
  /** Whether there is a file or folder of that name. */
  exists(path: string): boolean;
}

/** How paths are written on the system of `environment`, wherever this runs. */
export function pathsOf({ platform }: Environment): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

/** The folder of a variable that has to be an absolute path (XDG Base Directory Specification), or the usual one. */
function folderOf(environment: Environment, variable: string, ...usual: string[]): string {
  const paths = pathsOf(environment);
  const named = environment.variables[variable];
  return named && paths.isAbsolute(named) ? named : paths.join(environment.home, ...usual);
}

/** Where programs of this user keep what is theirs. */
export function dataFolder(environment: Environment): string {
  const { platform, home } = environment;
  if (platform === 'win32') return folderOf(environment, 'LOCALAPPDATA', 'AppData', 'Local');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support');
  return folderOf(environment, 'XDG_DATA_HOME', '.local', 'share');
}

/** Where programs of this user keep their settings, browsers their profiles among them. */
export function configFolder(environment: Environment): string {
  const { platform } = environment;
  if (platform === 'win32') return folderOf(environment, 'APPDATA', 'AppData', 'Roaming');
  if (platform === 'darwin') return dataFolder(environment);
  return folderOf(environment, 'XDG_CONFIG_HOME', '.config');
}
