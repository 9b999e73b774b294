/** What we use of simple-peer 9.11. */
declare module 'simple-peer' {
  interface Options {
    readonly initiator: boolean;
    /** false: one description with all candidates in it. */
    readonly trickle: boolean;
    /** How long to wait for further candidates after the first, in milliseconds. */
    readonly iceCompleteTimeout: number;
    readonly config: RTCConfiguration;
  }

  class SimplePeer {
    constructor(options: Options);
    /** Undocumented: the one data channel; null before the other side made it, and after the end. */
    readonly _channel: RTCDataChannel | null;
    /** Undocumented: missing when the browser makes no more of them, null after the end. */
    readonly _pc?: RTCPeerConnection | null;
    signal(description: { readonly type: 'offer' | 'answer'; readonly sdp: string }): void;
    destroy(): void;
    on(event: 'signal', listener: (description: RTCSessionDescriptionInit) => void): this;
    on(event: 'connect' | 'close', listener: () => void): this;
    on(event: 'error', listener: (error: Error & { readonly code?: string }) => void): this;
    removeAllListeners(): this;
  }

  export { SimplePeer as default };
}
