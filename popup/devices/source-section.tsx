import type { Answer } from '../../src/core/check.ts';
import { type Text, text } from '../../src/core/text.ts';
import type { FirmwareSource } from '../../src/flash/source/firmware-source.ts';
import { Said, said } from '../../src/ui/said.tsx';

const verdicts: Readonly<Record<Answer, Text>> = {
  pass: text('devices_source_pass', 'Checked: nothing speaks against it.'),
  warn: text('devices_source_warn', 'Checked, with warnings: you will be asked about them.'),
  fail: text('devices_source_fail', 'Checked: it must not be flashed.'),
  unknown: text('devices_source_unknown', 'Checked, but not everything could be told.'),
};

/** The firmware that all of them get. It is chosen and checked on the page for one device. */
export function SourceSection({ source: { image, mirror } }: { readonly source: FirmwareSource }) {
  return (
    <section class="card" aria-labelledby="source-title">
      <h2 id="source-title">
        <Said text={text('devices_source', 'Firmware for all')} />
      </h2>
      {image.state === 'done' ? (
        <>
          <p>
            <strong>{said(image.value.report.title)}</strong>
          </p>
          <p class="mono">{image.value.url.href}</p>
          <p>
            <Said text={verdicts[image.value.report.answer]} />{' '}
            {mirror.state === 'done' ? null : (
              <Said text={text('devices_source_mirror', 'The mirror has not been checked yet.')} />
            )}
          </p>
        </>
      ) : (
        <p>
          {image.state === 'working' ? (
            <Said text={text('devices_source_working', 'It is being fetched.')} />
          ) : (
            <Said text={text('devices_source_none', 'None has been fetched yet.')} />
          )}
        </p>
      )}
      <a href="index.html">
        <Said text={text('devices_source_choose', 'Choose the firmware')} />
      </a>
    </section>
  );
}
