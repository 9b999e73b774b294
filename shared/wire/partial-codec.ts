/**
 * The payloads of `ts_partial`, our own extension, <-> values: what a peer has of pieces that it has not whole, and the digests
 * with which their blocks are proved (PROTOCOL.md, W14). One byte says which message it is; integers have 4 bytes, big-endian.
 */
import { concatBytes } from '../base/bytes.ts';
import { pieceIndex } from './ids.ts';
import { BLOCK_DIGEST_BYTES, PARTIAL_BLOCKS_MAX, PARTIALS_MAX } from './limits.ts';
import { type Malformed, malformed } from './malformed.ts';
import { uint32 } from './peer-frame.ts';
import type { HeldBlocks, PeerMessage } from './peer-message.ts';

/** Messages of `ts_partial`. */
export type PartialMessage = Extract<PeerMessage, { kind: 'partials' | 'digests-request' | 'digests' }>;

/** The first byte of a payload. */
const [PARTIALS, DIGESTS_REQUEST, DIGESTS] = [0, 1, 2];

const INTEGER_BYTES = 4;
/** A piece, and the bits of its blocks. */
const HELD_BYTES = 2 * INTEGER_BYTES;

/** The payload of `message`, the extension's id not included. */
export function encodePartialMessage(message: PartialMessage): Uint8Array {
  switch (message.kind) {
    case 'partials':
      return withIntegers(
        PARTIALS,
        message.held.flatMap(({ piece, blocks }) => [piece, blocks]),
      );
    case 'digests-request':
      return withIntegers(DIGESTS_REQUEST, [message.piece]);
    case 'digests':
      return concatBytes([withIntegers(DIGESTS, [message.piece]), message.digests]);
  }
}

/** The message in a payload, the extension's id not included; null when it is one of a later version. */
export function decodePartialMessage(payload: Uint8Array): PartialMessage | Malformed | null {
  const body = payload.subarray(1);
  switch (payload[0]) {
    case PARTIALS:
      return decodePartials(body);
    case DIGESTS_REQUEST:
      if (body.byteLength !== INTEGER_BYTES) return malformed('A request for digests does not name one piece.');
      return { kind: 'digests-request', piece: pieceIndex(uint32(body, 0)) };
    case DIGESTS:
      return decodeDigests(body);
    case undefined:
      return malformed('A message about partial pieces is empty.');
    default:
      return null;
  }
}

function decodePartials(body: Uint8Array): PartialMessage | Malformed {
  const count = body.byteLength / HELD_BYTES;
  if (!Number.isInteger(count) || count < 1 || count > PARTIALS_MAX) {
    return malformed(`${body.byteLength} bytes cannot say what is there of partial pieces.`);
  }
  const held = Array.from({ length: count }, (_, index): HeldBlocks => {
    const offset = index * HELD_BYTES;
    return { piece: pieceIndex(uint32(body, offset)), blocks: uint32(body, offset + INTEGER_BYTES) };
  });
  return { kind: 'partials', held };
}

function decodeDigests(body: Uint8Array): PartialMessage | Malformed {
  const count = (body.byteLength - INTEGER_BYTES) / BLOCK_DIGEST_BYTES;
  if (!Number.isInteger(count) || count < 0 || count > PARTIAL_BLOCKS_MAX) {
    return malformed(`${body.byteLength} bytes cannot be the digests of a piece's blocks.`);
  }
  // They are kept for as long as the piece is started, and as a view would keep the packet that they came in.
  return { kind: 'digests', piece: pieceIndex(uint32(body, 0)), digests: body.slice(INTEGER_BYTES) };
}

function withIntegers(type: number, integers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(1 + INTEGER_BYTES * integers.length);
  bytes[0] = type;
  const view = new DataView(bytes.buffer, 1);
  for (const [index, integer] of integers.entries()) view.setUint32(INTEGER_BYTES * index, integer);
  return bytes;
}
