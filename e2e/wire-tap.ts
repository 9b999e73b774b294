/**
 * A tap on what a tab sends to its neighbours: it counts the content, notes the pieces announced, and on demand slows the
 * tab's uplink or makes the tab lie. It sits on `RTCDataChannel.send` and knows only the public wire format (BEP 3), so
 * that the product needs no door for tests.
 */
import type { Page } from '@playwright/test';

export interface TapOptions {
  /** Uplink of the tab, for everything it sends, in bytes per second. Unlimited when absent. */
  readonly bytesPerSecond?: number;
  /** Whether every block that the tab sends is spoilt. */
  readonly lies?: boolean;
}

/** What a tab sent since it was loaded. */
export interface Tapped {
  /** Content in `piece` messages, in bytes. */
  readonly contentBytes: number;
  /** Pieces that it announced by `have`. */
  readonly pieces: readonly number[];
}

/** Puts the tap into every page that `page` loads from now on. */
export async function tap(page: Page, options: TapOptions = {}): Promise<void> {
  await page.addInitScript(install, options);
}

/** Changes the uplink of a tab that is loaded, in bytes per second. */
export async function setUplink(page: Page, bytesPerSecond: number): Promise<void> {
  await page.evaluate((rate) => {
    (globalThis as unknown as { wireTap: { bytesPerSecond: number } }).wireTap.bytesPerSecond = rate;
  }, bytesPerSecond);
}

export async function tapped(page: Page): Promise<Tapped> {
  return page.evaluate(() => {
    const { contentBytes, pieces } = (
      globalThis as unknown as { wireTap: { contentBytes: number; pieces: Set<number> } }
    ).wireTap;
    return { contentBytes, pieces: [...pieces] };
  });
}

/** Runs inside the page, so it must not use anything of this module. */
function install({ bytesPerSecond = Infinity, lies = false }: TapOptions): void {
  const HANDSHAKE_BYTES = 68;
  const HAVE = 4;
  const PIECE = 7;
  const seen = { contentBytes: 0, pieces: new Set<number>(), bytesPerSecond };
  Object.assign(globalThis, { wireTap: seen });

  /** Follows one channel's stream, whose messages may be split anywhere, and spoils content in passing. */
  class Stream {
    #skip = HANDSHAKE_BYTES;
    #isContent = false;
    #header: number[] = [];

    pass(bytes: Uint8Array): void {
      let at = 0;
      while (at < bytes.length) {
        const skipped = Math.min(this.#skip, bytes.length - at);
        if (skipped > 0 && this.#isContent) {
          seen.contentBytes += skipped;
          if (lies) bytes[at] ^= 0xff;
        }
        this.#skip -= skipped;
        at += skipped;
        if (this.#skip === 0 && at < bytes.length) this.#judge(bytes[at++]);
      }
    }

    /** Length prefix (4 bytes), id, and what a `have` or the head of a `piece` carries after it. */
    #judge(byte: number): void {
      this.#header.push(byte);
      if (this.#header.length < 4) return;
      const view = new DataView(Uint8Array.from(this.#header).buffer);
      const length = view.getUint32(0);
      const id = this.#header[4];
      const headLength = length === 0 ? 0 : id === PIECE ? 9 : id === HAVE ? 5 : 1;
      if (this.#header.length < 4 + headLength) return;
      if (id === HAVE) seen.pieces.add(view.getUint32(5));
      this.#skip = length - headLength;
      this.#isContent = id === PIECE;
      this.#header = [];
    }
  }

  const streams = new WeakMap<RTCDataChannel, Stream>();
  const queue: { channel: RTCDataChannel; bytes: Uint8Array<ArrayBuffer> }[] = [];
  const send = Object.getOwnPropertyDescriptor(RTCDataChannel.prototype, 'send')!.value as (
    data: ArrayBufferView,
  ) => void;
  let credit = 0;
  let refilledAt = performance.now();

  RTCDataChannel.prototype.send = function tappedSend(this: RTCDataChannel, data: unknown): void {
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data as ArrayBuffer);
    // A copy, since the tab may send its only one.
    queue.push({ channel: this, bytes: bytes.slice() });
    if (queue.length === 1) drain();
  };

  /** Token bucket with a burst of 50 ms. */
  function drain(): void {
    const now = performance.now();
    const rate = seen.bytesPerSecond;
    credit = rate === Infinity ? Infinity : Math.min(rate / 20, credit + ((now - refilledAt) * rate) / 1000);
    refilledAt = now;
    while (queue.length > 0 && credit > 0) {
      const { channel, bytes } = queue.shift()!;
      if (channel.readyState !== 'open') continue;
      const stream = streams.get(channel) ?? new Stream();
      streams.set(channel, stream);
      stream.pass(bytes);
      send.call(channel, bytes);
      credit -= bytes.length;
    }
    if (queue.length > 0) setTimeout(drain, 10);
  }
}
