import { codeOf, wordsOf } from '../../core/error-words.ts';
import { type Failure, failed, type Result, success } from '../../core/result.ts';
import { ownAddresses } from '../addresses.ts';
import type { LocalMirror } from '../server/server.ts';

const usualPort = 8080;
const portsTried = 100;

/** Listens on `port`, or on 8080 or the next free one. The value is the port. */
export async function startListening(
  mirror: LocalMirror,
  port: number | undefined,
  bind: string | undefined,
): Promise<Result<number, Failure<string, string>>> {
  const host = bind ?? '0.0.0.0';
  const last = port ?? usualPort + portsTried - 1;
  for (let candidate = port ?? usualPort; ; candidate += 1) {
    try {
      return success(await mirror.listen(candidate, host));
    } catch (error) {
      const code = codeOf(error) || wordsOf(error);
      const isTaken = code === 'EADDRINUSE' || (port === undefined && code === 'EACCES');
      if (!isTaken || candidate >= last) return failed(whyNot(code, candidate, host));
    }
  }
}

function whyNot(code: string, port: number, host: string): Failure<string, string> {
  if (code === 'EADDRINUSE') {
    return {
      kind: 'port-in-use',
      sentence: `Port ${port} is in use by another program.`,
      action: 'Name another one with --port, or leave --port out: then the next free one is taken.',
    };
  }
  if (code === 'EADDRNOTAVAIL' || code === 'EINVAL') {
    const own = ownAddresses().map(({ address, interfaceName }) => `${address} (${interfaceName})`);
    return {
      kind: 'address-gone',
      sentence: `${host} is not an address of this computer.`,
      action: `Name one of its own with --bind, or leave --bind out. It has ${own.join(', ')}.`,
    };
  }
  if (code === 'EACCES') {
    return {
      kind: 'port-not-allowed',
      sentence: `The system does not allow this program to listen on port ${port}.`,
      action: 'Name a port above 1023 with --port, or leave --port out.',
    };
  }
  return {
    kind: 'cannot-listen',
    sentence: `It is not possible to listen on ${host}, port ${port} (${code}).`,
    action: 'Name another port with --port, or another address with --bind.',
  };
}
