import { type Text, text, type Wording } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';

/** What came of the last thing done in a section. `text` is null before anything was. */
export interface News {
  readonly good: boolean;
  readonly text: Wording | null;
  /** What is to be said besides. */
  readonly also?: readonly Text[];
}

/** Nothing done yet. */
export const noNews: News = { good: true, text: null };

/** What to say when the browser would not store something. */
export const notStored: News = {
  good: false,
  text: text(
    'options_not_stored',
    'The browser could not store this. Make room on the disk, then try again.',
  ),
};

/** Says what came of the last thing done; the place for it is there from the start, so that it is announced. */
export function NewsLine({ news }: { readonly news: News }) {
  return (
    <div role={news.good ? 'status' : 'alert'} class={news.text === null ? 'visually-hidden' : ''}>
      {news.text !== null && (
        <div class={`note ${news.good ? 'good' : 'bad'}`}>
          {[news.text, ...(news.also ?? [])].map(said).map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      )}
    </div>
  );
}
