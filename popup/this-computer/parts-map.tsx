import { sizeText } from '../../src/core/size.ts';
import { text } from '../../src/core/text.ts';
import { wordsOf } from '../../src/flash/this-computer/download-words.ts';
import { fetchedBytes, speedOf } from '../../src/flash/this-computer/downloads.ts';
import type { Fetching } from '../../src/flash/this-computer/state.ts';
import { MoreAbout } from '../../src/ui/more-about.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import styles from './parts-map.module.css';

/** The parts of an image as a device fetches them, how fast it goes, and what the device says at the end. */
export function PartsMap({
  download,
  port,
  platform,
}: {
  readonly download: Fetching;
  /** Where the image is served, and on what system: for advice about its firewall. */
  readonly port: string;
  readonly platform: string;
}) {
  const { parts, bytes } = download;
  const fetched = fetchedBytes(download);
  const count = [...parts].filter((part) => part === '1').length;
  const words = wordsOf(download, port, platform);
  const parted = text('this_computer_parts', '{fetched} of {all} parts fetched', {
    fetched: count,
    all: parts.length,
  });
  return (
    <div class="stack tight">
      <progress
        aria-label={said(text('this_computer_fetched', 'Fetched by the device'))}
        max={bytes}
        value={fetched}
        class="visually-hidden"
      />
      <div class={styles.map} role="img" aria-label={said(parted)}>
        {[...parts].map((part, index) => (
          <i key={index} class={part === '1' ? styles.fetched : ''} />
        ))}
      </div>
      <p class="hint">
        <Said text={parted} />
        {': '}
        {said(sizeText(fetched))} / {said(sizeText(bytes))}
        <Speed download={download} />
      </p>
      {words !== null && (
        <div class={`note ${words.tone}`} role={words.tone === 'good' ? 'status' : 'alert'}>
          <p>
            <Said text={words.sentence} />
          </p>
          <p>
            <strong>
              <Said text={words.action} />
            </strong>{' '}
            <MoreAbout trouble={words.trouble} />
          </p>
        </div>
      )}
    </div>
  );
}

function Speed({ download }: { readonly download: Fetching }) {
  const speed = download.end === null ? speedOf(download) : null;
  if (speed === null || speed.left <= 0) return null;
  const left = { span: Math.ceil(speed.left / 1000) * 1000 };
  return (
    <>
      {', '}
      <Said
        text={text('this_computer_speed', '{speed} a second, {left} left', {
          speed: sizeText(speed.bytesPerSecond),
          left,
        })}
      />
    </>
  );
}
