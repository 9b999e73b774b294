/** What is shared: the info dictionary of BEP 3 as a value, and its way to and from bytes. */
import { type Dictionary, asDictionary, bytesAt, decodeBencode, encodeBencode, integerAt } from './bencode.ts';
import { BLOCK_BYTES, METADATA_BYTES_MAX, PIECE_BYTES_MAX, PIECES_MAX } from './limits.ts';
import { type Malformed, isMalformed, malformed } from './malformed.ts';
import { safeFileName, textFromUtf8 } from './plain-text.ts';

/** A checked info dictionary of one file. */
export interface Metainfo {
  /** File name without folders; any script, 1 … 255 UTF-8 bytes. */
  readonly name: string;
  /** Length of the file in bytes; 0 is a file too. */
  readonly length: number;
  /** Length of every piece but the last, in bytes. */
  readonly pieceLength: number;
  /** SHA-1 of each piece, 20 bytes each, one after the other. */
  readonly pieceDigests: Uint8Array;
  /** The bencoded dictionary itself; its SHA-1 is the info hash. What BEP 9 hands to neighbours. */
  readonly infoBytes: Uint8Array;
}

/** Bytes of one SHA-1 digest. */
const DIGEST_BYTES = 20;

/**
 * The metainfo of a file that we share: equal arguments give equal `infoBytes`. The name is made safe first. The caller
 * keeps to the bounds that `decodeMetainfo` checks.
 */
export function encodeMetainfo(file: Omit<Metainfo, 'infoBytes'>): Metainfo {
  const { length, pieceLength, pieceDigests } = file;
  const name = safeFileName(file.name);
  const infoBytes = encodeBencode({ length, name, 'piece length': pieceLength, pieces: pieceDigests });
  return { name, length, pieceLength, pieceDigests, infoBytes };
}

/**
 * The metainfo in an info dictionary whose SHA-1 the caller compares with the info hash. Reasons are for a person. Fields
 * that BEP 3 does not know are allowed: they are part of the hash, and nothing else.
 */
export function decodeMetainfo(infoBytes: Uint8Array): Metainfo | Malformed {
  if (infoBytes.byteLength > METADATA_BYTES_MAX) return malformed('The description of the file is too large.');
  const decoded = decodeBencode(infoBytes);
  if (isMalformed(decoded)) return decoded;
  const info = asDictionary(decoded.value);
  if (info === null || decoded.end !== infoBytes.byteLength) {
    return malformed('The description of the file is not one bencoded dictionary.');
  }
  if (info.has('files'))
    return malformed('This link is for a folder of files. Only single files can be fetched so far.');
  if (info.has('file tree') && !info.has('pieces')) {
    return malformed('This link is for a version 2 torrent. Only version 1 can be fetched so far.');
  }
  const content = decodeContent(info);
  return isMalformed(content) ? content : { ...content, name: decodeName(info), infoBytes };
}

/** How many pieces a file of this length has. */
export function pieceCount(length: number, pieceLength: number): number {
  return Math.ceil(length / pieceLength);
}

function decodeContent(info: Dictionary): Omit<Metainfo, 'name' | 'infoBytes'> | Malformed {
  const length = integerAt(info, 'length');
  if (length === null || length < 0) return malformed('The length of the file is missing or impossible.');
  const pieceLength = integerAt(info, 'piece length');
  if (pieceLength === null || pieceLength < BLOCK_BYTES || pieceLength > PIECE_BYTES_MAX) {
    return malformed('The length of the pieces is missing, or not between 16 KiB and 64 MiB.');
  }
  const count = pieceCount(length, pieceLength);
  if (count > PIECES_MAX) return malformed('The file has too many pieces.');
  const pieceDigests = bytesAt(info, 'pieces');
  if (pieceDigests?.byteLength !== count * DIGEST_BYTES) return malformed('There is not one digest for each piece.');
  return { length, pieceLength, pieceDigests };
}

/** Some clients write `name` in an old encoding and `name.utf-8` beside it. Without either, any name will do. */
function decodeName(info: Dictionary): string {
  const bytes = bytesAt(info, 'name.utf-8') ?? bytesAt(info, 'name');
  return safeFileName(bytes === null ? '' : textFromUtf8(bytes));
}
