import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { extensionIds } from '../src/native-messages/extension-ids.ts';

/** The browsers that the extension is built for. */
export const targets = ['chromium', 'firefox'] as const;
export type Target = (typeof targets)[number];

const manifestSchema = v.looseObject({
  version: v.string(),
  description: v.string(),
  action: v.looseObject({}),
  host_permissions: v.array(v.string()),
});

/**
 * Who the package is for. Loaded unpacked, Chromium would derive the id from the folder; the key gives it the one id
 * that the local mirror knows. A store gives ids of its own and takes no key.
 */
export type Recipient = 'developer' | 'store';

/** A public key (2048 bits, RSA, DER); nobody has kept the private one, because nothing is signed with it. */
const developmentKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAkHe9LSR9jzRxclVZWsqP5EkvQAoby+iDavX75wn+x6N0gQGFVIMbZvKM7a/8dbH3' +
  'gU+LI6a/IbMWO8OVmEx46UKJK1mS0tPbHYBvs3F0EPfcGaNaiOSMyzGbBWPpMNheHQhJXj0bTepzmTD2TUtqPBzyZ+slFBDauyi/xgqZioyV' +
  'OZfvhhUmdReGpBLI2bV2ayYNEBgoAw2z2w4NBqJAmbXV6dIzpiCKA6v2JKl48DV6nAWlSBGdqvW95LnotqlW0CLYeWMcZsI52Z0XEIVNfIi4' +
  '9FLrw3qGgyI+KFp1vwG9+glBvib4dyH+L03AjJthIm7u/uhiZXkY+ufBI576RwIDAQAB';

/**
 * The top-level `manifest.json` with what `target` needs on top.
 *
 * Chromium knows ports in match patterns, so the device's 8081 is asked for at install and nothing else on
 * that host. Firefox does not: there the address is asked for in the click, and `https://dl.itead.cn/*` is
 * what its declarativeNetRequest wants before it sets `Host: dl.itead.cn` on a mirror check.
 */
export function manifestFor(target: Target, recipient: Recipient = 'store', source = 'manifest.json') {
  const manifest = v.parse(manifestSchema, JSON.parse(readFileSync(source, 'utf8')));
  if (target === 'chromium') {
    return {
      ...manifest,
      ...(recipient === 'developer' ? { key: developmentKey } : {}),
      minimum_chrome_version: '124',
      host_permissions: [...manifest.host_permissions, 'http://*:8081/*'],
      background: { service_worker: 'background.js', type: 'module' },
    };
  }
  return {
    ...manifest,
    action: {
      ...manifest.action,
      theme_icons: [16, 32].map((size) => ({
        // Firefox calls the icon for a light theme's dark text "light" and the other way round.
        light: `icons/icon-on-dark-${size}.png`,
        dark: `icons/icon-${size}.png`,
        size,
      })),
    },
    host_permissions: [...manifest.host_permissions, 'https://dl.itead.cn/*'],
    background: { scripts: ['background.js'], type: 'module' },
    browser_specific_settings: {
      gecko: {
        id: extensionIds.firefox.everywhere,
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  };
}
