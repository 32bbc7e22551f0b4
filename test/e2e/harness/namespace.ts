import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { isAlive } from './profile.ts';

/**
 * A network of its own, reached by a private address: Firefox treats 127.0.0.1 and mapped names more kindly
 * than the addresses that real devices have.
 */
export interface Namespace {
  /** This machine, as the namespace sees it. */
  readonly here: string;
  /** The namespace, as this machine sees it. */
  readonly there: string;
  /** Starts a Node program inside, and waits for the line that says that it is ready. */
  run(args: readonly string[], ready: RegExp): Promise<NamespaceProgram>;
  close(): Promise<void>;
}

/** A program that runs in a namespace. */
export interface NamespaceProgram {
  /** The line that said that it is ready. */
  readonly ready: string;
  /** All that it has printed so far. */
  output(): string;
  /** Types a line into it. */
  type(line: string): void;
  stop(): Promise<void>;
}

const prefix = 'sonoff';

const ip = (...args: string[]) =>
  execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const message = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Why no namespace can be made here, or null if one can. */
export function namespaceObstacle(): string | null {
  if (process.platform !== 'linux') return 'skipped: network namespaces are a thing of Linux';
  if (process.getuid?.() !== 0) return 'skipped: not root';
  const trial = `${prefix}-trial-${process.pid}`;
  try {
    ip('netns', 'add', trial);
    ip('netns', 'delete', trial);
    return null;
  } catch (error) {
    return `skipped: ip netns does not work here (${message(error)})`;
  }
}

/** Removes what test runs have left that were killed before they could do it. */
function sweep(): void {
  for (const line of ip('netns', 'list').split('\n')) {
    const [name = ''] = line.split(' ');
    const owner = new RegExp(`^${prefix}-(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) removeNamespace(name);
  }
}

function removeNamespace(name: string): void {
  for (const pid of ip('netns', 'pids', name).split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It went by itself.
    }
  }
  // Takes its end of the wire with it, and thereby ours.
  ip('netns', 'delete', name);
}

/** What each network is for; no two tests that run at the same time may share one. */
const networkPurposes = [
  'harness-chromium',
  'harness-firefox',
  'address-chromium',
  'address-firefox',
  'find',
] as const;

type NetworkPurpose = (typeof networkPurposes)[number];

const Wires = v.record(v.string(), v.object({ name: v.string(), here: v.string(), there: v.string() }));
type Wire = v.InferOutput<typeof Wires>[string];

/** The variable that says which networks whoever started the tests has made. */
const variable = 'TEST_NETWORKS';

/**
 * Makes a network for each purpose before any browser runs: Chromium gives up connections that are being made, anybody's, when this
 * machine gets or loses an address.
 *
 * @returns what the tests need in their environment to find them
 * @throws unless `namespaceObstacle()` is null
 */
export function makeNetworks(): { readonly env: Readonly<Record<string, string>>; close(): void } {
  sweep();
  const wires = Object.fromEntries(networkPurposes.map((purpose) => [purpose, makeWire()]));
  return {
    env: { [variable]: JSON.stringify(wires) },
    close() {
      for (const { name } of Object.values(wires)) removeNamespace(name);
    },
  };
}

/**
 * The network for `purpose`, made beforehand or now: a namespace with one wire to it, and private addresses at both
 * ends.
 *
 * @throws unless `namespaceObstacle()` is null
 */
export function openNetwork(purpose: NetworkPurpose): Namespace {
  const made = v.parse(Wires, JSON.parse(process.env[variable] ?? '{}'))[purpose];
  if (made !== undefined) return networkOn(made, () => {});
  sweep();
  const wire = makeWire();
  const clean = () => removeNamespace(wire.name);
  // Also when the process ends without having closed it.
  process.once('exit', clean);
  return networkOn(wire, () => {
    process.off('exit', clean);
    clean();
  });
}

function networkOn({ name, here, there }: Wire, discard: () => void): Namespace {
  const programs = new Set<NamespaceProgram>();
  return {
    here,
    there,
    async run(args, ready) {
      const program = await start(name, args, ready);
      programs.add(program);
      return program;
    },
    async close() {
      await Promise.all([...programs].map((program) => program.stop()));
      discard();
    },
  };
}

let count = 0;

function makeWire(): Wire {
  count += 1;
  const name = `${prefix}-${process.pid}-${count}`;
  // Interface names have at most 15 characters.
  const wire = `sn${process.pid.toString(36)}${count}`;
  const subnet = freeSubnet();
  const [here, there] = [`${subnet}.1`, `${subnet}.2`];
  ip('netns', 'add', name);
  try {
    ip('link', 'add', `${wire}a`, 'type', 'veth', 'peer', 'name', `${wire}b`, 'netns', name);
    ip('address', 'add', `${here}/24`, 'dev', `${wire}a`);
    ip('link', 'set', `${wire}a`, 'up');
    ip('-n', name, 'address', 'add', `${there}/24`, 'dev', `${wire}b`);
    ip('-n', name, 'link', 'set', `${wire}b`, 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
    return { name, here, there };
  } catch (error) {
    removeNamespace(name);
    throw error;
  }
}

/** A private /24 that no interface of this machine has yet: another run may be under way. */
function freeSubnet(): string {
  const taken = ip('-4', '-o', 'address');
  for (let third = 77; third < 250; third += 1) {
    const subnet = `192.168.${third}`;
    if (!taken.includes(` ${subnet}.`)) return subnet;
  }
  throw new Error('All of 192.168.77.0 to 192.168.249.0 is taken.');
}

async function start(name: string, args: readonly string[], ready: RegExp): Promise<NamespaceProgram> {
  const child: ChildProcess = spawn('ip', ['netns', 'exec', name, process.execPath, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const readyLine = await new Promise<string>((resolve, reject) => {
    const say = () => `${args.join(' ')} said:\n${lines.join('\n')}`;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`Not ready after 20 s. ${say()}`));
    }, 20_000);
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (text) => {
        lines.push(text);
        if (!ready.test(text)) return;
        clearTimeout(timer);
        resolve(text);
      });
    }
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`Ended with ${code} before it was ready. ${say()}`));
    });
  });
  return {
    ready: readyLine,
    output: () => lines.join('\n'),
    type(line) {
      child.stdin?.write(`${line}\n`);
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(impatience);
    },
  };
}
