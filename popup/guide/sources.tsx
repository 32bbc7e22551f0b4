import { text } from '../../src/core/text.ts';
import { linkOf } from '../../src/pairing/sources.ts';
import { Said } from '../../src/ui/said.tsx';

/** Where it was reported, each as a link where it can be read on the web. */
export function Sources({ sources }: { readonly sources: readonly string[] }) {
  if (sources.length === 0) return null;
  return (
    <p class="hint">
      <Said text={text('guide_sources', 'Sources:')} />
      {sources.map((source, index) => {
        const link = linkOf(source);
        return (
          <span key={source}>
            {index === 0 ? ' ' : ', '}
            {link === null ? (
              source
            ) : (
              <a href={link} target="_blank" rel="noreferrer">
                {source}
              </a>
            )}
          </span>
        );
      })}
    </p>
  );
}
