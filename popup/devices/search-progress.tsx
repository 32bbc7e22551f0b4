import { type Text, text } from '../../src/core/text.ts';
import { isSearching, type SearchState } from '../../src/flash/finding/search-state.ts';
import { said } from '../../src/ui/said.tsx';

/** How far the search is, and what it waits for. */
export function SearchProgress({ search }: { readonly search: SearchState }) {
  if (search.phase === 'idle') return null;
  const words = said(wordsOf(search));
  return (
    <div class="stack tight">
      {isSearching(search) && <progress aria-label={words} max={search.of} value={search.asked} />}
      <p class="hint" role="status">
        {words}
      </p>
    </div>
  );
}

function wordsOf({ phase, asked, of, found }: SearchState): Text {
  const count = found.filter(({ kind }) => kind === 'device').length;
  switch (phase) {
    case 'pausing':
      return text(
        'devices_search_pausing',
        '{asked} of {of} asked. Pausing for up to two minutes, until the browser has closed its connections to silent addresses.',
        { asked, of },
      );
    case 'done':
      return text(
        'devices_search_done',
        { one: 'All {of} asked. {count} device found.', other: 'All {of} asked. {count} devices found.' },
        { of, count },
      );
    case 'stopped':
      return text('devices_search_stopped', 'The search was stopped after {asked} of {of}.', { asked, of });
    default:
      return text('devices_search_asking', '{asked} of {of} asked.', { asked, of });
  }
}
