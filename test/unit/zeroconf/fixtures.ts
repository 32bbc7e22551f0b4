/** Replies in the shape and key order of published ones; ids, networks and radios are made up. */
export const replies = {
  // itead#34, fw 3.3.0
  v14: '{"seq":168,"error":0,"data":"{\\"switch\\":\\"off\\",\\"startup\\":\\"stay\\",\\"pulse\\":\\"off\\",\\"pulseWidth\\":500,\\"ssid\\":\\"sonoffDiy\\",\\"otaUnlock\\":false}"}',
  // protocol v1.4 §8
  v14Doc:
    '{"seq":2,"error":0,"data":{"switch":"on","startup":"stay","pulse":"on","pulseWidth":2000,"ssid":"eWeLink","otaUnlock":true}}',
  // njh README
  v350: '{"seq":2,"error":0,"data":{"switch":"off","startup":"off","pulse":"off","pulseWidth":500,"ssid":"attic","otaUnlock":false,"fwVersion":"3.5.0","deviceid":"1000abcdef","bssid":"02:00:00:00:00:01","signalStrength":-52}}',
  // itead#45
  v376: '{"seq":2,"error":0,"data":{"switch":"off","startup":"off","pulse":"off","pulseWidth":500,"ssid":"attic","otaUnlock":true,"fwVersion":"3.7.6","deviceid":"1000abcdef","bssid":"02:00:00:00:00:01","signalStrength":-54}}',
  // SonoffLAN#251
  d1: '{"seq":27,"error":0,"data":{"deviceid":"1000abcdef","switch":"off","startup":"on","brightness":100,"brightMin":0,"brightMax":255,"mode":0,"otaUnlock":true,"fwVersion":"3.5.0","ssid":"attic","bssid":"02:00:00:00:00:01","signalStrength":-71}}',
  // SonoffLAN test_diy_minir3
  minir3:
    '{"seq":3,"error":0,"data":{"switches":[{"switch":"on","outlet":0}],"fwVersion":"1.4.0","deviceid":"1001abcdef","signalStrength":-50}}',
} as const;

/** Success without data (njh README). */
export const accepted = { seq: 2, error: 0 } as const;

export const deviceid = '1000abcdef';
export const digest = 'a1'.repeat(32);
export const image = { downloadUrl: 'http://mirror.test/tasmota-lite.bin', sha256sum: digest } as const;
