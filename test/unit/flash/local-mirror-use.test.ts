import { describe, expect, it } from 'vitest';
import { text } from '../../../src/core/text.ts';
import type { Found } from '../../../src/flash/this-computer/handing-over.ts';
import { refusalTrouble } from '../../../src/flash/this-computer/troubles.ts';
import { desk, image, serving, soon } from './local-mirror-desk.ts';
import { servedUrl } from './local-mirror-double.ts';

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A file that is found when the test says so. */
function lateFile(name: string) {
  let found: (what: Found) => void = () => {};
  let failed: (error: Error) => void = () => {};
  const finding = new Promise<Found>((resolve, reject) => {
    found = resolve;
    failed = reject;
  });
  return { source: { name, find: () => finding }, found, failed };
}

const nowhere = {
  sentence: text('test_nowhere', 'There is no such file.'),
  action: text('test_other', 'Choose another.'),
};

describe('a file that is chosen', () => {
  it('after another one takes its place, however that one ends', async () => {
    for (const end of ['found', 'missing', 'fault'] as const) {
      const { service, program, settled, serving: told } = desk();
      const first = lateFile('first.bin');
      const second = lateFile('second.bin');
      service.handOver(first.source, null);
      service.handOver(second.source, null);
      if (end === 'found') first.found({ ok: true, name: 'first.bin', bytes: image });
      else if (end === 'missing') first.found({ ok: false, trouble: nowhere });
      else first.failed(new Error('no disk'));
      if (end === 'found') await soon(() => expect(program.asked).toContain('serve null'));
      await breath();
      expect(service.ways.isOwn(servedUrl)).toBe(false);
      second.found({ ok: true, name: 'second.bin', bytes: image });
      expect(await settled()).toMatchObject({
        handingOver: { state: 'idle' },
        served: { name: 'second.bin' },
      });
      expect(told).toEqual([servedUrl]);
    }
  });

  it('and is not there, or breaks off, says so', async () => {
    const missing = desk();
    const file = lateFile('missing.bin');
    missing.service.handOver(file.source, null);
    file.found({ ok: false, trouble: nowhere });
    expect((await missing.settled()).handingOver).toEqual({ state: 'failed', trouble: nowhere });
    const broken = desk();
    broken.service.handOver({ name: 'x.bin', find: () => Promise.reject(new Error('no disk')) }, null);
    const { sentence, action } = refusalTrouble('internal');
    expect((await broken.settled()).handingOver).toEqual({ state: 'failed', trouble: { sentence, action } });
    expect(broken.program.asked).toEqual([]);
  });

  it('while a new program is welcomed is served, whatever that one does not have any more', async () => {
    const left = await serving();
    // The connection was closed, since nobody used it.
    const { service, settled, serving: told, file } = desk({ ...left.state(), connection: { state: 'off' } });
    service.handOver(file(image, 'new.bin'), null);
    expect(await settled()).toMatchObject({ handingOver: { state: 'idle' }, served: { name: 'new.bin' } });
    expect(told).toEqual([servedUrl]);
  });
});
