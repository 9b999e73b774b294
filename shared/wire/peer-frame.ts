/** One message of BEP 3 and BEP 6 behind its handshake: a length, an id and a body, and the bounds of each body. */
import { assert } from '../base/assert.ts';
import { concatBytes } from '../base/bytes.ts';
import { type PieceIndex, pieceIndex } from './ids.ts';
import { BITFIELD_BYTES_MAX, BLOCK_BYTES, EXTENDED_BYTES_MAX } from './limits.ts';
import type { BlockRef, PeerMessage } from './peer-message.ts';

/** Messages whose bytes are the same whoever the neighbour is. */
export type PlainMessage = Exclude<
  PeerMessage,
  {
    kind:
      | 'handshake'
      | 'extended-handshake'
      | 'metadata-request'
      | 'metadata-data'
      | 'metadata-reject'
      | 'dont-have'
      | 'partials'
      | 'digests-request'
      | 'digests'
      | 'ignored';
  }
>;

/** The ids of messages: BEP 3, BEP 6, BEP 10. */
export const ID = {
  choke: 0,
  unchoke: 1,
  interested: 2,
  'not-interested': 3,
  have: 4,
  bitfield: 5,
  request: 6,
  piece: 7,
  cancel: 8,
  'have-all': 14,
  'have-none': 15,
  reject: 16,
  extended: 20,
} as const;

/** Bytes of the length, and of the id behind it. */
export const LENGTH_BYTES = 4;
export const MESSAGE_ID_BYTES = 1;

/** Bytes of piece index and offset before the content of a block. */
export const PIECE_HEADER_BYTES = 8;

type Range = readonly [min: number, max: number];

/** Bytes that may follow each id. */
const BODY_BYTES: ReadonlyMap<number, Range> = new Map<number, Range>([
  [ID.choke, [0, 0]],
  [ID.unchoke, [0, 0]],
  [ID.interested, [0, 0]],
  [ID['not-interested'], [0, 0]],
  [ID.have, [4, 4]],
  [ID.bitfield, [0, BITFIELD_BYTES_MAX]],
  [ID.request, [12, 12]],
  [ID.piece, [PIECE_HEADER_BYTES + 1, PIECE_HEADER_BYTES + BLOCK_BYTES]],
  [ID.cancel, [12, 12]],
  [ID['have-all'], [0, 0]],
  [ID['have-none'], [0, 0]],
  [ID.reject, [12, 12]],
  [ID.extended, [1, EXTENDED_BYTES_MAX]],
]);

/** Bytes that may follow an id we do not know: BEP 52's hashes are the longest. */
const UNKNOWN_BODY_BYTES: Range = [0, EXTENDED_BYTES_MAX];

/** No message of any id is longer, its id included. */
export const FRAME_BYTES_MAX = MESSAGE_ID_BYTES + BITFIELD_BYTES_MAX;

/** Whether a message of this id may have a body of this length. */
export function isBodyLength(id: number, bodyBytes: number): boolean {
  const [min, max] = BODY_BYTES.get(id) ?? UNKNOWN_BODY_BYTES;
  return bodyBytes >= min && bodyBytes <= max;
}

/** The message with this id and body; the body has a length that `isBodyLength` allows. Not for `piece` and extended ones. */
export function decodeBody(id: number, body: Uint8Array): PeerMessage {
  switch (id) {
    case ID.choke:
      return { kind: 'choke' };
    case ID.unchoke:
      return { kind: 'unchoke' };
    case ID.interested:
      return { kind: 'interested' };
    case ID['not-interested']:
      return { kind: 'not-interested' };
    case ID.have:
      return { kind: 'have', piece: pieceIndex(uint32(body, 0)) };
    case ID.bitfield:
      return { kind: 'bitfield', bits: body };
    case ID.request:
      return { kind: 'request', block: blockRef(body) };
    case ID.cancel:
      return { kind: 'cancel', block: blockRef(body) };
    case ID.reject:
      return { kind: 'reject', block: blockRef(body) };
    case ID['have-all']:
      return { kind: 'have-all' };
    case ID['have-none']:
      return { kind: 'have-none' };
    default:
      return { kind: 'ignored', id };
  }
}

/** The place of a block in its piece, from the first 8 bytes of a `piece` message. */
export function decodePieceHeader(header: Uint8Array): { readonly piece: PieceIndex; readonly offset: number } {
  return { piece: pieceIndex(uint32(header, 0)), offset: uint32(header, 4) };
}

/** Length, id and body in one array. */
export function encodePlain(message: PlainMessage): Uint8Array<ArrayBuffer> {
  switch (message.kind) {
    case 'keep-alive':
      return new Uint8Array(LENGTH_BYTES);
    case 'choke':
    case 'unchoke':
    case 'interested':
    case 'not-interested':
    case 'have-all':
    case 'have-none':
      return encodeFrame(ID[message.kind], []);
    case 'have':
      return encodeFrame(ID.have, [message.piece]);
    case 'bitfield':
      return encodeFrame(ID.bitfield, [], message.bits);
    case 'request':
    case 'cancel':
    case 'reject':
      return encodeFrame(ID[message.kind], [message.block.piece, message.block.offset, message.block.length]);
    case 'piece':
      return concatBytes(pieceParts(message));
  }
}

/** A `piece` message in two parts: what goes before the content, and the content, which is not copied. */
export function pieceParts({ piece, offset, data }: PeerMessage & { kind: 'piece' }): [Uint8Array, Uint8Array] {
  assert(data instanceof Uint8Array, 'a block on a real link is bytes');
  return [encodeFrame(ID.piece, [piece, offset], NOTHING, data.byteLength), data];
}

/** A message of this id whose body is these integers and then these bytes; `bytesToCome` more follow in another array. */
export function encodeFrame(
  id: number,
  integers: readonly number[],
  content: Uint8Array = NOTHING,
  bytesToCome = 0,
): Uint8Array<ArrayBuffer> {
  const integerBytes = 4 * integers.length;
  const length = MESSAGE_ID_BYTES + integerBytes + content.byteLength;
  const bytes = new Uint8Array(LENGTH_BYTES + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length + bytesToCome);
  bytes[LENGTH_BYTES] = id;
  for (const [index, integer] of integers.entries())
    view.setUint32(LENGTH_BYTES + MESSAGE_ID_BYTES + 4 * index, integer);
  bytes.set(content, LENGTH_BYTES + MESSAGE_ID_BYTES + integerBytes);
  return bytes;
}

/** The unsigned big-endian integer at `offset`. */
export function uint32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset);
}

const NOTHING = new Uint8Array(0);

function blockRef(body: Uint8Array): BlockRef {
  return { piece: pieceIndex(uint32(body, 0)), offset: uint32(body, 4), length: uint32(body, 8) };
}
