import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../../src/core/text.ts';
import { type LedPatternId, ledPatterns } from '../../src/pairing/led.ts';
import { Said, said } from '../../src/ui/said.tsx';
import { dark, litStretches, motionOf } from './led-motion.ts';

/** A still picture of two rounds, so that the pattern is seen as one. */
const rounds = [0, 1];

/** What the LED shows: a lamp that blinks, its rhythm as a strip, and both in words. */
export function Led({ pattern: id }: { readonly pattern: LedPatternId }) {
  const pattern = ledPatterns[id];
  const lamp = useRef<SVGCircleElement>(null);
  const moves = useSignal(!matchMedia('(prefers-reduced-motion: reduce)').matches);
  const blinks = moves.value;
  useEffect(() => {
    if (!blinks) return undefined;
    const { keyframes, duration } = motionOf(pattern);
    const animation = lamp.current?.animate([...keyframes], {
      duration,
      iterations: Number.POSITIVE_INFINITY,
    });
    return () => animation?.cancel();
  }, [pattern, blinks]);
  return (
    <figure class="guide-led">
      <svg viewBox="0 0 44 44" class="guide-led-lamp" aria-hidden="true">
        <circle cx="22" cy="22" r="20" class="guide-led-ring" />
        <circle cx="22" cy="22" r="13" class="guide-led-light" opacity={blinks ? dark : 1} ref={lamp} />
      </svg>
      <figcaption>
        <p>
          <Said text={pattern.looks} />
        </p>
        <svg viewBox="0 0 200 10" preserveAspectRatio="none" class="guide-led-strip" aria-hidden="true">
          {rounds.flatMap((round) =>
            litStretches(pattern).map(({ from, to }) => (
              <rect
                key={`${round}-${from}`}
                x={(round + from) * 100}
                y="0"
                width={(to - from) * 100}
                height="10"
              />
            )),
          )}
        </svg>
        <p class="guide-hint">
          <Said text={pattern.means} />
        </p>
        <button
          type="button"
          class="link"
          onClick={() => {
            moves.value = !blinks;
          }}
        >
          {blinks
            ? said(text('guide_led_stop', 'Stop the blinking'))
            : said(text('guide_led_blink', 'Let it blink'))}
        </button>
      </figcaption>
    </figure>
  );
}
