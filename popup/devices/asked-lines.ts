import type { Check } from '../../src/core/check.ts';
import type { Confirmation } from '../../src/flash/run/confirmation.ts';
import type { FlashPlan } from '../../src/flash/run/device-run.ts';
import type { Row } from '../../src/flash/several/rows.ts';

/** One device in the question, with the warnings that are its own. */
export interface AskedLine {
  readonly plan: FlashPlan;
  readonly warnings: readonly Check[];
}

/** What is asked: the warnings that say the same of every device once, and one line for each device. */
export interface AskedLines {
  readonly shared: readonly Check[];
  readonly lines: readonly AskedLine[];
}

const isSame = (one: Check, other: Check) =>
  one.id === other.id && JSON.stringify(one.sentence) === JSON.stringify(other.sentence);

/** The lines of the rows that can be flashed. */
export function linesOf(rows: readonly Row[]): AskedLines {
  const ready = rows.flatMap(({ plan, warnings }) => (plan === null ? [] : [{ plan, warnings }]));
  const isShared = (check: Check) =>
    ready.length > 1 && ready.every(({ warnings }) => warnings.some((other) => isSame(check, other)));
  return {
    shared: ready[0]?.warnings.filter(isShared) ?? [],
    lines: ready.map(({ plan, warnings }) => ({
      plan,
      warnings: warnings.filter((check) => !isShared(check)),
    })),
  };
}

/** What is kept of a tick: whose warning it is (null for all), and which. */
export function tickOf(host: string | null, { id }: Check): string {
  return `${host ?? ''} ${id}`;
}

/** Whether nothing is left to be ticked. */
export function isTicked(
  shared: readonly Check[],
  lines: readonly AskedLine[],
  ticked: readonly string[],
): boolean {
  const wanted = [
    ...shared.map((check) => tickOf(null, check)),
    ...lines.flatMap(({ plan, warnings }) => warnings.map((check) => tickOf(plan.address.host, check))),
  ];
  return wanted.every((tick) => ticked.includes(tick));
}

/** What was confirmed for each device. */
export function confirmationsOf(
  shared: readonly Check[],
  lines: readonly AskedLine[],
  ticked: readonly string[],
): readonly Confirmation[] {
  return lines.map(({ plan, warnings }) => {
    const { address, deviceid, fwVersion, url, digest } = plan;
    const { host } = address;
    const own = warnings.filter((check) => ticked.includes(tickOf(host, check)));
    const all = shared.filter((check) => ticked.includes(tickOf(null, check)));
    const confirmed = [...all, ...own].map(({ id }) => id);
    return { host, deviceid, fwVersion, url: url.href, digest, confirmed };
  });
}
