import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What may be longer than there is room for: it scrolls inside itself, by keyboard too, and shows that there is more. */
export function Scroller({
  class: className,
  label,
  children,
}: {
  readonly class: string | undefined;
  /** What it is called while it scrolls. */
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  const scrolls = useSignal(false);
  const hasMore = useSignal(false);
  const look = () => {
    const element = box.current;
    if (element === null) return;
    const { scrollHeight, clientHeight, scrollTop } = element;
    scrolls.value = scrollHeight > clientHeight + 1;
    hasMore.value = scrollHeight - clientHeight - scrollTop > 1;
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    look();
    // In the next frame: what changes sizes while they are told is an error to the browser.
    let frame = 0;
    const observer = new ResizeObserver(() => {
      frame = requestAnimationFrame(look);
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  });
  return (
    <div
      ref={box}
      class={className}
      data-more={hasMore.value}
      onScroll={look}
      {...(scrolls.value ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}
    >
      {children}
    </div>
  );
}
