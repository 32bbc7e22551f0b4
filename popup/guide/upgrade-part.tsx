import { useSignal } from '@preact/signals';
import { text } from '../../src/core/text.ts';
import { upgradePath } from '../../src/pairing/afterwards/upgrade-path.ts';
import { CopyButton } from '../../src/ui/copy-button.tsx';
import { Field } from '../../src/ui/field.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import styles from './guide.module.css';

/**
 * The addresses on the way from a version of Tasmota to the full build of today.
 *
 * @param from the version that was flashed, where it is known
 */
export function UpgradePart({ from }: { readonly from: string | null }) {
  const version = useSignal(from ?? '');
  const typed = version.value.trim();
  const path = upgradePath(typed);
  return (
    <section class={styles.part}>
      <Field
        id="upgrade-from"
        label={said(text('guide_upgrade_from', 'Version of Tasmota that runs now'))}
        placeholder="8.5.1"
        value={version.value}
        onText={(words) => {
          version.value = words;
        }}
        hint={said(text('guide_upgrade_where', 'Its page shows it at the bottom.'))}
      />
      {path === null && typed !== '' && (
        <p class="note" role="status">
          <Said
            text={text(
              'guide_upgrade_unknown',
              'No way from this version is known here. Read the page about upgrading in the guide of Tasmota.',
            )}
          />
        </p>
      )}
      {path !== null && (
        <ol class={styles.actions} aria-label={said(text('guide_upgrade_way', 'The way'))}>
          {path.map(({ version: stop, url }) => (
            <li key={url}>
              <p>
                {stop === null ? (
                  <Said text={text('guide_upgrade_today', 'The full build of today')} />
                ) : (
                  <Said text={text('guide_upgrade_stop', 'Tasmota {version}', { version: stop })} />
                )}
              </p>
              <CopyButton
                text={`OtaUrl ${url}`}
                label={said(text('guide_copy', 'Copy {what}', { what: `OtaUrl ${url}` }))}
              />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
