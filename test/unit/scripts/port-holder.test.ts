import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { describePortHolder } from '../../../scripts/port-holder.ts';
import { startSimulation } from '../../../scripts/simulation.ts';

/** A server on that port of 127.0.0.1, if it is free. */
async function holdPort(port: number) {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    release: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe('who holds a port', () => {
  it('is named, or else the command that names it', async () => {
    const held = await holdPort(0);
    const said = describePortHolder(held.port);
    await held.release();
    expect(said).toMatch(process.platform === 'linux' ? new RegExp(`process ${process.pid}: `) : /To see/);
  });

  it('is not invented when nobody does', async () => {
    const held = await holdPort(0);
    await held.release();
    expect(describePortHolder(held.port)).toMatch(/^To see who does: /);
  });

  it('is told when the simulated Sonoff finds its port taken, by whomever', async () => {
    // Somebody may hold it already; then that is the one who is told of.
    const held = await holdPort(8081).catch(() => null);
    await expect(startSimulation({ say: () => {}, speed: 0 })).rejects.toThrow(/port 8081/);
    await held?.release();
  });
});
