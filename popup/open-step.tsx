import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { text, type Wording } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
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
      <Scroller class={styles.body}>
        <h2>{said(title)}</h2>
        {children}
      </Scroller>
      <div class={styles.news}>{news}</div>
    </section>
  );
}

/** What may be longer than there is room for: it scrolls inside itself, by keyboard too. */
function Scroller({
  class: className,
  children,
}: {
  readonly class: string | undefined;
  readonly children: ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  const scrolls = useSignal(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => {
      scrolls.value = element.scrollHeight > element.clientHeight + 1;
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  });
  return (
    <div
      ref={box}
      class={className}
      {...(scrolls.value
        ? { tabIndex: 0, role: 'group', 'aria-label': said(text('popup_scrolls', 'All of this step')) }
        : {})}
    >
      {children}
    </div>
  );
}
