import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../simulator/command-line.ts';
import { readFault } from '../../simulator/faults.ts';
import { postOf, sayRaw } from './desk.ts';

describe('the command line', () => {
  it('names a device', () => {
    const args =
      '--firmware 3.7.6 --port 0 --host 0.0.0.0 --deviceid 1000000001 --unlocked --vendor slow --vendor-delay 500 ' +
      '--fault slow:2000@info*2 --fault drop-reply@ota_unlock --resolve mirror.test=127.0.0.1 --speed 0 --time-scale 0.5 --web-port 80';
    expect(readCommandLine(args.split(' '))).toEqual({
      device: {
        profile: '3.7.6',
        host: '0.0.0.0',
        port: 0,
        deviceid: '1000000001',
        unlocked: true,
        vendor: 'slow',
        vendorDelayMs: 500,
        completion: 'first-range',
        speed: 0,
        timeScale: 0.5,
        hosts: { 'mirror.test': '127.0.0.1' },
        web: { port: 80 },
        faults: [
          { kind: 'slow', number: 2000, on: 'info', times: 2 },
          { kind: 'drop-reply', on: 'ota_unlock' },
        ],
      },
    });
  });

  it.each([
    ['--firmware 9.9.9', 'No profile 9.9.9'],
    ['--vendor closed', 'No vendor closed'],
    ['--completion never', 'No completion never'],
    ['--port x', '--port x is not a number'],
    ['--resolve mirror.test', '--resolve mirror.test is not name=address'],
    ['--fault earthquake', 'No fault earthquake'],
    ['--wat', '--wat'],
  ])('%s is an error', (args, message) => {
    expect(() => readCommandLine(args.split(' '))).toThrow(message);
  });

  it('lists everything there is', () => {
    expect(readCommandLine(['--help'])).toEqual({
      help: expect.stringMatching(/3\.3\.0[\s\S]*refusing[\s\S]*vanish/),
    });
    expect(() => readFault('slow:x')).toThrow('There are: drop-reply');
  });
});

describe('npm run simulator', () => {
  it('prints what it hears and ends cleanly when it is interrupted', async () => {
    const script = fileURLToPath(new URL('../../simulator/command.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, '--port', '0'], { stdio: 'pipe' });
    let printed = '';
    const port = await new Promise<number>((resolve) => {
      child.stdout.on('data', (bytes) => {
        printed += String(bytes);
        const found = /listens on 127\.0\.0\.1:(\d+)/.exec(printed)?.[1];
        if (found) resolve(Number(found));
      });
    });
    await sayRaw(port, postOf('/zeroconf/info', '{"data":{}}'));
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(code).toBe(0);
    expect(printed).toContain('POST /zeroconf/info {"data":{}}');
    expect(printed).toContain('"fwVersion":"3.6.0"');
  });
});
