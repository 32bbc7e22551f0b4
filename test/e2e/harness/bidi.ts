import { NodeWebSocketTransport } from 'puppeteer-core/internal/node/NodeWebSocketTransport.js';
import * as v from 'valibot';

const Message = v.looseObject({
  id: v.optional(v.nullable(v.number())),
  type: v.optional(v.string()),
  method: v.optional(v.string()),
  params: v.optional(v.unknown()),
  result: v.optional(v.unknown()),
  error: v.optional(v.string()),
  message: v.optional(v.string()),
});

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A bare WebDriver BiDi connection: commands with their answers, and events. */
export interface Bidi {
  send(method: string, params: Record<string, unknown>): Promise<unknown>;
  onEvent(listener: (method: string, params: unknown) => void): void;
  close(): void;
}

/**
 * Opens a BiDi connection.
 *
 * Not puppeteer's own Firefox support: its `goto` never returns on a moz-extension page, and its public
 * interface does not reach the chrome scope, where the popup and the background page live.
 */
export async function connectBidi(endpoint: string): Promise<Bidi> {
  const transport = await NodeWebSocketTransport.create(endpoint);
  const pending = new Map<number, Pending>();
  const listeners: ((method: string, params: unknown) => void)[] = [];
  let lastId = 0;
  let closed = false;

  transport.onmessage = (data: unknown) => {
    const message = v.parse(Message, JSON.parse(String(data)));
    if (message.type === 'event') {
      for (const listener of listeners) listener(message.method ?? '', message.params);
      return;
    }
    const waiting = typeof message.id === 'number' ? pending.get(message.id) : undefined;
    if (!waiting || typeof message.id !== 'number') return;
    pending.delete(message.id);
    if (message.type === 'success') waiting.resolve(message.result);
    else waiting.reject(new Error(`${message.error}: ${message.message}`));
  };
  transport.onclose = () => {
    closed = true;
    for (const waiting of pending.values()) waiting.reject(new Error('Firefox has closed the connection.'));
    pending.clear();
  };

  return {
    send(method, params) {
      if (closed) return Promise.reject(new Error(`Firefox is closed; ${method} was not sent.`));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        transport.send(JSON.stringify({ id, method, params }));
      });
    },
    onEvent(listener) {
      listeners.push(listener);
    },
    close() {
      transport.close();
    },
  };
}
