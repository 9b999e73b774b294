/** What our tests use of bittorrent-tracker 11, the stock tracker and its client. */
declare module 'bittorrent-tracker' {
  import type { EventEmitter } from 'node:events';

  interface ClientOptions {
    /** 40 hexadecimal digits, as `peerId`. */
    readonly infoHash: string;
    readonly peerId: string;
    readonly announce: readonly string[];
    /** Where a peer over TCP would listen; over WebSocket it means nothing. */
    readonly port: number;
    readonly rtcConfig: RTCConfiguration;
  }

  interface Announced {
    readonly complete: number;
    readonly incomplete: number;
    readonly infoHash: string;
    /** Seconds. */
    readonly interval: number;
  }

  interface Scraped {
    readonly infoHash: string;
    readonly complete: number;
    readonly incomplete: number;
    readonly downloaded: number;
  }

  interface Transferred {
    readonly uploaded?: number;
    readonly downloaded?: number;
    readonly left?: number;
    /** How many offers it makes, five at most. */
    readonly numwant?: number;
  }

  /** A WebRTC connection in the making: `id` is the other's peer id in hexadecimal digits. */
  interface IntroducedPeer extends EventEmitter {
    readonly id: string;
    destroy(): void;
  }

  interface StockSocket {
    send(frame: string | Uint8Array): void;
  }

  interface StockTracker {
    /** null while it waits to connect again. */
    readonly socket: StockSocket | null;
    readonly reconnectTimer: NodeJS.Timeout | null;
    _openSocket(): void;
  }

  class Client extends EventEmitter<{
    update: [Announced];
    scrape: [Scraped];
    peer: [IntroducedPeer];
    warning: [Error];
    error: [Error];
  }> {
    constructor(options: ClientOptions);
    /** Undocumented: one for each URL that it speaks to. */
    readonly _trackers: readonly StockTracker[];
    start(transferred?: Transferred): void;
    update(transferred?: Transferred): void;
    complete(transferred?: Transferred): void;
    stop(transferred?: Transferred): void;
    scrape(options?: { readonly infoHash: string | readonly string[] }): void;
    destroy(callback?: () => void): void;
  }

  /** A tracker; `ws` alone of its three protocols is what a browser speaks. */
  class Server extends EventEmitter {
    constructor(options: {
      readonly http: boolean;
      readonly udp: boolean;
      readonly ws: boolean;
      readonly stats: boolean;
    });
    /** Undocumented: its WebSocketServer, by `ws`. */
    readonly ws: { address(): { readonly port: number } };
    listen(port: number, onListening: () => void): void;
    close(callback: () => void): void;
  }

  export { Client, Server };
  export type { Announced, IntroducedPeer, Scraped, StockSocket };
}
