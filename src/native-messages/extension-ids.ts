/**
 * Who may speak with the local mirror: every id under which the extension is installed. Browsers compare them
 * exactly and know no wildcards. An id that a store has not given yet is null: one that is malformed would make
 * Chromium refuse the whole registration.
 */
export const extensionIds = {
  chromium: {
    /** The unpacked build, by the `key` in its manifest. */
    development: 'lfbepbhhlhfoldljaojlefadnchcfnio',
    chromeWebStore: null,
    edgeAddOns: null,
  },
  firefox: {
    /** Development and addons.mozilla.org alike. */
    everywhere: 'sonoff-diy-flasher@sonoff-diy-flasher.example',
  },
} as const satisfies Record<'chromium' | 'firefox', Record<string, string | null>>;

/** The ids of one family that there are. */
export function idsFor(family: keyof typeof extensionIds): string[] {
  return Object.values<string | null>(extensionIds[family]).filter((id) => id !== null);
}
