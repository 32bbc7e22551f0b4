import { describe, expect, it } from 'vitest';
import { readServer, readStatus } from '../../../src/tasmota/status.ts';

/** 15.1.0 on an ESP32, as captured; ids, names and addresses are made up, and long lists are cut. */
const captured15 =
  '{"Status":{"Module":0,"DeviceName":"bath","FriendlyName":["bath"],"Topic":"tasmota_A1B2C3","ButtonTopic":"0","Power":"0","PowerLock":"0","PowerOnState":3,"LedState":1,"LedMask":"FFFF","SaveData":1,"SaveState":1,"SwitchTopic":"0","SwitchMode":[0,0,0],"ButtonRetain":0},"StatusPRM":{"Baudrate":115200,"SerialConfig":"8N1","GroupTopic":"tasmotas","RestartReason":"Software reset CPU","Uptime":"1T07:25:12","BootCount":12,"SaveCount":45},"StatusFWR":{"Version":"15.1.0(release-tasmota32)","BuildDateTime":"2025-10-11T13:05:13","Core":"3_3_0","SDK":"5.3.4.250826","CpuFrequency":160,"Hardware":"ESP32-PICO-D4 v1.1","CR":"431/699"},"StatusLOG":{"SerialLog":2,"SSId":["simulated",""],"SetOption":["00008009"]},"StatusNET":{"Hostname":"tasmota-A1B2C3-0707","IPAddress":"192.168.56.210","Gateway":"192.168.56.1","Subnetmask":"255.255.255.0","DNSServer1":"192.168.56.1","DNSServer2":"fd00::1","Mac":"02:00:5E:A1:B2:C3","IP6Global":"","IP6Local":"fe80::1%st2","Ethernet":{"Hostname":"","IPAddress":"0.0.0.0","Mac":"00:00:00:00:00:00"},"Webserver":2,"HTTP_API":1,"WifiConfig":4,"WifiPower":16.0},"StatusSTS":{"Time":"2025-11-22T22:09:49","POWER":"OFF","Hostname":"tasmota-A1B2C3-0707","IPAddress":"192.168.56.210"}}';

/** 6.4.1, as its console wrote it in 2019. */
const captured6 =
  '{"Status":{"Module":8,"FriendlyName":["sonoff-003"],"Topic":"sonoff-003","ButtonTopic":"0","Power":0,"PowerOnState":3,"LedState":1,"SaveData":1,"SaveState":1,"SwitchTopic":"0","SwitchMode":[0,0,0,0,0,0,0,0],"ButtonRetain":0,"SwitchRetain":0,"SensorRetain":0,"PowerRetain":0},"StatusFWR":{"Version":"6.4.1(sonoff)","BuildDateTime":"2019-01-24T17:02:36","Boot":6,"Core":"2_5_0_BETA2","SDK":"3.0.0-dev(c0f7b44)"},"StatusNET":{"Hostname":"sonoff-003-4544","IPAddress":"192.168.1.9"}}';

/** The example of the documentation, 5.12.0a. */
const documented =
  '{"Status":{"Module":1,"FriendlyName":"XXX","Topic":"sonoff","ButtonTopic":"0","Power":0},"StatusFWR":{"Version":"5.12.0a","BuildDateTime":"2018.02.11 16:15:40","Boot":31,"Core":"2_4_0","SDK":"2.1.0(deb1901)"},"StatusNET":{"Hostname":"XXX","IPAddress":"192.168.178.XX","Mac":"2C:3A:E8:XX:XX:XX"}}';

describe('Status 0', () => {
  it.each([
    [captured15, { version: '15.1.0', variant: 'tasmota32', module: 0, deviceName: 'bath' }],
    [captured6, { version: '6.4.1', variant: 'full', module: 8, deviceName: null }],
    [documented, { version: '5.12.0a', variant: null, module: 1, hostname: 'XXX' }],
  ])('is read as captured: %.30s', (body, details) => {
    expect(readStatus(body)).toEqual({
      details: expect.objectContaining({ ...details, hasNoNetwork: false }),
    });
  });

  it('knows an access point by its having no address, whatever an Ethernet that is not there says', () => {
    const body = captured15.replace(
      '"IPAddress":"192.168.56.210","Gateway"',
      '"IPAddress":"0.0.0.0","Gateway"',
    );
    expect(readStatus(body)).toMatchObject({ details: { hasNoNetwork: true } });
    expect(readStatus(captured15)).toMatchObject({ details: { hasNoNetwork: false } });
  });

  it.each([
    ['15.1.0(release-lite)', '15.1.0', 'lite'],
    ['15.1.0.2(85cff52-tasmota)', '15.1.0.2', 'full'],
    ['9.2.0(tasmota)', '9.2.0', 'full'],
    ['8.5.0(minimal)', '8.5.0', 'minimal'],
    ['12.0.0', '12.0.0', null],
    ['(tasmota)', null, 'full'],
    ['\u202e 1.2\u0007.3 ()', '1.2 .3', null],
  ])('reads the version %j as %j, %j', (Version, version, variant) => {
    const body = JSON.stringify({ StatusFWR: { Version } });
    expect(readStatus(body)).toMatchObject({ details: { version, variant } });
  });

  it('takes what is there when parts are missing or strange', () => {
    const body =
      '{"Status":{"Module":"one","DeviceName":7},"StatusFWR":{"Version":"15.1.0(lite)"},"StatusNET":[]}';
    expect(readStatus(body)).toMatchObject({
      details: { version: '15.1.0', module: null, deviceName: null, hostname: null },
    });
  });

  it('cuts names that nobody would read to the end', () => {
    const body = JSON.stringify({ Status: { DeviceName: 'x'.repeat(5_000) } });
    expect(readStatus(body)).toMatchObject({ details: { deviceName: `${'x'.repeat(80)}…` } });
  });

  it.each([
    '',
    '{',
    '[]',
    'null',
    '42',
    '{}',
    '{"Command":"Unknown"}',
    '{"WARNING":"Enter command cmnd="}',
    '<html>',
  ])('is not %j', (body) => {
    expect(readStatus(body)).toBeNull();
  });

  it('may be locked', () => {
    expect(readStatus('{"WARNING":"Need user=<username>&password=<password>"}')).toBe('locked');
  });
});

describe('the Server header', () => {
  it.each([
    ['Tasmota/15.1.0 (ESP8285N08)', '15.1.0'],
    ['Tasmota/6.7.1 (ESP8266EX)', '6.7.1'],
    ['Tasmota/15.1.0.3 (ESP32-PICO-D4', '15.1.0.3'],
  ])('%j names Tasmota %s', (server, version) => {
    expect(readServer(server)).toMatchObject({ version });
  });

  it.each(['', 'Tasmota', 'nginx', 'not Tasmota/1', 'Tasmotable/2'])('%j does not', (server) => {
    expect(readServer(server)).toBeNull();
  });
});
