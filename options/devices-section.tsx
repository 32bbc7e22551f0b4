import { useSignal } from '@preact/signals';
import { devicesItem, forgetDevice } from '../src/browser/device-memory.ts';
import { type Text, text } from '../src/core/text.ts';
import type { RememberedDevice } from '../src/settings/remembered-devices.ts';
import { Said, said } from '../src/ui/said.tsx';
import { moveFocus } from './focus.ts';
import { type News, NewsLine, noNews } from './news.tsx';
import styles from './options.module.css';
import type { OptionsStore } from './store.ts';

const title = text('options_devices', 'Remembered devices');

/** The devices that answered before, each to be forgotten. */
export function DevicesSection({ store }: { readonly store: OptionsStore }) {
  const devices = store.devices.value;
  const news = useSignal<News>(noNews);
  const done = (what: Text) => {
    news.value = { good: true, text: what };
    moveFocus('devices-title');
  };
  return (
    <section class="card" aria-labelledby="devices-title">
      <h2 id="devices-title" tabIndex={-1}>
        {said(title)}
      </h2>
      {devices.length === 0 && (
        <p class="hint">
          {said(text('options_no_devices', 'None. A device is remembered when it has answered to Info.'))}
        </p>
      )}
      {devices.length > 0 && (
        <>
          <ul class={styles.rows} aria-label={said(title)}>
            {devices.map(({ host, deviceid, fwVersion, seenAt }) => (
              <li key={host}>
                <div>
                  <strong>{host}</strong>
                  <p class="hint">{said(knownOf({ deviceid, fwVersion, seenAt }))}</p>
                </div>
                <button
                  type="button"
                  onClick={async () => {
                    await forgetDevice(host);
                    done(text('options_forgotten', '{host} is forgotten.', { host }));
                  }}
                >
                  <Said
                    text={text('options_forget', 'Forget {host}', { host })}
                    marked={{ host: (words) => <span class="visually-hidden">{words}</span> }}
                  />
                </button>
              </li>
            ))}
          </ul>
          <div>
            <button
              type="button"
              onClick={async () => {
                await devicesItem.remove();
                done(text('options_all_forgotten', 'All devices are forgotten.'));
              }}
            >
              {said(text('options_forget_all', 'Forget all devices'))}
            </button>
          </div>
        </>
      )}
      <NewsLine news={news.value} />
    </section>
  );
}

type Known = Pick<RememberedDevice, 'deviceid' | 'fwVersion' | 'seenAt'>;

/** What is remembered of a device. A stored time may be any number; the formatter throws at those that are no date. */
function knownOf({ deviceid, fwVersion, seenAt }: Known): Text {
  const seen = Number.isNaN(new Date(seenAt).getTime())
    ? text('options_seen_unknown', 'seen at a time unknown')
    : text('options_seen', 'seen on {time}', { time: { time: seenAt } });
  const firmware =
    fwVersion === null ? [] : [text('options_seen_firmware', 'firmware {version}', { version: fwVersion })];
  return [...(deviceid === null ? [] : [deviceid]), ...firmware].reduceRight<Text>(
    (rest, first) => text('options_seen_parts', '{first}, {rest}', { first, rest }),
    seen,
  );
}
