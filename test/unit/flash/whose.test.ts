import { expect, it } from 'vitest';
import { preflight } from '../../../src/flash/preflight.ts';
import { makeReady, setStage } from './stage.ts';

const nameless = { switch: 'on', pulse: 'off', pulseWidth: 500, otaUnlock: true };

it('does not call a device by a typed id when it has refused every id', async () => {
  const stage = await setStage();
  const real = stage.fetch;
  const engine = stage.engine();
  await makeReady(stage, engine);
  // Another device has the address now: it tells no id, and says 404 to that of the last one.
  stage.fetch = async (input, init) => {
    if (typeof input !== 'string' || !input.endsWith('/zeroconf/info')) return real(input, init);
    const error = String(init?.body).includes('deviceid') ? 404 : 0;
    return Response.json({ seq: 1, error, ...(error === 0 && { data: nameless }) });
  };
  engine.info(stage.device.address, '1000cccccc');
  await engine.settled();
  const { deed } = preflight(stage.run());
  expect(deed).not.toBeNull();
  expect(deed?.deviceid).toBeNull();
});
