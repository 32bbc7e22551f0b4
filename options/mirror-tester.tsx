import { useSignal } from '@preact/signals';
import { requestMirrorTest } from '../src/browser/permissions.ts';
import { failed, type Result } from '../src/core/result.ts';
import { type Text, text } from '../src/core/text.ts';
import type { Mirror } from '../src/mirror/url/catalogue.ts';
import { type DownloadUrl, resolveFirmware, type UrlFailure } from '../src/mirror/url/url-rules.ts';
import { failureWords } from '../src/ui/failure-words.ts';
import { Field } from '../src/ui/field.tsx';
import { Said, said } from '../src/ui/said.tsx';
import { MirrorTestResult } from './mirror-test-result.tsx';
import type { OptionsStore } from './store.ts';

const hidden = { name: (words: string) => <span class="visually-hidden">{words}</span> };

/** Tests one mirror with one file, as a device would ask for it. */
export function MirrorTester({ store, mirror }: { readonly store: OptionsStore; readonly mirror: Mirror }) {
  const typed = useSignal<string | null>(null);
  const refusal = useSignal<Text | null>(null);
  const { defaultFirmware } = store.read.value.settings;
  const usual = mirror.files[0] ?? (/[:/]/.test(defaultFirmware) ? 'tasmota-lite.bin' : defaultFirmware);
  const file = typed.value ?? usual;
  const url = onMirror(file, mirror);
  const test = url.ok ? store.tests.value[url.value.href] : undefined;
  const working = test?.image.state === 'working' || test?.mirror.state === 'working';

  const run = (event: Event) => {
    event.preventDefault();
    if (!url.ok || working) return;
    const { href } = url.value;
    // Before anything is awaited: a browser shows its question only in the click itself. The background waits
    // for the answer by itself, since it hears of every permission.
    void requestMirrorTest(href, store.lacksHostOverride.value).catch(() => {});
    void store.command({ command: 'test-mirror', url: href }).then((reason) => {
      refusal.value = reason;
    });
  };

  return (
    <>
      <form class="stack" onSubmit={run} noValidate>
        <Field
          id={`test-file-${mirror.id}`}
          label={said(text('options_file_to_test', 'File to test on {name}', { name: mirror.name }))}
          value={file}
          onText={(changed) => {
            typed.value = changed;
          }}
          error={url.ok ? null : failureWords(url.failure)}
        />
        <div class="row">
          <button type="submit" class="primary" disabled={!url.ok || working}>
            <Said text={text('options_test', 'Test {name}', { name: mirror.name })} marked={hidden} />
          </button>
          {working && url.ok && (
            <button
              type="button"
              onClick={() => store.command({ command: 'stop-mirror-test', url: url.value.href })}
            >
              {said(text('options_cancel', 'Cancel'))}
              <span class="visually-hidden">
                {' '}
                {said(text('options_cancel_test', 'the test of {name}', { name: mirror.name }))}
              </span>
            </button>
          )}
        </div>
      </form>
      {refusal.value !== null && (
        <p class="note bad" role="alert">
          {said(refusal.value)}
        </p>
      )}
      {url.ok && <MirrorTestResult name={mirror.name} file={url.value.file} test={test ?? null} />}
    </>
  );
}

/** The address of `file` on `mirror` itself: a whole address elsewhere would test something else. */
function onMirror(file: string, { base }: Mirror): Result<DownloadUrl, UrlFailure> {
  const url = resolveFirmware(file, base);
  if (!url.ok || url.value.href.startsWith(base)) return url;
  return failed({
    kind: 'outside',
    sentence: text('options_other_mirror', 'This address is not on this mirror.'),
    action: text('options_other_mirror_do', 'Type the name of a file on it, or add the other mirror.'),
  });
}
