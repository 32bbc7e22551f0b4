import { language } from '../../src/browser/language.ts';
import { text } from '../../src/core/text.ts';
import type { JournalEvent, RequestEvent } from '../../src/flash/journal/events.ts';
import { lineOf } from '../../src/flash/journal/rendered-log.ts';
import { requestLine } from '../../src/flash/journal/request-lines.ts';
import { CopyButton } from '../../src/ui/copy-button.tsx';
import { said } from '../../src/ui/said.tsx';
import styles from './guide.module.css';

const clock = new Intl.DateTimeFormat(language.locale, { timeStyle: 'medium' });

/** Events, which are redacted already, with their times; a request can be copied to be sent again. */
export function EventList({ events }: { readonly events: readonly JournalEvent[] }) {
  return (
    <ol class={styles.events} aria-label={said(text('guide_events', 'Requests and answers'))}>
      {events.map((event, index) => (
        <li key={`${event.at}-${index}`}>
          <time>{clock.format(event.at)}</time> <code>{lineOf(event, said)}</code>
          {event.kind === 'request' && <RequestButtons request={event} />}
        </li>
      ))}
    </ol>
  );
}

function RequestButtons({ request }: { readonly request: RequestEvent }) {
  return (
    <span class="row">
      <CopyButton
        text={requestLine(request, 'curl', said)}
        label={said(text('guide_copy_curl', 'Copy as curl'))}
      />
      <CopyButton
        text={requestLine(request, 'powershell', said)}
        label={said(text('guide_copy_powershell', 'Copy as PowerShell'))}
      />
    </span>
  );
}
