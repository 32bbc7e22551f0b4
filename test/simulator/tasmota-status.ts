interface StatusParts {
  readonly version: string;
  readonly image: string;
  readonly hardware: string;
  readonly module: number;
  readonly deviceName: string;
  readonly hostname: string;
  readonly address: string;
  readonly wifiManager: boolean;
}

/**
 * What `Status 0` answers over HTTP: the parts of all its messages in one object. Keys, order and kinds of values as
 * in a capture of 15.1.0 (an ESP32) and in support_command.ino for the ESP8266; ids and names are made up.
 */
export function statusZero(parts: StatusParts): string {
  const { version, image, hardware, module, deviceName, hostname, wifiManager } = parts;
  const address = wifiManager ? '0.0.0.0' : parts.address;
  const gateway = wifiManager ? '0.0.0.0' : '192.168.1.1';
  const ssid = wifiManager ? '' : 'simulated';
  return JSON.stringify({
    Status: {
      Module: module,
      DeviceName: deviceName,
      FriendlyName: [deviceName],
      Topic: 'tasmota_A1B2C3',
      ButtonTopic: '0',
      Power: '0',
      PowerLock: '0',
      PowerOnState: 3,
      LedState: 1,
      LedMask: 'FFFF',
      SaveData: 1,
      SaveState: 1,
      SwitchTopic: '0',
      SwitchMode: Array.from({ length: 28 }, () => 0),
      ButtonRetain: 0,
      SwitchRetain: 0,
      SensorRetain: 0,
      PowerRetain: 0,
      InfoRetain: 0,
      StateRetain: 0,
      StatusRetain: 0,
    },
    StatusPRM: {
      Baudrate: 115200,
      SerialConfig: '8N1',
      GroupTopic: 'tasmotas',
      OtaUrl: 'http://ota.tasmota.com/tasmota/release/tasmota.bin.gz',
      RestartReason: 'Software/System restart',
      Uptime: '0T00:01:12',
      StartupUTC: '2025-11-21T13:44:37',
      Sleep: 50,
      CfgHolder: 4617,
      BootCount: 2,
      BCResetTime: '2025-11-18T15:38:13',
      SaveCount: 9,
      SaveAddress: 'F9000',
    },
    StatusFWR: {
      Version: `${version}(${image})`,
      BuildDateTime: '2025-10-11T13:05:13',
      Boot: 31,
      Core: '2_7_8',
      SDK: '2.2.2-dev(38a443e)',
      CpuFrequency: 80,
      Hardware: hardware,
      CR: '431/699',
    },
    StatusLOG: {
      SerialLog: 2,
      WebLog: 2,
      MqttLog: 0,
      SysLog: 0,
      LogHost: '',
      LogPort: 514,
      SSId: [ssid, ''],
      TelePeriod: 300,
      Resolution: '558180C0',
      SetOption: ['00008009', '2805C80001000600003C5A0A192800000000', '00000080', '00006000', '00004000'],
    },
    StatusMEM: {
      ProgramSize: 650,
      Free: 352,
      Heap: 24,
      ProgramFlashSize: 1024,
      FlashSize: 1024,
      FlashChipId: '144051',
      FlashFrequency: 40,
      FlashMode: 'DOUT',
      Features: ['0809', '9F9AD7DF', '0015A001', 'B7F7BFCF', '05DA9BC4', 'E0360DC7', '480840D2', '20200000'],
      Drivers: '1,2,!3,!4,!5,!6,7,!8,9,10,12,!16,!18,!19,!20,!21,!22,!24,26,!27,29,!30,!35,!37,!45,62,!68',
      Sensors: '1,2,3,5,6,7,8,9,10,11,12,13,14,15,17,18,19,20,21,22,26,31,34,37,39,40,42,43,45,51,52,55',
    },
    StatusNET: {
      Hostname: hostname,
      IPAddress: address,
      Gateway: gateway,
      Subnetmask: '255.255.255.0',
      DNSServer1: gateway,
      DNSServer2: '0.0.0.0',
      Mac: '02:00:5E:A1:B2:C3',
      Webserver: 2,
      HTTP_API: 1,
      WifiConfig: 4,
      WifiPower: 17.0,
    },
    StatusTIM: {
      UTC: '2025-11-22T21:09:49Z',
      Local: '2025-11-22T22:09:49',
      StartDST: '2025-03-30T02:00:00',
      EndDST: '2025-10-26T03:00:00',
      Timezone: '+01:00',
      Sunrise: '08:10',
      Sunset: '17:01',
    },
    StatusSNS: { Time: '2025-11-22T22:09:49' },
    StatusSTS: {
      Time: '2025-11-22T22:09:49',
      Uptime: '0T00:01:12',
      UptimeSec: 72,
      Heap: 24,
      SleepMode: 'Dynamic',
      Sleep: 50,
      LoadAvg: 19,
      MqttCount: 0,
      POWER: 'OFF',
      ...(wifiManager ? {} : { Wifi: { AP: 1, SSId: ssid, BSSId: '02:00:5E:10:20:30', Channel: 11 } }),
      Hostname: hostname,
      IPAddress: address,
    },
  });
}
