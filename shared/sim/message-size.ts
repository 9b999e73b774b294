/** How many bytes a message is on the wire: BEP 3, 6, 9 and 10. The simulator sends values, but counts what they would be. */
import type { PeerMessage } from '../wire/peer-message.ts';

/** The length prefix before every message but the handshake, and the one byte that says which message it is. */
const PREFIX_BYTES = 4;
const ID_BYTES = 1;

/** A piece message is this much longer than its block: prefix, id, index, offset. */
export const PIECE_HEADER_BYTES = 13;

/** Our extended handshake: `d1:md11:lt_donthavei2e10:ts_partiali3e11:ut_metadatai1ee13:metadata_sizei…e4:reqqi1000e1:v…e`, about. */
const EXTENDED_HANDSHAKE_BYTES = 126;

/** The bencoded header of a ut_metadata message, about; data messages name the total size as well. */
const METADATA_HEADER_BYTES = 25;
const METADATA_DATA_HEADER_BYTES = 47;

/** Bytes of `message`, its length prefix included. */
export function messageBytes(message: PeerMessage): number {
  switch (message.kind) {
    case 'piece':
      return PIECE_HEADER_BYTES + message.data.byteLength;
    case 'have':
    case 'dont-have':
      return PREFIX_BYTES + ID_BYTES + 4;
    case 'request':
    case 'cancel':
    case 'reject':
      return PREFIX_BYTES + ID_BYTES + 12;
    case 'keep-alive':
      return PREFIX_BYTES;
    case 'choke':
    case 'unchoke':
    case 'interested':
    case 'not-interested':
    case 'have-all':
    case 'have-none':
      return PREFIX_BYTES + ID_BYTES;
    case 'handshake':
      return 68;
    case 'bitfield':
      return PREFIX_BYTES + ID_BYTES + message.bits.byteLength;
    case 'extended-handshake':
      return PREFIX_BYTES + ID_BYTES + 1 + EXTENDED_HANDSHAKE_BYTES;
    case 'metadata-request':
    case 'metadata-reject':
      return PREFIX_BYTES + ID_BYTES + 1 + METADATA_HEADER_BYTES;
    case 'metadata-data':
      return PREFIX_BYTES + ID_BYTES + 1 + METADATA_DATA_HEADER_BYTES + message.data.byteLength;
    case 'partials':
      return PREFIX_BYTES + ID_BYTES + 2 + 8 * message.held.length;
    case 'digests-request':
      return PREFIX_BYTES + ID_BYTES + 2 + 4;
    case 'digests':
      return PREFIX_BYTES + ID_BYTES + 2 + 4 + message.digests.byteLength;
    case 'ignored':
      return PREFIX_BYTES + ID_BYTES;
  }
}

/** Bytes of content in `message`; 0 for everything that is not a block. */
export const blockBytes = (message: PeerMessage): number => (message.kind === 'piece' ? message.data.byteLength : 0);
