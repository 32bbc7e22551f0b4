import { useEffect, useRef } from 'preact/hooks';
import markdown from '../docs/mirror-recipes.md';
import { text } from '../src/core/text.ts';
import { CopyButton } from '../src/ui/copy-button.tsx';
import { recipesIn } from '../src/ui/recipes.ts';
import { said } from '../src/ui/said.tsx';
import styles from './options.module.css';

/** Servers that a device can download from, five lines each. Failing checks lead here. */
export function RecipesSection() {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // The browser looked for the place before there was one.
    if (location.hash === '#recipes') section.current?.scrollIntoView();
  }, []);
  return (
    <section class={`card ${styles.recipes}`} id="recipes" ref={section} aria-labelledby="recipes-title">
      <h2 id="recipes-title">{said(text('options_recipes', 'Recipes for a mirror of your own'))}</h2>
      <p class="hint">
        {said(
          text(
            'options_recipes_hint',
            'Put the .bin files into {folder}, start one of these, then add its address as a mirror and press Test.',
            { folder: '/srv/firmware' },
          ),
        )}
      </p>
      {recipesIn(markdown).map(({ name, words, code }) => (
        <div key={name} class="stack">
          <h3>{name}</h3>
          {words.slice(0, 1).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          <pre class="mono">{code}</pre>
          <CopyButton
            text={code}
            label={said(text('options_copy_recipe', 'Copy the recipe for {name}', { name }))}
          />
          {words.slice(1).map((paragraph) => (
            <p key={paragraph} class="hint">
              {paragraph}
            </p>
          ))}
        </div>
      ))}
    </section>
  );
}
