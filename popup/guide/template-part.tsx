import { useSignal } from '@preact/signals';
import { text } from '../../src/core/text.ts';
import { templateFor, templates } from '../../src/pairing/afterwards/templates.ts';
import type { ModelId } from '../../src/pairing/device-row.ts';
import { deviceRow } from '../../src/pairing/devices.ts';
import { CopyButton } from '../../src/ui/copy-button.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import styles from './guide.module.css';
import { Sources } from './sources.tsx';

const models: readonly ModelId[] = templates.flatMap((template) => template.models);

/** The template of a model, to be copied. */
export function TemplatePart() {
  const chosen = useSignal<ModelId | null>(null);
  const template = chosen.value === null ? null : templateFor(chosen.value);
  return (
    <section class={styles.part}>
      <label for="template-model">
        <Said text={text('guide_template_model', 'Name on the device')} />
      </label>
      <select
        id="template-model"
        value={chosen.value ?? ''}
        onChange={({ currentTarget }) => {
          chosen.value = models.find((id) => id === currentTarget.value) ?? null;
        }}
      >
        <option value="">{said(text('guide_template_choose', 'Choose a model'))}</option>
        {models.map((id) => (
          <option key={id} value={id}>
            {deviceRow(id).name}
          </option>
        ))}
      </select>
      {template !== null && chosen.value !== null && (
        <>
          <pre class="mono">{template.json}</pre>
          <CopyButton
            text={template.json}
            label={said(
              text('guide_template_copy', 'Copy the template of {model}', {
                model: deviceRow(chosen.value).name,
              }),
            )}
          />
          <Sources sources={template.sources} />
        </>
      )}
    </section>
  );
}
