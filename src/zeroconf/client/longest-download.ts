/**
 * A device that has been told to flash may go on downloading for this long, whatever has been heard of it: its
 * downloader gives up after 180 s (iotgo_upgrade.c of the vendor).
 */
export const longestDownload = { ms: 180_000 } as const;
