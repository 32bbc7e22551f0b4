import { useEffect, useRef } from 'preact/hooks';
import markdown from '../docs/mirror-recipes.md';
import { CopyButton } from '../src/ui/copy-button.tsx';
import { recipesIn } from '../src/ui/recipes.ts';

/** Servers that a device can download from, five lines each. Failing checks lead here. */
export function RecipesSection() {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // The browser looked for the place before there was one.
    if (location.hash === '#recipes') section.current?.scrollIntoView();
  }, []);
  return (
    <section class="card wide" id="recipes" ref={section} aria-labelledby="recipes-title">
      <h2 id="recipes-title">Recipes for a mirror of your own</h2>
      <p class="hint">
        Put the .bin files into /srv/firmware, start one of these, then add its address as a mirror and press
        Test.
      </p>
      {recipesIn(markdown).map(({ name, words, code }) => (
        <div key={name} class="stack">
          <h3>{name}</h3>
          {words.slice(0, 1).map((text) => (
            <p key={text}>{text}</p>
          ))}
          <pre class="mono">{code}</pre>
          <CopyButton text={code} label={`Copy the recipe for ${name}`} />
          {words.slice(1).map((text) => (
            <p key={text} class="hint">
              {text}
            </p>
          ))}
        </div>
      ))}
    </section>
  );
}
