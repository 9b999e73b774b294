/** What our tests use of WebTorrent 3, in Node. */
declare module 'webtorrent' {
  import type { EventEmitter } from 'node:events';

  interface ClientOptions {
    readonly dht: boolean;
    readonly lsd: boolean;
    readonly utPex: boolean;
    readonly natUpnp: boolean;
    readonly natPmp: boolean;
    readonly utp: boolean;
    readonly tracker: { readonly rtcConfig: RTCConfiguration };
    /** Bytes per second; -1 is no limit. */
    readonly uploadLimit?: number;
    readonly downloadLimit?: number;
  }

  interface TorrentOptions {
    /** Folder for the files. */
    readonly path?: string;
    readonly announce?: readonly string[];
    readonly pieceLength?: number;
    readonly strategy?: 'sequential' | 'rarest';
    /** Web seeds (BEP 19). */
    readonly urlList?: readonly string[];
    /** Of what is created; the name of the file by default. */
    readonly name?: string;
  }

  interface Torrent extends EventEmitter {
    readonly infoHash: string;
    readonly files: readonly { readonly path: string; arrayBuffer(): Promise<ArrayBuffer> }[];
    /** null for a piece that is here. */
    readonly pieces: readonly (object | null)[];
    readonly done: boolean;
    readonly numPeers: number;
    /** The whole `.torrent` file. */
    readonly torrentFile: Uint8Array<ArrayBuffer>;
  }

  class WebTorrent extends EventEmitter {
    constructor(options: ClientOptions);
    add(torrentId: string | Uint8Array, options: TorrentOptions): Torrent;
    seed(
      content: string | readonly string[] | FileList,
      options: TorrentOptions,
      onSeed: (torrent: Torrent) => void,
    ): Torrent;
    readonly destroyed: boolean;
    throttleUpload(bytesPerSecond: number): void;
    throttleDownload(bytesPerSecond: number): void;
    destroy(onDestroyed: () => void): void;
  }

  export { WebTorrent as default };
  export type { Torrent };
}
