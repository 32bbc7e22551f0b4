import { describe, expect, it } from 'vitest';
import { type EsphomeWebOptions, esphomeSite } from '../../simulator/esphome-web.ts';
import { otherSite } from '../../simulator/other-web.ts';
import { tasmotaSite } from '../../simulator/tasmota-web.ts';
import type { WebSite } from '../../simulator/web-port.ts';
import { lookAtSite, wordsOf } from './desk.ts';

const command = 'GET /cm?cmnd=Status%200';

describe('a Tasmota', () => {
  it('is known by one request, with what it says about itself', async () => {
    const { found, asked } = await lookAtSite(tasmotaSite({ image: 'release-lite' }));
    expect(found).toMatchObject({
      kind: 'tasmota',
      state: 'running',
      version: '15.1.0',
      variant: 'lite',
      built: '2025-10-11T13:05:13',
      module: 1,
      deviceName: 'Tasmota',
      hostname: 'tasmota-A1B2C3-0707',
    });
    expect(wordsOf(found)).toBe('Tasmota 15.1.0 (lite) runs at 192.168.1.104.');
    expect(asked).toEqual([command]);
  });

  it('is asked quietly: no cookies, no referrer, no cache, and no redirect is followed', async () => {
    const { sent } = await lookAtSite(tasmotaSite());
    expect(sent[0]).toMatchObject({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'manual',
    });
  });

  it('does not leave its Mac or the name of its Wi-Fi in the finding', async () => {
    const { found } = await lookAtSite(tasmotaSite());
    expect(JSON.stringify(found)).not.toMatch(/02:00:5E|simulated/i);
  });

  it.each(['192.168.4.1', 'tasmota.test'])(
    'is known as an access point at %s, without a search for networks',
    async (host) => {
      const { found, asked } = await lookAtSite(tasmotaSite({ wifiManager: true }), host);
      expect(found).toMatchObject({ kind: 'tasmota', state: 'setup', version: '15.1.0', variant: 'full' });
      expect(wordsOf(found)).toContain('does not know your Wi-Fi yet');
      expect(asked).toEqual([command]);
    },
  );

  it('is known by its page and header where its commands are switched off', async () => {
    const { found, asked } = await lookAtSite(tasmotaSite({ httpApi: false }));
    expect(found).toMatchObject({ kind: 'tasmota', state: 'running', version: '15.1.0', variant: null });
    expect(wordsOf(found)).toBe('Tasmota 15.1.0 runs at 192.168.1.104.');
    expect(asked).toEqual([command, 'GET /']);
  });

  it.each([false, true])(
    'with a password is known by how it asks for it (access point: %s)',
    async (wifiManager) => {
      const { found } = await lookAtSite(tasmotaSite({ password: 'secret', wifiManager }));
      expect(found).toMatchObject({ kind: 'tasmota', state: 'locked', version: '15.1.0', hostname: null });
      expect(wordsOf(found)).toContain('A password keeps it from saying more');
    },
  );

  it('is locked in other words too', async () => {
    const { answer, ...site } = tasmotaSite({ password: 'secret' });
    const translated: WebSite['answer'] = (request) => {
      const given = answer(request);
      if (given === 'silence') return given;
      return {
        ...given,
        body: Buffer.from(String(Buffer.from(given.body)).replace('Need user', 'Usuario y')),
      };
    };
    const { found } = await lookAtSite({ ...site, answer: translated });
    expect(found).toMatchObject({ kind: 'tasmota', state: 'locked' });
  });

  it('with a password and without commands shows nothing of itself', async () => {
    const { found } = await lookAtSite(tasmotaSite({ password: 'secret', httpApi: false }));
    expect(found).toMatchObject({ kind: 'other', shows: 'password' });
  });

  it('is known as an access point by its page where the command says nothing', async () => {
    const site = tasmotaSite({ wifiManager: true, scanMs: 50 });
    const answer: WebSite['answer'] = (request) =>
      site.answer({ ...request, target: request.target.replace('Status%200', 'Nothing') });
    const { found } = await lookAtSite({ ...site, answer }, '192.168.4.1');
    expect(found).toMatchObject({ kind: 'tasmota', state: 'setup', version: '15.1.0' });
  });
});

describe('an ESPHome', () => {
  it.each<[NonNullable<EsphomeWebOptions['shows']>, 'running' | 'setup']>([
    ['v1', 'running'],
    ['v2', 'running'],
    ['v3', 'running'],
    ['v3-local', 'running'],
    ['portal-2019', 'setup'],
    ['portal-2021', 'setup'],
    ['portal-2025', 'setup'],
  ])('that shows %s is known, and by its name', async (shows, state) => {
    const { found } = await lookAtSite(
      esphomeSite({ shows }),
      state === 'setup' ? '192.168.4.1' : '192.168.1.9',
    );
    expect(found).toMatchObject({ kind: 'esphome', state, name: 'sonoff-basic' });
    expect(wordsOf(found)).toMatch(/^ESPHome \("sonoff-basic"\) runs at /);
  });

  it('goes by its friendly name where it has one', async () => {
    const { found, asked } = await lookAtSite(esphomeSite({ friendlyName: 'Lamp in the hall' }));
    expect(found).toMatchObject({ kind: 'esphome', name: 'Lamp in the hall' });
    expect(asked).toEqual([command, 'GET /', 'GET /events']);
  });

  it('behind a password cannot be told from others', async () => {
    const { found } = await lookAtSite(esphomeSite({ locked: true }));
    expect(found).toMatchObject({ kind: 'other', shows: 'password', server: null });
    expect(wordsOf(found)).toContain('asks for a password before it says what it is');
  });
});

describe('another web server', () => {
  it('is named by its title and its header', async () => {
    const { found, asked } = await lookAtSite(otherSite('router'));
    expect(found).toMatchObject({
      kind: 'other',
      shows: 'page',
      server: 'micro_httpd',
      title: 'HomeBox 7000',
    });
    expect(wordsOf(found)).toBe(
      'Another web server answers at 192.168.1.104: its page is called "HomeBox 7000", and it names itself "micro_httpd". Compare the address with the one that your router shows for the device.',
    );
    expect(asked).toEqual([command, 'GET /']);
  });

  it.each([
    ['router-password', 'password', '("httpd") asks for a password'],
    ['router-redirect', 'redirect', 'sends everybody on to another page'],
    ['nameless', 'page', 'does not say what it is'],
    ['endless', 'page', '"A hose"'],
  ] as const)('that is %s shows a %s', async (kind, shows, says) => {
    const { found } = await lookAtSite(otherSite(kind));
    expect(found).toMatchObject({ kind: 'other', shows });
    expect(wordsOf(found)).toContain(says);
  });
});
