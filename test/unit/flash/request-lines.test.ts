import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import type { RequestEvent } from '../../../src/flash/journal/events.ts';
import { eventsOfExchange } from '../../../src/flash/journal/events-of.ts';
import { requestLine, type Shell } from '../../../src/flash/journal/request-lines.ts';
import { createZeroconfClient, type Exchange } from '../../../src/zeroconf/client/client.ts';
import { createHeldClock } from '../zeroconf/held-clock.ts';
import { parsePowershell } from './powershell.ts';
import { deviceid, setStage } from './stage.ts';

const run = promisify(execFile);
const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn('SKIPPED: curl is missing, so no curl line is executed. Install curl.');

const line = (request: RequestEvent, shell: Shell) => requestLine(request, shell, inEnglish);

function requestOf(part: Partial<RequestEvent>): RequestEvent {
  return {
    kind: 'request',
    at: 0,
    method: 'POST',
    url: 'http://192.168.1.104:8081/zeroconf/info',
    headers: { 'Content-Type': 'application/json' },
    body: '{"data":{}}',
    attempt: 1,
    ...part,
  };
}

/** Every command that the client has, as it sent them to a device. */
async function everyRequest() {
  const stage = await setStage({ profile: '3.6.0', unlocked: true });
  const exchanges: Exchange[] = [];
  const client = createZeroconfClient(
    { host: stage.device.address, reach: 'private' },
    { fetch, clock: createHeldClock(), hear: (exchange) => exchanges.push(exchange), deviceid },
  );
  const { signal } = new AbortController();
  await client.info(signal);
  await client.signalStrength(signal);
  await client.switch('on', signal);
  await client.startup('stay', signal);
  await client.pulse({ pulse: 'on', pulseWidth: 1500 }, signal);
  await client.wifi({ ssid: 'attic', password: 'hunter22' }, signal);
  await client.otaUnlock(signal);
  await client.otaFlash({ downloadUrl: 'http://nas.test/a.bin', sha256sum: 'ab'.repeat(32) }, signal);
  const requests = exchanges.map((exchange) => eventsOfExchange(exchange, stage.device.address)[0]);
  return { stage, requests };
}

describe('a request as a curl line', () => {
  it.runIf(hasCurl)('does what the request did, sent to the simulated device', async () => {
    const { stage, requests } = await everyRequest();
    expect(requests.length).toBeGreaterThanOrEqual(8);
    const before = stage.device.heard.length;
    for (const request of requests) {
      const { stdout } = await run('sh', ['-c', line(request, 'curl')]);
      const isMarked = line(request, 'curl').startsWith('# ');
      expect(isMarked, request.url).toBe(/wifi|ota_flash/.test(request.url));
      if (!isMarked) expect(stdout).toMatch(/^HTTP\/1\.1 200.*"error":0/s);
    }
    const again = stage.device.heard.slice(before);
    const sent = requests.filter(({ url }) => !/wifi|ota_flash/.test(url));
    expect(again.map(({ method, command }) => [method, command])).toEqual(
      sent.map(({ url }) => ['POST', url.split('/').at(-1)]),
    );
    for (const [index, { body, headers }] of again.entries()) {
      const { deviceid: _, ...rest } = JSON.parse(sent[index]?.body ?? '');
      expect(body).toEqual(rest);
      expect(headers.get('content-type')).toBe('application/json');
    }
    // The client has flashed once; no line did.
    expect(stage.device.heard.filter(({ command }) => command === 'ota_flash')).toHaveLength(1);
  });

  it('keeps ota_flash, and what lacks its secret, from being sent', async () => {
    const flash = requestOf({
      url: 'http://192.168.1.104:8081/zeroconf/ota_flash',
      body: `{"deviceid":"${deviceid}","data":{"downloadUrl":"http://nas.test/a.bin"}}`,
    });
    expect(line(flash, 'curl')).toBe(
      `# Do not send this again: curl --include --globoff --noproxy '*' --request POST --header 'Content-Type: application/json' --data-raw '{"data":{"downloadUrl":"http://nas.test/a.bin"}}' --url 'http://192.168.1.104:8081/zeroconf/ota_flash'`,
    );
    expect(line(flash, 'powershell')).toMatch(/^# Do not send this again: Invoke-WebRequest /);
    for (const url of [`${flash.url}?x=1`, `${flash.url}#x`]) {
      expect(line({ ...flash, url }, 'curl')).toMatch(/^# Do not/);
    }
    const wifi = requestOf({ body: '{"data":{"ssid":"attic","password":"hunter22"}}' });
    expect(line(wifi, 'curl')).toMatch(/^# Fill in what is hidden first: .*"ssid":"…","password":"…"/);
    const named = requestOf({ url: 'http://eWeLink_1000a1b2c3.local:8081/zeroconf/info' });
    expect(line(named, 'curl')).toMatch(/^# Fill in what is hidden first:/);
  });

  it('comments out every line of a body that has several', () => {
    const flash = requestOf({ url: 'http://h:8081/zeroconf/ota_flash', body: 'a\nrm -rf x\r\nb\rc' });
    for (const shell of ['curl', 'powershell'] as const) {
      expect(
        line(flash, shell)
          .split(/[\r\n]+/)
          .every((part) => part.startsWith('# ')),
      ).toBe(true);
    }
  });

  it('hands every sign on as it is, through any sh', async () => {
    const bodies = fc.sample(fc.string({ unit: 'binary-ascii', minLength: 1 }), 200);
    const wanted = bodies.map((body) => body.replaceAll('\0', '0'));
    const lines = wanted.map((body) => line(requestOf({ body: `@ ${body}` }), 'curl'));
    const script = ['curl() { for last; do :; done; shift 8; printf "%s\\0%s\\0" "$2" "$last"; }', ...lines];
    const { stdout } = await run('sh', ['-c', script.join('\n')]);
    const got = stdout.split('\0').slice(0, -1);
    expect(got).toEqual(
      wanted.flatMap((body) => [
        bodyIn(line(requestOf({ body: `@ ${body}` }), 'powershell')),
        requestOf({}).url,
      ]),
    );
  });
});

/** The body that a line of PowerShell sends. */
function bodyIn(words: string): unknown {
  return parsePowershell(words).parameters.get('-Body');
}

describe('a request as a PowerShell line', () => {
  it('says what the client has sent', async () => {
    const { requests } = await everyRequest();
    for (const request of requests) {
      const { command, parameters } = parsePowershell(line(request, 'powershell').replace(/^# [^:]+: /, ''));
      expect(command).toBe('Invoke-WebRequest');
      const { deviceid: _, ...rest } = JSON.parse(request.body ?? '');
      expect(JSON.parse(String(parameters.get('-Body')))).toEqual(rest);
      expect(parameters.get('-Uri')).toBe(request.url);
      expect(parameters.get('-Method')).toBe('Post');
      expect(parameters.get('-ContentType')).toBe('application/json');
    }
  });

  it('keeps JSON as it is in letters that every console sends alike', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom<Shell>('curl', 'powershell'),
        (name, shell) => {
          const body = JSON.stringify({ data: { name: `ü’ ${name}` } });
          const words = line(requestOf({ body }), shell);
          if (words.startsWith('#')) return;
          expect(words).toMatch(/^[\x20-\x7f]*$/);
          if (shell === 'powershell') expect(JSON.parse(String(bodyIn(words)))).toEqual(JSON.parse(body));
        },
      ),
    );
  });

  it('ends no text at a typographic quote, and carries other headers', () => {
    const request = requestOf({
      method: 'GET',
      url: 'http://nas.test/it‘s’‚‛.bin',
      headers: { Range: "bytes=0-9'", 'content-type': 'text/plain' },
      body: null,
    });
    expect(parsePowershell(line(request, 'powershell')).parameters).toEqual(
      new Map<string, unknown>([
        ['-UseBasicParsing', ''],
        ['-Method', 'Get'],
        ['-Uri', request.url],
        ['-ContentType', 'text/plain'],
        ['-Headers', new Map([['Range', "bytes=0-9'"]])],
      ]),
    );
  });
});
