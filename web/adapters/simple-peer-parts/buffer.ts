/** In place of `buffer` in simple-peer, which makes one of each packet before it goes into the stream; here none does. */

export const Buffer = { from: (packet: ArrayBuffer): Uint8Array => new Uint8Array(packet) };
