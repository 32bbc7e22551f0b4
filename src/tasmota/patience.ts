/** How long a look may take in all, in milliseconds. A Tasmota that searches for networks is deaf for three seconds. */
export const patience = 10_000;
