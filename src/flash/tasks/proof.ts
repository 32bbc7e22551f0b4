import type { Found } from '../../tasmota/found.ts';
import { whatRuns } from '../../tasmota/what-runs.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import { faultOf } from '../../zeroconf/errors/fault.ts';
import { eventsOfGet, progressed } from '../journal/events-of.ts';
import { judge, provedOutcome } from '../run/proof.ts';
import { end } from '../run/transitions.ts';
import { noPermission } from './own-failures.ts';
import type { RunContext } from './run-context.ts';

/** Looks at `address` for the firmware that was flashed; what is seen there goes into the run. */
export async function prove(context: RunContext, address: Address, signal: AbortSignal): Promise<void> {
  const { clock, mayReachTasmota } = context.environment;
  const allowed = await mayReachTasmota(address);
  if (signal.aborted) return;
  if (!allowed) {
    const look = { state: 'failed', at: clock.now(), failure: noPermission(address) } as const;
    return context.change({ proof: { address, look } });
  }
  const found = await lookAt(context, address, signal);
  if (signal.aborted) return;
  const { flash } = context.run();
  if (flash.stage !== 'ended') return context.change({ proof: null });
  const { plan, outcome } = flash;
  const { image } = context.source.source();
  const known = image.state === 'done' && image.value.report.digest === plan.digest;
  const value = judge(found, address.host, {
    outcome,
    flashedHost: plan.address.host,
    image: known ? image.value.report.identity : null,
  });
  context.note(progressed(clock.now(), value.says));
  context.change({ proof: { address, look: { state: 'done', at: clock.now(), value } } });
  if (value.proves) end(context, plan, provedOutcome(value, address.host));
}

/** What runs at port 80 of `address`; what was asked there is noted. */
export function lookAt(context: RunContext, { host }: Address, signal: AbortSignal): Promise<Found> {
  const { clock } = context.environment;
  return whatRuns(host, { fetch: notedFetch(context), clock, signal, faultOf });
}

/** The run's `fetch` for GETs whose bodies are nobody's business: what came of each is noted. */
function notedFetch({ environment, note }: RunContext): typeof fetch {
  const { clock } = environment;
  return async (input, init) => {
    const url = String(input);
    const at = clock.now();
    const began = clock.elapsed();
    const took = () => clock.elapsed() - began;
    try {
      const response = await environment.fetch(input, init);
      const server = response.headers.get('server') ?? '';
      const came = { status: response.status, headers: { server: server.slice(0, 80) } };
      note(...eventsOfGet({ url, at, ms: took(), came }));
      return response;
    } catch (error) {
      note(...eventsOfGet({ url, at, ms: took(), fault: faultOf(error) }));
      throw error;
    }
  };
}
