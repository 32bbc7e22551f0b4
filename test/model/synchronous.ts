/**
 * Makes the two things synchronous that JavaScript does on other threads, so that everything a moment leads to is
 * done before the model's time goes on. To be imported first.
 */
import { createHash } from 'node:crypto';

const modules = new Map<string, WebAssembly.Module>();

function moduleOf(bytes: BufferSource): WebAssembly.Module {
  const view = ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes);
  const key = createHash('sha1').update(view).digest('hex');
  const known = modules.get(key) ?? new WebAssembly.Module(bytes);
  modules.set(key, known);
  return known;
}

Object.assign(WebAssembly, {
  compile: async (bytes: BufferSource) => moduleOf(bytes),
  instantiate: async (source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) => {
    if (source instanceof WebAssembly.Module) return new WebAssembly.Instance(source, imports);
    const compiled = moduleOf(source);
    return { module: compiled, instance: new WebAssembly.Instance(compiled, imports) };
  },
});

Object.defineProperty(crypto.subtle, 'digest', {
  value: async (_algorithm: 'SHA-256', data: BufferSource): Promise<ArrayBuffer> => {
    const view = ArrayBuffer.isView(data)
      ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      : Buffer.from(data);
    return new Uint8Array(createHash('sha256').update(view).digest()).buffer;
  },
});
