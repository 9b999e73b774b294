/** What arrives in a tab from other tabs, whoever made them, over data channels and within the browser: listeners beside the page's own. */
import type { Page } from '@playwright/test';
import type { Page as RealPage } from 'puppeteer-core';

export interface Arrivals {
  /** All that came, in bytes, small messages and headers included. */
  readonly bytes: number;
  /** When the first and the last message with content came, in milliseconds since 1970; 0 before. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** The longest time without content between these two, in milliseconds. */
  readonly longestGapMs: number;
  /** From the opening of the page to the first `have` that a tab of ours sent (BEP 3): a piece is here and right. 0 before. */
  readonly firstHaveMs: number;
  /** Channels that are open now. */
  readonly openChannels: number;
}

/** To be called before the page loads anything. */
export async function watchArrivals(page: Page | RealPage): Promise<void> {
  await ('addInitScript' in page ? page.addInitScript(install) : page.evaluateOnNewDocument(install));
}

export async function arrivals(page: Page | RealPage): Promise<Arrivals> {
  return (page as Page).evaluate(() => ({ ...(globalThis as unknown as { arrivals: Arrivals }).arrivals }));
}

/** Bytes per second in which `bytes` came together, from the first message in any of the tabs to the last in any. */
export function rateOf(all: readonly Arrivals[], bytes: number): number {
  const firstAt = Math.min(...all.map((one) => one.firstAt));
  const lastAt = Math.max(...all.map((one) => one.lastAt));
  return (bytes * 1000) / (lastAt - firstAt);
}

/** Seconds for which one of the tabs waited for content while others had some: until its first, or between two messages with content. */
export function longestWait(all: readonly Arrivals[]): number {
  const firstAt = Math.min(...all.map((one) => one.firstAt));
  return Math.max(...all.flatMap((one) => [one.firstAt - firstAt, one.longestGapMs])) / 1000;
}

/** Runs inside the page, so it must not use anything of this module. */
function install(): void {
  const CONTENT_BYTES_MIN = 1024;
  const HANDSHAKE_BYTES = 68;
  const HAVE = 4;
  const channels: RTCDataChannel[] = [];
  /** Links to tabs of this browser that are open: both sides say so, with this word. */
  const linked = new Set<BroadcastChannel>();
  const OPEN = 'open';
  const seen = {
    bytes: 0,
    firstAt: 0,
    lastAt: 0,
    longestGapMs: 0,
    firstHaveMs: 0,
    get openChannels() {
      return channels.filter(({ readyState }) => readyState === 'open').length + linked.size;
    },
  };
  /** A packet of ours begins with the handshake or with a message: its length, then its id. */
  const hasHave = (packet: Uint8Array): boolean => {
    const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
    let at = packet[0] === 19 ? HANDSHAKE_BYTES : 0;
    for (; at + 4 < packet.byteLength; at += 4 + view.getUint32(at)) if (packet[at + 4] === HAVE) return true;
    return false;
  };
  const count = ({ byteLength }: ArrayBuffer | Uint8Array): void => {
    seen.bytes += byteLength;
    if (byteLength < CONTENT_BYTES_MIN) return;
    const now = performance.timeOrigin + performance.now();
    seen.firstAt ||= now;
    if (seen.lastAt > 0) seen.longestGapMs = Math.max(seen.longestGapMs, now - seen.lastAt);
    seen.lastAt = now;
  };
  const watch = (channel: RTCDataChannel): void => {
    channels.push(channel);
    channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => count(data));
  };
  const noteHave = (packet: unknown): void => {
    if (seen.firstHaveMs === 0 && packet instanceof Uint8Array && hasHave(packet)) seen.firstHaveMs = performance.now();
  };
  const send = Object.getOwnPropertyDescriptor(RTCDataChannel.prototype, 'send')!.value as (packet: Uint8Array) => void;
  RTCDataChannel.prototype.send = function watchedSend(this: RTCDataChannel, packet: unknown): void {
    noteHave(packet);
    send.call(this, packet as Uint8Array);
  };
  const Connection = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Connection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('datachannel', ({ channel }) => watch(channel));
    }

    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options);
      watch(channel);
      return channel;
    }
  };
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (data === OPEN) linked.add(this);
        else if (data instanceof Uint8Array) count(data);
      });
    }

    override postMessage(word: unknown): void {
      noteHave(word);
      super.postMessage(word);
    }

    override close(): void {
      linked.delete(this);
      super.close();
    }
  };
  Object.assign(globalThis, { arrivals: seen });
}
