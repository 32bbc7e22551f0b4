/** What the network that a device opens is called; its ID follows (protocol v2.0; SonOTA). */
export const accessPointPrefix = 'ITEAD-';

/** The password of that network (protocol v2.0). */
export const accessPointPassword = '12345678';

/** The page on which a device in that network is told about yours (protocol v2.0). */
export const devicePage = 'http://10.10.7.1';

/** What to give a computer by hand that gets no address in that network (tasmota/docs Sonoff-DIY). */
export const ownAddress = { address: '10.10.7.2', mask: '255.0.0.0', router: '10.10.7.1' } as const;

/** The network that a device with the OTA jumper looks for; capitals matter (tasmota/docs Sonoff-DIY; protocol v1.4). */
export const jumperNetwork = { name: 'sonoffDiy', password: '20170618sn' } as const;

/** How the device is called in the network by mDNS; its ID follows (protocol v1.4). */
export const localName = 'eWeLink_';

/** Where Tasmota and ESPHome have the page on which Wi-Fi is set up (tasmota/docs Getting-Started). */
export const setupPage = 'http://192.168.4.1';
