import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** From this width on, the details stand beside the steps. */
const query = '(min-width: 760px)';

/** Whether there is room beside the steps; as a hook, which is kept up to date. */
export function useWide(): boolean {
  const wide = useSignal(matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const change = () => {
      wide.value = media.matches;
    };
    media.addEventListener('change', change);
    return () => media.removeEventListener('change', change);
  }, [wide]);
  return wide.value;
}
