/** Raised whenever a message changes so that the other side would misunderstand it. */
export const protocolVersion = 1;

/** The name under which browsers know the local mirror: lower case, digits, dots and underscores only. */
export const hostName = 'sonoff_diy_flasher.local_mirror';

/** Bytes of an image in one message; as base64 they are 87,384 characters. */
export const pieceBytes = 65_536;

/** The longest message either way, in bytes of JSON. Chromium closes the port above 1 MiB from the program. */
export const maxMessageBytes = 1_000_000;

/** Most bytes of an image that are handed over: no device in DIY mode has more flash. What fits is judged later. */
export const maxHandedOverBytes = 1_048_576;
