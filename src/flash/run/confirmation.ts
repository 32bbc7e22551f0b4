import type { FlashPlan } from './device-run.ts';

/** What a person confirmed: the plan as the question named it, and the warnings they accepted by id. */
export interface Confirmation {
  readonly host: string;
  readonly deviceid: string | null;
  readonly fwVersion: string | null;
  readonly url: string;
  readonly digest: string;
  readonly confirmed: readonly string[];
}

/** Whether `confirmation` is a yes to this very plan. */
export function names(
  { host, deviceid, fwVersion, url, digest }: Confirmation,
  { address, ...plan }: FlashPlan,
): boolean {
  return (
    address.host === host &&
    plan.deviceid === deviceid &&
    plan.fwVersion === fwVersion &&
    plan.url.href === url &&
    plan.digest === digest
  );
}
