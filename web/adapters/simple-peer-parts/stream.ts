/**
 * In place of `readable-stream` in simple-peer, which is a stream of what its channel carries. Here the channel is driven past it
 * (`peer-link`), so that nothing ever goes through the stream; what remains of it are its listeners.
 */

type Listener = (...values: unknown[]) => void;

/** Unlike that of Node.js, it throws no error that nobody listens for. */
export class Duplex {
  readonly #listeners = new Map<string, Listener[]>();
  /** Where simple-peer looks whether the stream has still to be ended. */
  readonly _readableState = { ended: true };
  readonly _writableState = { finished: true };

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  once(event: string, listener: Listener): this {
    const first: Listener = (...values) => {
      this.removeListener(event, first);
      listener(...values);
    };
    return this.on(event, first);
  }

  emit(event: string, ...values: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...values);
  }

  removeListener(event: string, listener: Listener): void {
    const left = this.#listeners.get(event)?.filter((other) => other !== listener);
    this.#listeners.set(event, left ?? []);
  }

  removeAllListeners(): this {
    this.#listeners.clear();
    return this;
  }
}
