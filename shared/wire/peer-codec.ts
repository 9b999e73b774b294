/**
 * Messages between peers <-> the byte stream of one link (BEP 3, 6, 9, 10). Packets may split and join messages anywhere.
 * A length is checked against the bound of its message before anything is kept for it.
 */
import { ByteQueue } from './byte-queue.ts';
import { ExtensionCodec } from './extension-codec.ts';
import {
  HANDSHAKE_REST_BYTES,
  PROTOCOL_BYTES,
  decodeHandshake,
  encodeHandshake,
  startsHandshake,
} from './handshake.ts';
import { pieceIndex } from './ids.ts';
import { type Malformed, isMalformed, malformed } from './malformed.ts';
import {
  FRAME_BYTES_MAX,
  ID,
  MESSAGE_ID_BYTES,
  LENGTH_BYTES,
  PIECE_HEADER_BYTES,
  decodeBody,
  decodePieceHeader,
  encodeFrame,
  encodePlain,
  isBodyLength,
  pieceParts,
  uint32,
} from './peer-frame.ts';
import type { PeerMessage } from './peer-message.ts';

/** What of the current message was read already. */
interface Frame {
  readonly id: number;
  readonly bodyBytes: number;
}

/** Both directions of one link: what the neighbour says of its extensions decides how they are addressed. */
export class PeerWire {
  readonly #queue = new ByteQueue();
  readonly #extensions = new ExtensionCodec();
  #stage: 'handshake' | 'handshake-rest' | 'length' | 'id' | 'body' | 'block' = 'handshake';
  /** Length prefix of the current message, in the stage `id`. */
  #length = 0;
  #frame: Frame = { id: 0, bodyBytes: 0 };
  /** Piece index and offset of a block whose content is still to come, in the stage `block`. */
  #block = { piece: pieceIndex(0), offset: 0 };
  #failure: Malformed | null = null;

  /**
   * The bytes of `message`, header and content in one array. Null for what cannot be said to this neighbour: a message of an
   * extension before it named that one in its extended handshake, and `ignored`. A block's data must be a Uint8Array.
   */
  encode(message: PeerMessage): Uint8Array<ArrayBuffer> | null {
    switch (message.kind) {
      case 'handshake':
        return encodeHandshake(message);
      case 'extended-handshake':
      case 'metadata-request':
      case 'metadata-data':
      case 'metadata-reject':
      case 'dont-have':
      case 'partials':
      case 'digests-request':
      case 'digests': {
        const payload = this.#extensions.encode(message);
        return payload && encodeFrame(ID.extended, [], payload);
      }
      case 'ignored':
        return null;
      default:
        return encodePlain(message);
    }
  }

  /** The same in parts, one after the other. The content of a block is one of them, and not copied. */
  encodeParts(message: PeerMessage): readonly Uint8Array[] {
    if (message.kind === 'piece') return pieceParts(message);
    const bytes = this.encode(message);
    return bytes === null ? [] : [bytes];
  }

  /** Takes the next bytes of the stream, which nobody may change any more: messages are views of them. */
  push(bytes: Uint8Array): void {
    if (this.#failure === null) this.#queue.push(bytes);
  }

  /** The next message; null when more bytes are needed. From the first Malformed on, always that one. */
  next(): PeerMessage | Malformed | null {
    if (this.#failure !== null) return this.#failure;
    let step: PeerMessage | Malformed | 'more' | null = 'more';
    while (step === 'more') step = this.#step();
    if (step !== null && isMalformed(step)) {
      this.#failure = step;
      this.#queue.clear();
    }
    return step;
  }

  /** Reads one portion of a message: the message when it is whole, `more` to go on, null when bytes are missing. */
  #step(): PeerMessage | Malformed | 'more' | null {
    const bytes = this.#queue.take(this.#portionBytes());
    if (bytes === null) return null;
    switch (this.#stage) {
      case 'handshake':
        this.#stage = 'handshake-rest';
        return startsHandshake(bytes) ? 'more' : malformed('The neighbour does not speak BitTorrent.');
      case 'handshake-rest':
        this.#stage = 'length';
        return decodeHandshake(bytes);
      case 'length':
        return this.#readLength(uint32(bytes, 0));
      case 'id':
        return this.#readId(bytes[0]);
      case 'body':
        return this.#readBody(bytes);
      case 'block':
        this.#stage = 'length';
        return { kind: 'piece', ...this.#block, data: bytes };
    }
  }

  #portionBytes(): number {
    switch (this.#stage) {
      case 'handshake':
        return PROTOCOL_BYTES;
      case 'handshake-rest':
        return HANDSHAKE_REST_BYTES;
      case 'length':
        return LENGTH_BYTES;
      case 'id':
        return MESSAGE_ID_BYTES;
      case 'body':
        return this.#frame.id === ID.piece ? PIECE_HEADER_BYTES : this.#frame.bodyBytes;
      case 'block':
        return this.#frame.bodyBytes - PIECE_HEADER_BYTES;
    }
  }

  #readLength(length: number): PeerMessage | Malformed | 'more' {
    if (length === 0) return { kind: 'keep-alive' };
    if (length > FRAME_BYTES_MAX) return malformed(`No message has ${length} bytes.`);
    this.#length = length;
    this.#stage = 'id';
    return 'more';
  }

  #readId(id: number): Malformed | 'more' {
    const bodyBytes = this.#length - MESSAGE_ID_BYTES;
    if (!isBodyLength(id, bodyBytes)) return malformed(`A message ${id} cannot have ${this.#length} bytes.`);
    this.#frame = { id, bodyBytes };
    this.#stage = 'body';
    return 'more';
  }

  #readBody(body: Uint8Array): PeerMessage | Malformed | 'more' {
    const { id } = this.#frame;
    if (id === ID.piece) {
      // The content is a portion of its own: WebTorrent sends it in a packet of its own, which then needs no copy.
      this.#block = decodePieceHeader(body);
      this.#stage = 'block';
      return 'more';
    }
    this.#stage = 'length';
    return id === ID.extended ? (this.#extensions.decode(body) ?? { kind: 'ignored', id }) : decodeBody(id, body);
  }
}
