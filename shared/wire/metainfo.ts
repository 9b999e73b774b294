/** What is shared: the info dictionary of BEP 3 as a value, and its way to and from bytes. */
import { assert } from '../base/assert.ts';
import { troubleText } from '../base/trouble.ts';
import {
  type Dictionary,
  type Encodable,
  asDictionary,
  bytesAt,
  decodeBencode,
  encodeBencode,
  integerAt,
} from './bencode.ts';
import { type FilePath, distinctPaths } from './distinct-paths.ts';
import { type FileList, type TorrentFile, decodeFileList } from './file-list.ts';
import {
  BLOCK_BYTES,
  BLOCK_DIGEST_BYTES,
  METADATA_BYTES_MAX,
  PARTIAL_BLOCKS_MAX,
  PIECE_BYTES_MAX,
  PIECES_MAX,
} from './limits.ts';
import { type Malformed, brokenMetainfo, isMalformed, malformed } from './malformed.ts';
import { safeFileName, textFromUtf8 } from './plain-text.ts';

/** A checked info dictionary. */
export interface Metainfo {
  /** Of the file, or of the folder that holds the files: any script, 1 … 255 UTF-8 bytes. */
  readonly name: string;
  /** Several files lie in a folder called `name`. Otherwise there is one file, and it is called so. */
  readonly isFolder: boolean;
  /** At least one, at most FILES_MAX, in the order of their offsets. Padding between them (BEP 47) is left out. */
  readonly files: readonly TorrentFile[];
  /** Of the whole content in bytes, padding included; 0 where there are only empty files. */
  readonly length: number;
  /** Length of every piece but the last, in bytes. */
  readonly pieceLength: number;
  /** SHA-1 of each piece, 20 bytes each, one after the other. */
  readonly pieceDigests: Uint8Array;
  /**
   * For each piece BLOCK_DIGEST_BYTES of the SHA-1 of its blocks' digests, which are as many bytes of the SHA-1 of each block: with
   * them a block can be judged, and passed on, before its piece is whole. Null in torrents made elsewhere.
   */
  readonly blockDigests: Uint8Array | null;
  /** The bencoded dictionary itself; its SHA-1 is the info hash. What BEP 9 hands to neighbours. */
  readonly infoBytes: Uint8Array;
}

/** What we describe for sharing: one file, or a folder of them in the order in which they are joined. */
export type SharedContent = Pick<Metainfo, 'name' | 'pieceLength' | 'pieceDigests'> &
  Partial<Pick<Metainfo, 'blockDigests'>> &
  ({ readonly length: number } | { readonly files: readonly { readonly path: FilePath; readonly length: number }[] });

/** Bytes of one SHA-1 digest. */
const DIGEST_BYTES = 20;

/**
 * The metainfo of what we share: equal arguments give equal `infoBytes`. Names are made safe and distinct first. The caller
 * keeps to the bounds that `decodeMetainfo` checks.
 */
export function encodeMetainfo(content: SharedContent): Metainfo {
  const { pieceLength, pieceDigests, blockDigests = null } = content;
  const infoBytes = encodeBencode({
    ...(blockDigests !== null && { blocks: blockDigests }),
    ...encodeFiles(content),
    name: safeFileName(content.name),
    'piece length': pieceLength,
    pieces: pieceDigests,
  });
  const metainfo = decodeMetainfo(infoBytes);
  assert(!isMalformed(metainfo), 'what we share can be fetched');
  return metainfo;
}

/**
 * The metainfo in an info dictionary whose SHA-1 the caller compares with the info hash. Reasons are for a person. Fields
 * that BEP 3 does not know are allowed: they are part of the hash, and nothing else.
 */
export function decodeMetainfo(infoBytes: Uint8Array): Metainfo | Malformed {
  if (infoBytes.byteLength > METADATA_BYTES_MAX) return brokenMetainfo('The description of the file is too large.');
  const decoded = decodeBencode(infoBytes);
  if (isMalformed(decoded)) return decoded;
  const info = asDictionary(decoded.value);
  if (info === null || decoded.end !== infoBytes.byteLength) {
    return brokenMetainfo('The description of the file is not one bencoded dictionary.');
  }
  if (info.has('file tree') && !info.has('pieces')) {
    return malformed(troubleText('link-of-version-2'));
  }
  const name = decodeName(info);
  const list = decodeFiles(info, name);
  if (isMalformed(list)) return list;
  const pieces = decodePieces(info, list.length);
  return isMalformed(pieces) ? pieces : { name, ...list, ...pieces, infoBytes };
}

/** How many pieces a content of this length has. */
export function pieceCount(length: number, pieceLength: number): number {
  return Math.ceil(length / pieceLength);
}

function encodeFiles(content: SharedContent): { readonly [key: string]: Encodable } {
  if ('length' in content) return { length: content.length };
  const paths = distinctPaths(content.files.map(({ path }) => path));
  return { files: content.files.map(({ length }, index) => ({ length, path: paths[index] })) };
}

/** BEP 3: either `length`, of the one file, or `files`. */
function decodeFiles(info: Dictionary, name: string): (FileList & Pick<Metainfo, 'isFolder'>) | Malformed {
  const files = info.get('files');
  if (files !== undefined) {
    const list = decodeFileList(files);
    return isMalformed(list) ? list : { ...list, isFolder: true };
  }
  const length = integerAt(info, 'length');
  if (length === null || length < 0) return brokenMetainfo('The length of the file is missing or impossible.');
  return { isFolder: false, length, files: [{ path: [name], offset: 0, length }] };
}

function decodePieces(
  info: Dictionary,
  length: number,
): Pick<Metainfo, 'pieceLength' | 'pieceDigests' | 'blockDigests'> | Malformed {
  const pieceLength = integerAt(info, 'piece length');
  if (pieceLength === null || pieceLength < BLOCK_BYTES || pieceLength > PIECE_BYTES_MAX) {
    return brokenMetainfo('The length of the pieces is missing, or not between 16 KiB and 64 MiB.');
  }
  const count = pieceCount(length, pieceLength);
  if (count > PIECES_MAX) return brokenMetainfo('There are too many pieces.');
  const pieceDigests = bytesAt(info, 'pieces');
  if (pieceDigests?.byteLength !== count * DIGEST_BYTES)
    return brokenMetainfo('There is not one digest for each piece.');
  return { pieceLength, pieceDigests, blockDigests: decodeBlockDigests(info, { pieceLength, count }) };
}

/** Ours, or null: another client may mean something else by this key. */
function decodeBlockDigests(
  info: Dictionary,
  { pieceLength, count }: { readonly pieceLength: number; readonly count: number },
): Uint8Array | null {
  const digests = bytesAt(info, 'blocks');
  const isOurs = digests?.byteLength === count * BLOCK_DIGEST_BYTES;
  return isOurs && pieceLength <= PARTIAL_BLOCKS_MAX * BLOCK_BYTES ? digests : null;
}

/** Some clients write `name` in an old encoding and `name.utf-8` beside it. Without either, any name will do. */
function decodeName(info: Dictionary): string {
  const bytes = bytesAt(info, 'name.utf-8') ?? bytesAt(info, 'name');
  return safeFileName(bytes === null ? '' : textFromUtf8(bytes));
}
