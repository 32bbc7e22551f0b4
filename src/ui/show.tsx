import { type ComponentChildren, render } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { text } from '../core/text.ts';
import { said } from './said.tsx';

/** Fills the window with a page; where it cannot be made or drawn, with the words that say so. */
export async function show(page: () => Promise<ComponentChildren>): Promise<void> {
  try {
    render(<OrUnreadable>{await page()}</OrUnreadable>, document.body);
  } catch (fault) {
    console.error(fault);
    render(<Unreadable />, document.body);
  }
}

function OrUnreadable({ children }: { readonly children: ComponentChildren }) {
  const [fault] = useErrorBoundary((error) => console.error(error));
  return fault === undefined ? children : <Unreadable />;
}

/** Better than a blank page: whoever is flashing has to know what not to do now. */
function Unreadable() {
  return (
    <main class="stack page-trouble">
      <h1>{said(text('ui_name', 'Sonoff DIY Flasher'))}</h1>
      <div class="note bad" role="alert">
        <p>
          <strong>{said(text('ui_page_damaged', 'This page cannot be shown.'))}</strong>{' '}
          {said(
            text(
              'ui_page_damaged_why',
              'Something that this extension has stored in the browser is damaged.',
            ),
          )}
        </p>
        <p>{said(text('ui_page_damaged_power', 'If a device is being flashed, do not cut its power.'))}</p>
        <p>
          {said(
            text('ui_page_damaged_do', 'Close the browser and open it again. Then open this page again.'),
          )}
        </p>
      </div>
      <div>
        <button type="button" onClick={() => location.reload()}>
          {said(text('ui_try_again', 'Try again'))}
        </button>
      </div>
    </main>
  );
}
