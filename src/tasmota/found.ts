import type { Text } from '../core/text.ts';

/** What a look at port 80 of an address found. `said` is for a person; what to do with a finding is not said here. */
export type Found = FoundTasmota | FoundEsphome | FoundOther | FoundNothing;

/**
 * Tasmota answers. `running`: as usual. `setup`: it is its own access point and waits for the name and password of
 * a Wi-Fi network. `locked`: a web password keeps it from saying more. What it did not say is null.
 */
export interface FoundTasmota {
  readonly kind: 'tasmota';
  readonly state: 'running' | 'setup' | 'locked';
  /** Such as `15.1.0`. */
  readonly version: string | null;
  /** The build: `full`, `lite`, `minimal`, …, in Tasmota's own word otherwise. */
  readonly variant: string | null;
  /** When it was built, as it says: `2025-10-11T13:05:13`. */
  readonly built: string | null;
  /** The number of its module: 1 is Sonoff Basic, which a new Tasmota begins with; 0 is a template. */
  readonly module: number | null;
  readonly deviceName: string | null;
  readonly hostname: string | null;
  readonly said: Text;
}

/** ESPHome answers: by its web server (`running`), or by its captive portal (`setup`), which waits for a Wi-Fi. */
export interface FoundEsphome {
  readonly kind: 'esphome';
  readonly state: 'running' | 'setup';
  readonly name: string | null;
  readonly said: Text;
}

/** A web server that is neither: a router, or another device that has the address now. */
export interface FoundOther {
  readonly kind: 'other';
  /** `password` and `redirect`: it says nothing before somebody signs in, or follows it to another page. */
  readonly shows: 'page' | 'password' | 'redirect';
  /** Its `Server` header. */
  readonly server: string | null;
  /** The title of its page. */
  readonly title: string | null;
  readonly said: Text;
  readonly action: Text;
  /** The row that says more of it, as in `Assured`. */
  readonly trouble: string;
}

/** No answer. */
export interface FoundNothing {
  readonly kind: 'nothing';
  readonly why: Silence;
  readonly said: Text;
  readonly action: Text;
  readonly trouble: string;
}

/** How a request can end without an answer. `no-connection`: the browser does not say which of the others. */
export type Silence =
  | 'refused'
  | 'reset'
  | 'unreachable'
  | 'name-not-found'
  | 'no-connection'
  | 'time-out'
  | 'https-only'
  | 'cancelled';
