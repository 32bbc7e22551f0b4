import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildImage } from '../../images/esp8266-image.ts';
import { esphomeSite } from '../../simulator/esphome-web.ts';
import { otherSite } from '../../simulator/other-web.ts';
import { tasmotaSite } from '../../simulator/tasmota-web.ts';
import { WebPort, type WebSite } from '../../simulator/web-port.ts';
import { aDevice, aMirror, digestOf, flashBody, say, sayRaw } from './desk.ts';

async function opened(site: WebSite) {
  const port = new WebPort(site);
  const listening = await port.open();
  onTestFinished(() => port.close());
  const ask = (target: string, headers: readonly string[] = ['Host: 192.168.1.104']) =>
    sayRaw(listening, `GET ${target} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
  return { ask, listening, heard: port.heard };
}

const basic = `Authorization: Basic ${Buffer.from('admin:secret').toString('base64')}`;
const byName = ['Host: tasmota.test'];

describe('Tasmota on port 80', () => {
  it('writes its answers as the source has them', async () => {
    const { ask } = await opened(tasmotaSite());
    const { head, body, ended } = await ask('/cm?cmnd=Status%200');
    expect(head.split('\r\n')).toEqual([
      'HTTP/1.1 200 OK',
      'Content-Type: application/json',
      'Server: Tasmota/15.1.0 (ESP8285N08)',
      'Cache-Control: no-cache, no-store, must-revalidate',
      'Pragma: no-cache',
      'Expires: -1',
      'Accept-Ranges: none',
      'Transfer-Encoding: chunked',
      'Connection: close',
    ]);
    expect(body).toMatch(/^1f4\r\n\{"Status":\{"Module":1,/);
    expect(body.endsWith('}\r\n0\r\n\r\n')).toBe(true);
    expect(ended).toBe('closed');
  });

  it('has the pages of a device in its network, and no others', async () => {
    const { ask } = await opened(tasmotaSite());
    expect((await ask('/')).body).toContain('<title>Tasmota Main Menu</title>');
    expect((await ask('/zeroconf/info')).head).toContain('404 Not Found');
    expect((await ask('/cm?cmnd=Nonsense')).body).toContain('{"Command":"Unknown"}');
    expect((await ask('/cm')).body).toContain('{"WARNING":"Enter command cmnd="}');
  });

  it('asks for the password: the page by the core, the command by itself', async () => {
    const { ask } = await opened(tasmotaSite({ password: 'secret' }));
    const page = await ask('/');
    expect(page.head).toContain('WWW-Authenticate: Basic realm="Login Required"');
    expect(page.head).not.toContain('Server:');
    const command = await ask('/cm?cmnd=Status%200');
    expect(command.head).toContain('401 Unauthorized');
    expect(command.head).toContain('Server: Tasmota/15.1.0');
    expect(command.body).toContain('{"WARNING":"Need user=<username>&password=<password>"}');
    expect((await ask('/cm?user=admin&password=secret&cmnd=Status0')).head).toContain('200 OK');
    expect((await ask('/', ['Host: 192.168.1.104', basic])).head).toContain('200 OK');
  });

  it('hangs up on commands that are switched off, except those of its own pages', async () => {
    const { ask } = await opened(tasmotaSite({ httpApi: false }));
    expect(await ask('/cm?cmnd=Status%200')).toMatchObject({ raw: '', ended: 'closed' });
    const own = ['Host: 192.168.1.104', 'Referer: http://192.168.1.104/cs'];
    expect((await ask('/cm?cmnd=Status%200', own)).head).toContain('200 OK');
  });

  it('as an access point sends names to its address, and answers the command under any', async () => {
    const { ask } = await opened(tasmotaSite({ wifiManager: true }));
    for (const target of ['/', '/generate_204']) {
      const { head } = await ask(target, byName);
      expect(head).toMatch(
        /^HTTP\/1.1 302 Found\r\nContent-Type: text\/plain\r\nLocation: http:\/\/192.168.4.1\r\n/,
      );
      expect(head).not.toContain('Server:');
    }
    expect((await ask('/')).body).toContain("<form method='get' action='wi'>");
    expect((await ask('/cm?cmnd=Status%200', byName)).body).toContain('"IPAddress":"0.0.0.0"');
  });

  it('serves one after the other: a search for networks keeps everybody waiting', async () => {
    const tasmota = tasmotaSite({ wifiManager: true, scanMs: 100 });
    const served: number[] = [];
    const answer: WebSite['answer'] = (request) => {
      served.push(performance.now());
      return tasmota.answer(request);
    };
    const { ask } = await opened({ ...tasmota, answer });
    await Promise.all([ask('/'), ask('/')]);
    const [first = 0, second = 0] = served;
    expect(second - first).toBeGreaterThan(95);
  });
});

describe('ESPHome on port 80', () => {
  it('writes its answers as the source has them, without a Server header', async () => {
    const { ask } = await opened(esphomeSite());
    const { head, body } = await ask('/');
    expect(head.split('\r\n')).toEqual([
      'HTTP/1.1 200 OK',
      `Content-Length: ${body.length}`,
      'Content-Type: text/html',
      'Access-Control-Allow-Origin: *',
      'Connection: close',
      'Accept-Ranges: none',
    ]);
    expect(body).toContain('<esp-app></esp-app>');
    expect((await ask('/cm?cmnd=Status%200')).head).toContain('404 Not Found');
  });

  it('serves a script of its own packed, and has its element at the very end', async () => {
    const { ask } = await opened(esphomeSite({ shows: 'v3-local' }));
    const { head, body } = await ask('/');
    expect(head).toContain('Content-Encoding: gzip');
    const page = gunzipSync(Buffer.from(body, 'latin1')).toString();
    expect(page.indexOf('esp-app')).toBeGreaterThan(200_000);
  });

  it('wants the password for everything it knows', async () => {
    const { ask } = await opened(esphomeSite({ locked: true }));
    expect((await ask('/')).head).toContain('WWW-Authenticate: Digest realm="asyncesp"');
    expect((await ask('/events')).head).toContain('401');
  });

  it.each([
    ['portal-2019', '404 Not Found', '302 Found'],
    ['portal-2021', '404 Not Found', '302 Found'],
    ['portal-2025', '200 OK', '200 OK'],
  ] as const)(
    '%s answers what it does not know with %s, and under a name with %s',
    async (shows, byIp, named) => {
      const { ask } = await opened(esphomeSite({ shows }));
      expect((await ask('/cm')).head).toContain(byIp);
      expect((await ask('/cm', byName)).head).toContain(named);
      expect((await ask('/', byName)).head).toContain('200 OK');
    },
  );
});

describe('other web servers', () => {
  it('have one answer for everybody', async () => {
    const { ask, heard } = await opened(otherSite('router-redirect'));
    expect((await ask('/cm?cmnd=Status%200')).raw).toBe((await ask('/')).raw);
    expect(heard.map(({ target }) => target)).toEqual(['/cm?cmnd=Status%200', '/']);
  });
});

describe('after the flash', () => {
  it.each([
    ['tasmota-lite', 'tasmota', '"Version":"15.1.0(release-lite)"'],
    ['esphome', 'booted', '<esp-app></esp-app>'],
  ] as const)('%s answers on its port once it has booted', async (flavour, state, says) => {
    const file = buildImage({ flavour, size: 400_000 });
    const mirror = await aMirror(file);
    const device = await aDevice({ unlocked: true, web: { port: 0, tasmota: { image: 'release-lite' } } });
    expect(device.newFirmware.port).toBeUndefined();
    await say(device, 'ota_flash', flashBody(mirror, digestOf(file)));
    await device.waitUntil(state);
    const target = state === 'tasmota' ? '/cm?cmnd=Status%200' : '/';
    const port = device.newFirmware.port ?? 0;
    const heard = await sayRaw(port, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    expect(heard.body.replaceAll(/\r\n1f4\r\n/g, '')).toContain(says);
    expect(device.newFirmware.heard).toHaveLength(1);
  });
});
