import { type Text, text } from '../../core/text.ts';
import type { JournalEvent, ReplyEvent, RequestEvent } from './events.ts';
import { outcomeWords } from './outcome-words.ts';
import { redacted } from './redaction.ts';

type Render = (text: Text) => string;

/**
 * The journal as text, one line an event, without what tells about a home.
 *
 * @param known secrets that do not stand under their name in `events`
 */
export function renderedLog(
  events: readonly JournalEvent[],
  render: Render,
  known: readonly string[] = [],
): string {
  return redacted(events, known)
    .map((event) => `${new Date(event.at).toISOString()} ${lineOf(event, render)}`)
    .join('\n');
}

/** What an event, which is redacted already, says on one line. */
export function lineOf(event: JournalEvent, render: Render): string {
  return onOneLine(wordsOf(event, render));
}

function wordsOf(event: JournalEvent, render: Render): string {
  switch (event.kind) {
    case 'request':
      return requestWords(event, render);
    case 'reply':
      return replyWords(event, render);
    case 'outcome':
      return render(
        text('journal_outcome', 'End ({kind}): {says}', {
          kind: outcomeWords[event.outcome],
          says: event.says,
        }),
      );
    case 'decision':
    case 'progress':
      return render(event.says);
  }
}

function requestWords({ method, url, body, attempt }: RequestEvent, render: Render): string {
  const again = attempt > 1 ? ` ${render(text('journal_attempt', '(attempt {attempt})', { attempt }))}` : '';
  return `${method} ${url}${again}${body === null ? '' : ` ${body}`}`;
}

function replyWords({ url, status, headers, body, bytes, fault, ms }: ReplyEvent, render: Render): string {
  const size = bytes === null ? null : render(text('journal_bytes', '{size}', { size: { bytes } }));
  const named = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const came = [status, ...named, fault, body, size].filter((part) => part !== null && part !== '');
  return `${url} → ${came.join(' ')} (${Math.round(ms)} ms)`;
}

/** What a device sends must not look like another line. */
function onOneLine(words: string): string {
  return words.replace(/[\r\n\u2028\u2029]+/g, ' ');
}
