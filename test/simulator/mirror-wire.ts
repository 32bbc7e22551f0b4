import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { MirrorAnswer } from './mirror-answer.ts';

const tick = 50;

/** Sends an answer byte for byte as it is written down, and leaves the connection as it says. */
export async function sendAnswer(socket: Socket, answer: MirrorAnswer, withBody: boolean): Promise<void> {
  if (answer.delayMs > 0) await wait(answer.delayMs);
  if (socket.destroyed) return;
  const lines = [answer.statusLine, ...answer.headers.map(([name, value]) => `${name}: ${value}`)];
  const head = answer.statusLine === '' ? '' : `${lines.join('\r\n')}\r\n\r\n`;
  if (withBody && answer.speed > 0) {
    socket.write(head);
    await trickle(socket, answer.body, answer.speed);
  } else {
    socket.write(withBody ? Buffer.concat([Buffer.from(head), answer.body]) : head);
  }
  if (answer.afterwards === 'close') socket.end();
  if (answer.afterwards === 'reset') setTimeout(() => !socket.destroyed && socket.resetAndDestroy(), 10);
  if (answer.afterwards === 'pour') pour(socket);
}

async function trickle(socket: Socket, body: Uint8Array, speed: number): Promise<void> {
  const step = Math.max(1, Math.round((speed * tick) / 1000));
  for (let at = 0; at < body.length && !socket.destroyed; at += step) {
    socket.write(body.subarray(at, at + step));
    await wait(tick);
  }
}

function pour(socket: Socket): void {
  const zeros = Buffer.alloc(16_384);
  const more = () => {
    while (!socket.destroyed && socket.write(zeros));
  };
  socket.on('drain', more);
  more();
}
