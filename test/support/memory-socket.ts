import type { Engine, Origin, Transport } from '../../server/broker/engine/engine.ts';

/** A WebSocket that ends in the engine of the same process. */
export class MemorySocket extends EventTarget {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readyState = 0;
  binaryType = 'arraybuffer';
  bufferedAmount = 0;
  /** Set to swallow everything: a half-open line. */
  isHalfOpen = false;
  #onData: (bytes: Uint8Array) => void = () => undefined;
  #onClose: () => void = () => undefined;

  constructor(engine: Pick<Engine, 'attach'>, origin: Origin) {
    super();
    const transport: Transport = {
      bufferedBytes: 0,
      write: (bytes) => this.#receive(bytes),
      close: () => this.close(),
      onData: (listener) => (this.#onData = listener),
      onClose: (listener) => (this.#onClose = listener),
    };
    queueMicrotask(() => {
      if (this.readyState !== this.CONNECTING) return;
      this.readyState = 1;
      engine.attach(transport, origin);
      this.dispatchEvent(new Event('open'));
    });
  }

  send(bytes: Uint8Array): void {
    if (this.isHalfOpen) return;
    const copy = Uint8Array.from(bytes);
    queueMicrotask(() => this.#onData(copy));
  }

  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    queueMicrotask(() => {
      this.#onClose();
      this.dispatchEvent(new Event('close'));
    });
  }

  #receive(bytes: Uint8Array): void {
    if (this.isHalfOpen || this.readyState !== 1) return;
    const data = Uint8Array.from(bytes).buffer;
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })));
  }
}
