/**
 * The payloads of extended messages (BEP 10) <-> values: the extended handshake, the exchange of the info dictionary
 * (`ut_metadata`, BEP 9), `lt_donthave` (libtorrent) and `ts_partial` (ours). One instance a link, since each side numbers its
 * extensions itself.
 */
import { concatBytes } from '../base/bytes.ts';
import {
  type Bencoded,
  type Dictionary,
  asDictionary,
  bytesAt,
  decodeBencode,
  encodeBencode,
  integerAt,
} from './bencode.ts';
import { pieceIndex } from './ids.ts';
import { CLIENT_CHARS_MAX, METADATA_BYTES_MAX, METADATA_PIECE_BYTES } from './limits.ts';
import { type Malformed, isMalformed, malformed } from './malformed.ts';
import { type PartialMessage, decodePartialMessage, encodePartialMessage } from './partial-codec.ts';
import { uint32 } from './peer-frame.ts';
import type { ExtendedHandshake, PeerMessage } from './peer-message.ts';
import { plainText, textFromUtf8 } from './plain-text.ts';

/** Messages that travel as extended ones. */
export type ExtendedMessage =
  | PartialMessage
  | Extract<
      PeerMessage,
      { kind: 'extended-handshake' | 'metadata-request' | 'metadata-data' | 'metadata-reject' | 'dont-have' }
    >;

/** The ids under which we want to be sent these extensions. 0 is the extended handshake itself. */
const OUR_IDS = { lt_donthave: 2, ts_partial: 3, ut_metadata: 1 };
const HANDSHAKE_ID = 0;

/** `msg_type` of BEP 9. */
const [REQUEST, DATA, REJECT] = [0, 1, 2];

const PARTS_MAX = Math.ceil(METADATA_BYTES_MAX / METADATA_PIECE_BYTES);

export class ExtensionCodec {
  /** The ids under which the neighbour wants to be sent these extensions; null until it names them. */
  #metadataId: number | null = null;
  #dontHaveId: number | null = null;
  #partialId: number | null = null;

  /** The message in the payload of an extended message, which begins with the extension's id; null when we do not use it. */
  decode(payload: Uint8Array): ExtendedMessage | Malformed | null {
    const body = payload.subarray(1);
    switch (payload[0]) {
      case HANDSHAKE_ID:
        return this.#decodeHandshake(body);
      case OUR_IDS.ut_metadata:
        return decodeMetadataMessage(body);
      case OUR_IDS.lt_donthave:
        return decodeDontHave(body);
      case OUR_IDS.ts_partial:
        return decodePartialMessage(body);
      default:
        return null;
    }
  }

  /** The payload of an extended message; null when the neighbour has not named that extension, so that nothing can be sent. */
  encode(message: ExtendedMessage): Uint8Array | null {
    switch (message.kind) {
      case 'extended-handshake':
        return encodePayload(HANDSHAKE_ID, encodeHandshake(message.handshake));
      case 'metadata-request':
        return encodePayload(this.#metadataId, encodeBencode({ msg_type: REQUEST, piece: message.part }));
      case 'metadata-reject':
        return encodePayload(this.#metadataId, encodeBencode({ msg_type: REJECT, piece: message.part }));
      case 'metadata-data':
        return encodePayload(this.#metadataId, encodeMetadataData(message));
      case 'dont-have':
        return encodePayload(this.#dontHaveId, uint32Bytes(message.piece));
      case 'partials':
      case 'digests-request':
      case 'digests':
        return encodePayload(this.#partialId, encodePartialMessage(message));
    }
  }

  /** Later handshakes may add extensions, or end one by the id 0 (BEP 10). */
  #decodeHandshake(body: Uint8Array): ExtendedMessage | Malformed {
    const decoded = decodeBencode(body);
    if (isMalformed(decoded)) return decoded;
    const fields = asDictionary(decoded.value);
    if (fields === null) return malformed('The extended handshake is no dictionary.');
    const ids = asDictionary(fields.get('m'));
    this.#metadataId = namedId(ids?.get('ut_metadata'), this.#metadataId);
    this.#dontHaveId = namedId(ids?.get('lt_donthave'), this.#dontHaveId);
    this.#partialId = namedId(ids?.get('ts_partial'), this.#partialId);
    const client = bytesAt(fields, 'v');
    const handshake: ExtendedHandshake = {
      hasMetadataExtension: this.#metadataId !== null,
      hasDontHaveExtension: this.#dontHaveId !== null,
      hasPartialExtension: this.#partialId !== null,
      metadataBytes: countUpTo(integerAt(fields, 'metadata_size'), METADATA_BYTES_MAX),
      requestQueueMax: countUpTo(integerAt(fields, 'reqq'), Number.MAX_SAFE_INTEGER),
      isChoosy: integerAt(fields, 'choosy') === 1,
      client: (client && plainText(textFromUtf8(client), CLIENT_CHARS_MAX)) || null,
    };
    return { kind: 'extended-handshake', handshake };
  }
}

function encodeHandshake(handshake: ExtendedHandshake): Uint8Array {
  return encodeBencode({
    m: {
      ...(handshake.hasMetadataExtension && { ut_metadata: OUR_IDS.ut_metadata }),
      ...(handshake.hasDontHaveExtension && { lt_donthave: OUR_IDS.lt_donthave }),
      ...(handshake.hasPartialExtension && { ts_partial: OUR_IDS.ts_partial }),
    },
    ...(handshake.metadataBytes !== null && { metadata_size: handshake.metadataBytes }),
    ...(handshake.requestQueueMax !== null && { reqq: handshake.requestQueueMax }),
    ...(handshake.isChoosy && { choosy: 1 }),
    ...(handshake.client !== null && { v: handshake.client }),
  });
}

function encodeMetadataData(message: Extract<ExtendedMessage, { kind: 'metadata-data' }>): Uint8Array {
  const header = encodeBencode({ msg_type: DATA, piece: message.part, total_size: message.totalBytes });
  return concatBytes([header, message.data]);
}

/** A bencoded header, and for data the bytes behind it (BEP 9). */
function decodeMetadataMessage(body: Uint8Array): ExtendedMessage | Malformed | null {
  const decoded = decodeBencode(body);
  if (isMalformed(decoded)) return decoded;
  const header = asDictionary(decoded.value);
  const part = header && integerAt(header, 'piece');
  if (header === null || part === null || part < 0 || part >= PARTS_MAX) {
    return malformed('A metadata message names no possible part.');
  }
  switch (integerAt(header, 'msg_type')) {
    case REQUEST:
      return { kind: 'metadata-request', part };
    case REJECT:
      return { kind: 'metadata-reject', part };
    case DATA:
      return decodeMetadataData(header, { part, data: body.subarray(decoded.end) });
    default:
      return null;
  }
}

function decodeMetadataData(
  header: Dictionary,
  content: { readonly part: number; readonly data: Uint8Array },
): ExtendedMessage | Malformed {
  const totalBytes = countUpTo(integerAt(header, 'total_size'), METADATA_BYTES_MAX);
  const { byteLength } = content.data;
  if (totalBytes === null || byteLength === 0 || byteLength > METADATA_PIECE_BYTES) {
    return malformed('A part of the metadata has an impossible size.');
  }
  return { kind: 'metadata-data', totalBytes, ...content };
}

function decodeDontHave(body: Uint8Array): ExtendedMessage | Malformed {
  if (body.byteLength !== 4) return malformed('A dont-have is not 4 bytes long.');
  return { kind: 'dont-have', piece: pieceIndex(uint32(body, 0)) };
}

function uint32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function encodePayload(id: number | null, body: Uint8Array): Uint8Array | null {
  return id === null ? null : concatBytes([Uint8Array.of(id), body]);
}

/** The id in an `m` dictionary: 1 … 255; 0 ends the extension; anything else changes nothing. */
function namedId(value: Bencoded | undefined, before: number | null): number | null {
  if (value === 0) return null;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 0xff ? value : before;
}

/** `value` when it lies in 1 … `max`. */
function countUpTo(value: number | null, max: number): number | null {
  return value !== null && value >= 1 && value <= max ? value : null;
}
