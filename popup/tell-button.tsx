import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { requestNotifications, tellItem, willTell } from '../src/browser/notifications.ts';
import { text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';

/** A button by which a person is told by the system when the flash has ended. */
export function TellButton() {
  const answer = useSignal<'asked' | 'refused' | null>(null);
  useEffect(() => {
    // The question may have closed the popup in which it was asked for.
    void willTell().then(
      (will) => {
        if (will) answer.value = 'asked';
      },
      () => {},
    );
  }, [answer]);
  const ask = () => {
    // Before anything is awaited: a browser shows its question only in the click itself.
    const asked = requestNotifications();
    // And before its answer, since the question may close the popup.
    void tellItem.set(true);
    asked.then(
      (granted) => {
        answer.value = granted ? 'asked' : 'refused';
      },
      () => {
        answer.value = 'refused';
      },
    );
  };
  return (
    <p class="row">
      <button type="button" class="link" onClick={ask}>
        {said(text('popup_tell', 'Tell me when it ends'))}
      </button>
      <span class="hint" role="status">
        {answer.value === 'asked' && said(text('popup_tell_asked', 'You will be told.'))}
        {answer.value === 'refused' &&
          said(text('popup_tell_refused', 'The browser does not allow it. The toolbar button shows it too.'))}
      </span>
    </p>
  );
}
