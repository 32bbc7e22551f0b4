/** How a request can end without any reply. */
export type FaultKind =
  | 'refused'
  | 'reset'
  | 'empty-reply'
  | 'unreachable'
  | 'name-not-found'
  /** The browser does not say which of the above. */
  | 'no-connection'
  | 'time-out'
  /** This computer took another network, or slept, and its connection ended: that says nothing of the device. */
  | 'network-changed'
  | 'no-permission'
  /** The browser turned http into https, which no device speaks: nothing left. */
  | 'https-only'
  | 'cancelled';

/** How a reply can be of no use. */
export type ReplyFault = 'not-json' | 'html' | 'wrong-shape' | 'too-large' | 'http-status';

/** What an error code of the device means, by command. */
export type DeviceError =
  | 'malformed-request'
  | 'not-in-diy-mode'
  | 'command-refused'
  | 'wrong-deviceid'
  | 'invalid-parameters'
  | 'locked'
  | 'unlock-refused'
  | 'vendor-unreachable'
  | 'download-timed-out'
  | 'image-too-large'
  | 'download-failed'
  | 'digest-mismatch'
  | 'unknown-code';

/** Why talking to a device did not work. `bad-digest` and `bad-url` were stopped before the wire. */
export type ZeroconfFailureKind =
  | FaultKind
  | ReplyFault
  | DeviceError
  | 'deviceid-needed'
  | 'bad-digest'
  | 'bad-url';

/** What a failure means for the device. */
export type DeviceState = 'unchanged' | 'may-have-worked' | 'stopped-midway' | 'do-not-restart';
