import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { text, type Wording } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import { Scroller } from './scroller.tsx';
import styles from './steps.module.css';

/** A page that has just been opened leaves the focus where the browser puts it. */
let isFirst = true;

/** The step that stands open: what it needs, and below it, always in view, what is new. */
export function OpenStep({
  title,
  news,
  takesFocus,
  typing,
  children,
}: {
  readonly title: Wording;
  readonly news: ComponentChildren;
  /** Whether a person has just opened it, rather than the run. */
  readonly takesFocus: boolean;
  /** A person is about to fill a field in here. */
  readonly typing: () => void;
  readonly children: ComponentChildren;
}) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // What had the focus may have gone with the step before.
    const isLost = document.activeElement === document.body && !isFirst;
    if (takesFocus || isLost) section.current?.focus({ preventScroll: true });
    isFirst = false;
  }, [takesFocus]);
  return (
    <section
      ref={section}
      class={styles.open}
      tabIndex={-1}
      onFocusIn={({ target }) => {
        const isField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
        if (isField) typing();
      }}
    >
      <div class={styles.room}>
        <Scroller class={styles.body} label={said(text('popup_scrolls', 'All of this step'))}>
          <h2>{said(title)}</h2>
          {children}
        </Scroller>
      </div>
      <Scroller class={styles.news} label={said(text('popup_news_scroll', 'All that is new'))}>
        {news}
      </Scroller>
    </section>
  );
}
