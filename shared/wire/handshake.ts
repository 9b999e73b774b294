/** The first 68 bytes each way (BEP 3): protocol name, reserved bits for extensions, info hash, peer id. */
import { ID_BYTES, idBytes, infoHashFromBytes, peerIdFromBytes } from './ids.ts';
import type { PeerMessage } from './peer-message.ts';

type Handshake = Extract<PeerMessage, { kind: 'handshake' }>;

/** The byte 19 and the 19 letters that every BitTorrent stream begins with. */
const PROTOCOL = new TextEncoder().encode('\u0013BitTorrent protocol');

const RESERVED_BYTES = 8;

/** Offset in the reserved bytes, and bit: BEP 10, BEP 6. */
const [EXTENSIONS_BYTE, EXTENSIONS_BIT] = [5, 0x10];
const [FAST_BYTE, FAST_BIT] = [7, 0x04];

/** A handshake comes in two portions, so that another protocol is known by its first 20 bytes. */
export const PROTOCOL_BYTES = PROTOCOL.byteLength;
export const HANDSHAKE_REST_BYTES = RESERVED_BYTES + 2 * ID_BYTES;

/** Whether `bytes`, the first PROTOCOL_BYTES of a stream, begin a handshake. */
export function startsHandshake(bytes: Uint8Array): boolean {
  return PROTOCOL.every((byte, index) => byte === bytes[index]);
}

/** The handshake whose last HANDSHAKE_REST_BYTES these are. */
export function decodeHandshake(bytes: Uint8Array): Handshake {
  return {
    kind: 'handshake',
    infoHash: infoHashFromBytes(bytes.subarray(RESERVED_BYTES, RESERVED_BYTES + ID_BYTES)),
    peerId: peerIdFromBytes(bytes.subarray(RESERVED_BYTES + ID_BYTES, HANDSHAKE_REST_BYTES)),
    supportsFast: (bytes[FAST_BYTE] & FAST_BIT) !== 0,
    supportsExtensions: (bytes[EXTENSIONS_BYTE] & EXTENSIONS_BIT) !== 0,
  };
}

/** All 68 bytes of a handshake. */
export function encodeHandshake(handshake: Handshake): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(PROTOCOL_BYTES + HANDSHAKE_REST_BYTES);
  bytes.set(PROTOCOL);
  const rest = bytes.subarray(PROTOCOL_BYTES);
  if (handshake.supportsExtensions) rest[EXTENSIONS_BYTE] = EXTENSIONS_BIT;
  if (handshake.supportsFast) rest[FAST_BYTE] = FAST_BIT;
  rest.set(idBytes(handshake.infoHash), RESERVED_BYTES);
  rest.set(idBytes(handshake.peerId), RESERVED_BYTES + ID_BYTES);
  return bytes;
}
