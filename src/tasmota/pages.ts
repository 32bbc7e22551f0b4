import * as v from 'valibot';
import { jsonOf } from './json.ts';
import { words } from './words.ts';

/** The title of a web page, or null. */
export function titleOf(page: string): string | null {
  return words(/<title\b[^>]{0,200}>([^<]*)/i.exec(page)?.[1] ?? '');
}

/** Whether this is a page of Tasmota: the line at its foot names Tasmota and its author, in every language. */
export function isTasmotaPage(page: string): boolean {
  return page.includes('asmota') && page.includes('Theo Arends');
}

/** Whether this is the page on which Tasmota, as an access point, asks for a Wi-Fi network. */
export function isTasmotaSetup(page: string): boolean {
  return /<form method='get' action='wi'>/.test(page);
}

/**
 * Whether this is the page of ESPHome's web server: version 1 refers to its documentation, 2 and 3 have the
 * element `esp-app`, which stands behind 220,000 bytes of script when version 3 serves its script itself.
 */
export function isEsphomePage(page: string): boolean {
  return /<esp-app[\s>]/.test(page) || page.includes('esphome.io/web-api');
}

/**
 * Whether this is ESPHome's captive portal: it sends the Wi-Fi to `/wifisave`, and its rows of networks have a class
 * of their own, in the old form (2019) as in the one that reads `/config.json` (since 2021.12).
 */
export function isEsphomePortal(page: string): boolean {
  return /\baction=["']?\/wifisave\b/.test(page) && page.includes('network-left');
}

/** The first event of `/events` carries the configuration of ESPHome's web server. `ota` is in all versions. */
const eventSchema = v.object({ title: v.string(), ota: v.boolean() });

/** `/config.json` of ESPHome's captive portal; `mac` is in it too, and left there. */
const portalSchema = v.object({ name: v.string(), aps: v.array(v.unknown()) });

/** The name of the device by the start of `/events`; undefined where it is not ESPHome's. */
export function nameInEvents(events: string): string | null | undefined {
  for (const [, data = ''] of events.matchAll(/^data: ?(\{.*)$/gm)) {
    const parsed = v.safeParse(eventSchema, jsonOf(data));
    if (parsed.success) return words(parsed.output.title);
  }
  return undefined;
}

/** The name of the device by `/config.json`; undefined where it is not ESPHome's. */
export function nameInPortal(body: string): string | null | undefined {
  const parsed = v.safeParse(portalSchema, jsonOf(body));
  return parsed.success ? words(parsed.output.name) : undefined;
}
