import { useEffect } from 'preact/hooks';
import { send } from '../../src/browser/messages.ts';
import { isFlashing } from '../../src/flash/run/device-run.ts';
import type { Store } from '../store.ts';

/** The way to a device may begin at another address of this computer: whichever step is open when it is known. */
export function useServedToDevice({ run, thisComputer }: Pick<Store, 'run' | 'thisComputer'>): void {
  const { address, flash } = run.value;
  const host = address?.host ?? '';
  const isServed = thisComputer.value.served !== null;
  const locked = isFlashing(flash);
  useEffect(() => {
    if (!isServed || locked || !/^\d+\.\d+\.\d+\.\d+$/.test(host)) return;
    void send({ command: 'serve-to', device: host }).catch(() => {});
  }, [host, isServed, locked]);
}
