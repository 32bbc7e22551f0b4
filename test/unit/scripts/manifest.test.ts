import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { manifestFor, targets } from '../../../scripts/manifest.ts';
import { extensionIds } from '../../../src/native-messages/extension-ids.ts';

const chromium = manifestFor('chromium');
const firefox = manifestFor('firefox');

describe.each(targets)('the manifest for %s', (target) => {
  const text = JSON.stringify(manifestFor(target));

  it('asks for these permissions and no others', () => {
    expect(manifestFor(target)).toMatchObject({
      manifest_version: 3,
      permissions: ['storage', 'declarativeNetRequestWithHostAccess', 'webRequest'],
      optional_permissions: ['nativeMessaging', 'notifications'],
      optional_host_permissions: [
        'http://*/*',
        'https://github.com/*',
        'https://release-assets.githubusercontent.com/*',
        'https://objects.githubusercontent.com/*',
      ],
    });
    expect(text).not.toMatch(/content_scripts|web_accessible|externally_connectable/);
  });

  it('has a policy of its own: pages closed but for http, which is not turned into https', () => {
    const { extension_pages: policy } = JSON.parse(text).content_security_policy;
    expect(policy.split('; ').toSorted()).toEqual(
      [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self'",
        'connect-src http: https://api.github.com https://github.com https://release-assets.githubusercontent.com https://objects.githubusercontent.com',
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].toSorted(),
    );
    expect(policy).not.toContain('upgrade-insecure-requests');
  });
});

describe('what each browser gets of its own', () => {
  it('Chromium may ask every device on 8081, and nothing else there; its background is a worker', () => {
    expect(chromium).toMatchObject({
      host_permissions: ['http://sonoff-ota.aelius.com/*', 'http://*:8081/*'],
      background: { service_worker: 'background.js', type: 'module' },
    });
    expect(chromium).not.toHaveProperty('browser_specific_settings');
  });

  it('Firefox, which knows no ports in patterns, gets none; its background is a page', () => {
    expect(firefox).toMatchObject({
      host_permissions: ['http://sonoff-ota.aelius.com/*', 'https://dl.itead.cn/*'],
      background: { scripts: ['background.js'], type: 'module' },
      browser_specific_settings: { gecko: { data_collection_permissions: { required: ['none'] } } },
    });
    expect(JSON.stringify(firefox)).not.toMatch(/https?:\/\/[^"]*:\d/);
    expect(firefox).not.toHaveProperty('minimum_chrome_version');
  });
});

describe('the id in Chromium', () => {
  it('of the unpacked build is the one that the local mirror knows', () => {
    const { key } = JSON.parse(JSON.stringify(manifestFor('chromium', 'developer')));
    // The first 16 bytes of the digest of the key, a to p for 0 to f.
    const digits = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32);
    const id = [...digits].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('');
    expect(id).toBe(extensionIds.chromium.development);
  });

  it('is left to the store', () => {
    expect(manifestFor('chromium', 'store')).not.toHaveProperty('key');
    expect(manifestFor('firefox', 'developer')).not.toHaveProperty('key');
  });
});
