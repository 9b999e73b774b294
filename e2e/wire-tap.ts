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
  /** Whether it knows of the swarm's other tabs in its browser; otherwise it meets them over WebRTC, as if they were elsewhere. */
  readonly knowsTabs?: boolean;
}

/** What a tab sent since it was loaded. */
export interface Tapped {
  /** Content in `piece` messages, in bytes. */
  readonly contentBytes: number;
  /** Pieces that it announced, by `have` or in a bitfield; on a slow uplink these may still be on their way. */
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
function install({ bytesPerSecond = Infinity, lies = false, knowsTabs = false }: TapOptions): void {
  if (!knowsTabs) {
    const PRESENCE = 'tabswarm-tabs-';
    globalThis.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        super(name.startsWith(PRESENCE) ? name + crypto.getRandomValues(new Uint32Array(4)).join() : name);
      }
    };
  }
  const HANDSHAKE_BYTES = 68;
  const HAVE = 4;
  const BITFIELD = 5;
  const PIECE = 7;
  const seen = { contentBytes: 0, pieces: new Set<number>(), bytesPerSecond };
  Object.assign(globalThis, { wireTap: seen });

  /** Follows one channel's stream, whose messages may be split anywhere, and spoils content in passing. */
  class Stream {
    #skip = HANDSHAKE_BYTES;
    #isContent = false;
    #header: number[] = [];

    /** Gives how much of `bytes` is content. */
    pass(bytes: Uint8Array): number {
      let contentBytes = 0;
      let at = 0;
      while (at < bytes.length) {
        const skipped = Math.min(this.#skip, bytes.length - at);
        if (skipped > 0 && this.#isContent) {
          contentBytes += skipped;
          if (lies) bytes[at] ^= 0xff;
        }
        this.#skip -= skipped;
        at += skipped;
        if (this.#skip === 0 && at < bytes.length) this.#judge(bytes[at++]);
      }
      return contentBytes;
    }

    /** Length prefix (4 bytes), id, and after it all of a `have` or bitfield, or the head of a `piece`. */
    #judge(byte: number): void {
      this.#header.push(byte);
      if (this.#header.length < 4) return;
      const view = new DataView(Uint8Array.from(this.#header).buffer);
      const length = view.getUint32(0);
      const id = this.#header[4];
      const headLength = id === HAVE || id === BITFIELD ? length : Math.min(length, id === PIECE ? 9 : 1);
      if (this.#header.length < 4 + headLength) return;
      if (id === HAVE) seen.pieces.add(view.getUint32(5));
      if (id === BITFIELD) this.#noteBits(this.#header.slice(5));
      this.#skip = length - headLength;
      this.#isContent = id === PIECE;
      this.#header = [];
    }

    #noteBits(bits: number[]): void {
      for (let piece = 0; piece < bits.length * 8; piece++) {
        if (bits[piece >> 3] & (0x80 >> (piece & 7))) seen.pieces.add(piece);
      }
    }
  }

  const streams = new WeakMap<RTCDataChannel, Stream>();
  const queue: { channel: RTCDataChannel; bytes: Uint8Array<ArrayBuffer>; contentBytes: number }[] = [];
  const held = new WeakMap<RTCDataChannel, number>();
  const prototype = RTCDataChannel.prototype;
  const send = Object.getOwnPropertyDescriptor(prototype, 'send')!.value as (data: ArrayBufferView) => void;
  const buffered = Object.getOwnPropertyDescriptor(prototype, 'bufferedAmount')!;
  const thresholds = new WeakMap<RTCDataChannel, number>();
  /** Channels whose buffers were above their thresholds when last looked at. */
  const full = new Set<RTCDataChannel>();
  let credit = 0;
  let refilledAt = performance.now();

  // What waits here counts as not sent, so that the page holds back as it does on a slow line. The browser's own events, which
  // know nothing of it, are kept from the page.
  Object.defineProperty(prototype, 'bufferedAmount', {
    get(this: RTCDataChannel) {
      return (buffered.get!.call(this) as number) + (held.get(this) ?? 0);
    },
  });
  Object.defineProperty(prototype, 'bufferedAmountLowThreshold', {
    get(this: RTCDataChannel) {
      return thresholds.get(this) ?? 0;
    },
    set(this: RTCDataChannel, bytes: number) {
      thresholds.set(this, bytes);
    },
  });
  prototype.addEventListener = function addTapped(this: RTCDataChannel, ...given: unknown[]): void {
    const [type, listener, ...options] = given as Parameters<EventTarget['addEventListener']>;
    if (type === 'bufferedamountlow') {
      const stop = (event: Event): void => (event.isTrusted ? event.stopImmediatePropagation() : undefined);
      EventTarget.prototype.addEventListener.call(this, type, stop);
    }
    EventTarget.prototype.addEventListener.call(this, type, listener, ...options);
  };

  prototype.send = function tappedSend(this: RTCDataChannel, data: unknown): void {
    const given = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data as ArrayBuffer);
    // A copy, since the tab may send its only one.
    const bytes = given.slice();
    const stream = streams.get(this) ?? new Stream();
    streams.set(this, stream);
    queue.push({ channel: this, bytes, contentBytes: stream.pass(bytes) });
    held.set(this, (held.get(this) ?? 0) + bytes.length);
    if (queue.length === 1) drain();
    if (full.size === 0) setTimeout(watch, 5);
    full.add(this);
  };

  /** Tells the page when a buffer is low again, the time in this queue included. */
  function watch(): void {
    for (const channel of full) {
      if (channel.readyState === 'open' && channel.bufferedAmount > channel.bufferedAmountLowThreshold) continue;
      full.delete(channel);
      channel.dispatchEvent(new Event('bufferedamountlow'));
    }
    if (full.size > 0) setTimeout(watch, 5);
  }

  /** Token bucket with a burst of 50 ms. */
  function drain(): void {
    const now = performance.now();
    const rate = seen.bytesPerSecond;
    credit = rate === Infinity ? Infinity : Math.min(rate / 20, credit + ((now - refilledAt) * rate) / 1000);
    refilledAt = now;
    while (queue.length > 0 && credit > 0) {
      const { channel, bytes, contentBytes } = queue.shift()!;
      held.set(channel, (held.get(channel) ?? 0) - bytes.length);
      if (channel.readyState !== 'open') continue;
      send.call(channel, bytes);
      credit -= bytes.length;
      seen.contentBytes += contentBytes;
    }
    if (queue.length > 0) setTimeout(drain, 10);
  }
}
