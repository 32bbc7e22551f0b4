import { useSignal } from '@preact/signals';
import { devicesItem, forgetDevice } from '../src/browser/device-memory.ts';
import { moveFocus } from './focus.ts';
import { type News, NewsLine, noNews } from './news.tsx';
import type { OptionsStore } from './store.ts';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** The devices that answered before, each to be forgotten. */
export function DevicesSection({ store }: { readonly store: OptionsStore }) {
  const devices = store.devices.value;
  const news = useSignal<News>(noNews);
  const done = (text: string) => {
    news.value = { good: true, text };
    moveFocus('devices-title');
  };
  return (
    <section class="card" aria-labelledby="devices-title">
      <h2 id="devices-title" tabIndex={-1}>
        Remembered devices
      </h2>
      {devices.length === 0 && <p class="hint">None. A device is remembered when it has answered to Info.</p>}
      {devices.length > 0 && (
        <>
          <ul class="rows" aria-label="Remembered devices">
            {devices.map(({ host, deviceid, fwVersion, seenAt }) => (
              <li key={host}>
                <div>
                  <strong>{host}</strong>
                  <p class="hint">
                    {[
                      deviceid,
                      fwVersion === null ? null : `firmware ${fwVersion}`,
                      `seen ${dayText(seenAt)}`,
                    ]
                      .filter((part) => part !== null)
                      .join(', ')}
                  </p>
                </div>
                <button
                  type="button"
                  onClick={async () => {
                    await forgetDevice(host);
                    done(`${host} is forgotten.`);
                  }}
                >
                  Forget<span class="visually-hidden"> {host}</span>
                </button>
              </li>
            ))}
          </ul>
          <div>
            <button
              type="button"
              onClick={async () => {
                await devicesItem.remove();
                done('All devices are forgotten.');
              }}
            >
              Forget all devices
            </button>
          </div>
        </>
      )}
      <NewsLine news={news.value} />
    </section>
  );
}

/** A stored time may be any number; the formatter throws at those that are no date. */
function dayText(at: number): string {
  return Number.isNaN(new Date(at).getTime()) ? 'at a time unknown' : `on ${day.format(at)}`;
}
