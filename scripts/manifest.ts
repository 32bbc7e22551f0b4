import { readFileSync } from 'node:fs';
import * as v from 'valibot';

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
 * The top-level `manifest.json` with what `target` needs on top.
 *
 * Chromium knows ports in match patterns, so the device's 8081 is asked for at install and nothing else on
 * that host. Firefox does not: there the address is asked for in the click, and `https://dl.itead.cn/*` is
 * what its declarativeNetRequest wants before it sets `Host: dl.itead.cn` on a mirror check.
 */
export function manifestFor(target: Target, source = 'manifest.json') {
  const manifest = v.parse(manifestSchema, JSON.parse(readFileSync(source, 'utf8')));
  if (target === 'chromium') {
    return {
      ...manifest,
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
        id: 'sonoff-diy-flasher@sonoff-diy-flasher.example',
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  };
}
