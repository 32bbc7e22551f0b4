import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { meet, openRendezvous, type Rendezvous } from '../../../src/local-mirror/native/rendezvous.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meeting '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function opened(folder: string, came: Socket[] = []): Promise<Rendezvous> {
  const rendezvous = await openRendezvous(folder, (socket) => came.push(socket));
  if (rendezvous === null) throw new Error('Somebody else has the meeting point.');
  onTestFinished(async () => {
    for (const socket of came) socket.destroy();
    await rendezvous.close();
  });
  return rendezvous;
}

/** Whether a host that comes now is admitted. */
async function admits(folder: string): Promise<boolean> {
  const socket = await meet(folder);
  socket?.destroy();
  return socket !== null;
}

it('is one process at a time', async () => {
  const folder = await aFolder();
  const came: Socket[] = [];
  await opened(folder, came);
  expect(await admits(folder)).toBe(true);
  expect(came).toHaveLength(1);
  expect(await openRendezvous(folder, () => {})).toBe(null);
});

it('admits nobody who would be hung up on, and makes room for the next', async () => {
  const folder = await aFolder();
  const came: Socket[] = [];
  const ending = await opened(folder, came);
  ending.shut();
  expect(await admits(folder)).toBe(false);
  expect(came).toEqual([]);
  // Before the one that ends has taken its meeting point away, another one has it: it stays.
  await opened(folder);
  await ending.withdraw();
  expect(await admits(folder)).toBe(true);
});

it('is gone when it was withdrawn, also without its folder', async () => {
  const folder = await aFolder();
  const rendezvous = await opened(folder);
  await rendezvous.withdraw();
  expect(existsSync(join(folder, 'meeting-point.json'))).toBe(false);
  expect(await admits(folder)).toBe(false);
  rmSync(folder, { recursive: true });
  await rendezvous.withdraw();
});
