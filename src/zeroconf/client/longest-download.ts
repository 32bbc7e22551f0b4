/**
 * A device that has been told to flash may go on downloading for this long, whatever has been heard of it: its
 * downloader gives up after 180 s (iotgo_upgrade.c of the vendor). Texts say `words`, clocks count `ms`.
 */
export const longestDownload = { ms: 180_000, words: 'three minutes' } as const;
