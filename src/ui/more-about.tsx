import { pageUrl } from '../browser/pages.ts';
import { text } from '../core/text.ts';
import { said } from './said.tsx';

/** The way from an alert to its row in the guide, which opens in a tab; nothing for an alert without one. */
export function MoreAbout({ trouble }: { readonly trouble: string | undefined }) {
  if (trouble === undefined) return null;
  return (
    <a
      class="more-about"
      href={pageUrl(`popup/guide.html#troubles/${encodeURIComponent(trouble)}`)}
      target="_blank"
      rel="noreferrer"
    >
      {said(text('ui_more_about', 'More about this'))}
    </a>
  );
}
