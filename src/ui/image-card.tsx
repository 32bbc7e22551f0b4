import { type Text, text } from '../core/text.ts';
import { CAREFUL_IMAGE_BYTES, MAX_IMAGE_BYTES } from '../firmware/limits.ts';
import type { LayoutPart } from '../firmware/parse/layout.ts';
import type { ImageReport } from '../firmware/report.ts';
import { CheckList } from './check-list.tsx';
import { CopyButton } from './copy-button.tsx';
import styles from './image-card.module.css';
import { said } from './said.tsx';

/** What a file is, whether it fits, how it is built, and what speaks for and against it. */
export function ImageCard({ report }: { readonly report: ImageReport }) {
  const { title, name, size, digest, layout, checks } = report;
  return (
    <div class={`stack ${styles.image}`}>
      <div>
        <h3 class={styles.title}>{said(title)}</h3>
        <p class="hint">{name}</p>
      </div>
      <SizeBar size={size} />
      <LayoutPicture layout={layout} size={size} />
      <CheckList checks={checks} label={said(text('ui_firmware_checks', 'Checks on the firmware'))} />
      <div>
        <p class="hint">SHA-256</p>
        <code>{digest}</code>
        <div>
          <CopyButton text={digest} label={said(text('ui_copy_digest', 'Copy the digest'))} />
        </div>
      </div>
    </div>
  );
}

function sizeText(size: number): Text {
  return text('ui_size_of', '{size} of the {most} that fit', {
    size: { bytes: size },
    most: { bytes: MAX_IMAGE_BYTES },
  });
}

function SizeBar({ size }: { readonly size: number }) {
  const tone = size > MAX_IMAGE_BYTES ? 'bad' : size > CAREFUL_IMAGE_BYTES ? 'warn' : 'good';
  return (
    <div>
      <meter
        class={`${styles.size} ${styles[tone]}`}
        aria-label={said(text('ui_size', 'Size'))}
        min={0}
        max={MAX_IMAGE_BYTES}
        value={Math.min(size, MAX_IMAGE_BYTES)}
        aria-valuetext={said(sizeText(size))}
      />
      <p class="hint">{said(sizeText(size))}</p>
    </div>
  );
}

/** The order to draw in: a part of few bytes is drawn wider than it is, and must not vanish below the next one. */
function smallestLast(layout: readonly LayoutPart[]): LayoutPart[] {
  return layout.toSorted((a, b) => Number(a.kind === 'crc') - Number(b.kind === 'crc') || b.size - a.size);
}

/** The parts of the file in proportion; a list of the same for whoever cannot see the picture. */
function LayoutPicture({ layout, size }: { readonly layout: readonly LayoutPart[]; readonly size: number }) {
  if (layout.length === 0 || size === 0) return null;
  return (
    <figure class={styles.layout}>
      <svg viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true">
        {smallestLast(layout).map((part) => (
          <rect
            key={part.offset}
            class={styles[part.kind]}
            x={(part.offset / size) * 1000}
            y="0"
            width={Math.max((part.size / size) * 1000, 2)}
            height="24"
          />
        ))}
      </svg>
      <figcaption>
        <details>
          <summary>{said(text('ui_file_parts', 'What the file is made of'))}</summary>
          <ol>
            {layout.map((part) => (
              <li key={part.offset}>
                <span class={`${styles.swatch} ${styles[part.kind]}`} aria-hidden="true" />
                {said(
                  text('ui_file_part', '{label}: {size} at', {
                    label: part.label,
                    size: { bytes: part.size },
                  }),
                )}{' '}
                <code>0x{part.offset.toString(16)}</code>
              </li>
            ))}
          </ol>
        </details>
      </figcaption>
    </figure>
  );
}
