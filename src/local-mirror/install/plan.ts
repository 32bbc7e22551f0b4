import { idsFor } from '../../native-messages/extension-ids.ts';
import { hostName } from '../../native-messages/limits.ts';
import { type Confined, confinedIn, type Family, type Place, placeOfUserData, placesOf } from './browsers.ts';
import { dataFolder, type Environment, pathsOf } from './environment.ts';
import { batchWrapper, shellWrapper } from './wrapper.ts';

/** What an installation is made of; nothing else is written anywhere. */
export interface InstallPlan {
  /** Everything of ours lies here but the manifests that browsers want elsewhere. */
  readonly folder: string;
  /** Where the program itself is copied to. */
  readonly program: string;
  readonly files: readonly PlannedFile[];
  /** On Windows: keys whose default value is the path of a manifest. */
  readonly keys: readonly PlannedKey[];
  /** The browsers that will find it. */
  readonly browsers: readonly string[];
  readonly confined: readonly Confined[];
}

export interface PlannedFile {
  readonly path: string;
  readonly text: string;
  readonly isExecutable: boolean;
}

export interface PlannedKey {
  readonly key: string;
  readonly value: string;
}

/** What has to go, whatever an installation has once made of it. */
export interface RemovalPlan {
  readonly folder: string;
  readonly files: readonly string[];
  readonly keys: readonly string[];
}

const folderName = 'sonoff-diy-mirror';
const programName = 'sonoff-diy-mirror.cjs';
const manifestName = `${hostName}.json`;

/** The folder in which everything of ours lies. */
export function installFolder(environment: Environment): string {
  return pathsOf(environment).join(dataFolder(environment), folderName);
}

/** Plans the registration with every browser that has run here, and with those of `userDataDirs`. */
export function planInstall(environment: Environment, userDataDirs: readonly string[]): InstallPlan {
  const { join } = pathsOf(environment);
  const isWindows = environment.platform === 'win32';
  const folder = installFolder(environment);
  const program = join(folder, programName);
  const wrapper = join(folder, isWindows ? 'native-host.bat' : 'native-host');
  const places = [
    ...placesOf(environment).filter(({ signs }) => signs.some((sign) => environment.exists(sign))),
    ...extraPlaces(environment, userDataDirs),
  ];
  const manifests = isWindows
    ? manifestsOf(places, (family) => join(folder, `${family}.json`), wrapper)
    : places.map(({ family, folder: at }) => manifestFile(join(at, manifestName), family, wrapper));
  return {
    folder,
    program,
    files: [
      {
        path: wrapper,
        text: isWindows
          ? batchWrapper(environment.node, programName)
          : shellWrapper(environment.node, program),
        isExecutable: true,
      },
      ...manifests,
    ],
    keys: isWindows ? keysOf(places, (family) => join(folder, `${family}.json`)) : [],
    browsers: [...new Set(places.map(({ browser }) => browser))],
    confined: confinedIn(environment),
  };
}

/** Plans that nothing is left, of any browser, found or not. */
export function planRemoval(environment: Environment, userDataDirs: readonly string[]): RemovalPlan {
  const { join } = pathsOf(environment);
  const places = [...placesOf(environment), ...extraPlaces(environment, userDataDirs)];
  const isWindows = environment.platform === 'win32';
  return {
    folder: installFolder(environment),
    files: isWindows ? [] : places.map(({ folder }) => join(folder, manifestName)),
    keys: isWindows ? keysOf(places, () => '').map(({ key }) => key) : [],
  };
}

function extraPlaces(environment: Environment, userDataDirs: readonly string[]): Place[] {
  return userDataDirs.flatMap((folder) => placeOfUserData(environment, folder) ?? []);
}

function keysOf(places: readonly Place[], manifestOf: (family: Family) => string): PlannedKey[] {
  const byKey = new Map(
    places.map(({ folder, family }) => [`${folder}\\${hostName}`, manifestOf(family)] as const),
  );
  return [...byKey].map(([key, value]) => ({ key, value }));
}

function manifestsOf(
  places: readonly Place[],
  pathOf: (family: Family) => string,
  wrapper: string,
): PlannedFile[] {
  const families = new Set(places.map(({ family }) => family));
  return [...families].map((family) => manifestFile(pathOf(family), family, wrapper));
}

/** UTF-8 without a mark in front, which Chromium would refuse. */
function manifestFile(path: string, family: Family, wrapper: string): PlannedFile {
  const allowed =
    family === 'chromium'
      ? { allowed_origins: idsFor('chromium').map((id) => `chrome-extension://${id}/`) }
      : { allowed_extensions: idsFor('firefox') };
  const manifest = {
    name: hostName,
    description: 'The local mirror of Sonoff DIY Flasher',
    path: wrapper,
    type: 'stdio',
    ...allowed,
  };
  return { path, text: `${JSON.stringify(manifest, null, 2)}\n`, isExecutable: false };
}
