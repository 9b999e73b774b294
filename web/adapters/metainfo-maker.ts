/** Describes files for sharing: reads them once, in slices, and takes the SHA-1 of every piece and block. Never holds a file. */
import { concatBytes } from '../../shared/base/bytes.ts';
import { troubleError } from '../../shared/base/trouble.ts';
import { type InfoHash, infoHashFromBytes } from '../../shared/wire/ids.ts';
import {
  BENCODE_VALUES_MAX,
  BLOCK_BYTES,
  BLOCK_DIGEST_BYTES,
  FILES_MAX,
  METADATA_BYTES_MAX,
  PATH_PARTS_MAX,
  PIECE_BYTES,
} from '../../shared/wire/limits.ts';
import { type Metainfo, encodeMetainfo, pieceCount } from '../../shared/wire/metainfo.ts';
import { joinedFiles } from './file-source.ts';
import type { Hasher } from './hasher.ts';
import type { PickedFile } from './picked-files.ts';

/** One file, or a folder of files in the order in which they are joined. */
export interface SharedFiles {
  readonly name: string;
  readonly isFolder: boolean;
  readonly files: readonly PickedFile[];
}

/** Read at once, in bytes; the next slice is read while this one is hashed, so that twice this is in memory. */
const SLICE_BYTES = 16 * PIECE_BYTES;

const DIGEST_BYTES = 20;

/**
 * Of more pieces (1 GiB) the blocks are not described. Whoever comes fetches the description before anything else, and a transfer
 * that is long anyhow gains less by a quick start than the longer description takes.
 */
const PIECES_WITH_BLOCKS_MAX = 4096;

/** What the info dictionary needs beside digests and names: in all, and for each file. */
const REST_BYTES = 4096;
const REST_BYTES_PER_FILE = 64;

/**
 * The metainfo of `shared` in our piece length, and its info hash. `onProgress` gets the bytes done so far. Rejects with an
 * Error for a person when something cannot be read or changed meanwhile, and with the signal's reason when it was aborted.
 */
export async function makeMetainfo(
  shared: SharedFiles,
  options: { readonly hasher: Hasher; readonly onProgress: (doneBytes: number) => void; readonly signal: AbortSignal },
): Promise<{ readonly metainfo: Metainfo; readonly infoHash: InfoHash }> {
  const { hasher, onProgress, signal } = options;
  checkBounds(shared);
  const content = joinedFiles(shared.files);
  const length = content.size;
  const digests = emptyDigests(pieceCount(length, PIECE_BYTES));
  const read = (start: number): Promise<Uint8Array> => readSlice(content, start, shared.name);
  let reading = read(0);
  for (let start = 0; start < length; start += SLICE_BYTES) {
    const slice = await reading;
    signal.throwIfAborted();
    if (slice.byteLength !== Math.min(SLICE_BYTES, length - start)) throw unreadable(shared.name);
    reading = read(start + SLICE_BYTES);
    // A failed read is seen in the next round; until then nobody is to call it unhandled.
    reading.catch(() => undefined);
    await hashSlice(hasher, slice, { digests, firstPiece: start / PIECE_BYTES });
    signal.throwIfAborted();
    onProgress(Math.min(start + SLICE_BYTES, length));
  }
  const metainfo = encodeMetainfo({ ...layoutOf(shared), name: shared.name, pieceLength: PIECE_BYTES, ...digests });
  return { metainfo, infoHash: infoHashFromBytes(await hasher.sha1(metainfo.infoBytes)) };
}

type Digests = Pick<Metainfo, 'pieceDigests' | 'blockDigests'>;

/** Room for the digests of so many pieces. */
function emptyDigests(pieces: number): Digests {
  return {
    pieceDigests: new Uint8Array(pieces * DIGEST_BYTES),
    blockDigests: pieces <= PIECES_WITH_BLOCKS_MAX ? new Uint8Array(pieces * BLOCK_DIGEST_BYTES) : null,
  };
}

/** Neighbours would not accept the description of more. */
function checkBounds({ name, files }: SharedFiles): void {
  const parts = files.reduce((sum, { path }) => sum + path.length, 0);
  const isWide = files.length > FILES_MAX || parts + 4 * files.length > BENCODE_VALUES_MAX / 2;
  if (isWide || files.some(({ path }) => path.length > PATH_PARTS_MAX)) {
    throw troubleError('folder-too-deep', name);
  }
  const length = files.reduce((sum, { file }) => sum + file.size, 0);
  const names = files.reduce((sum, { path }) => sum + 4 * path.join('').length + REST_BYTES_PER_FILE * path.length, 0);
  const pieces = pieceCount(length, PIECE_BYTES);
  const blockDigests = Math.min(pieces, PIECES_WITH_BLOCKS_MAX) * BLOCK_DIGEST_BYTES;
  if (pieces * DIGEST_BYTES + blockDigests + names + REST_BYTES > METADATA_BYTES_MAX) {
    throw troubleError('file-too-large', name);
  }
}

function layoutOf({
  isFolder,
  files,
}: SharedFiles): { length: number } | { files: { path: readonly string[]; length: number }[] } {
  return isFolder
    ? { files: files.map(({ path, file }) => ({ path, length: file.size })) }
    : { length: files[0].file.size };
}

async function readSlice(content: Blob, start: number, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await content.slice(start, start + SLICE_BYTES).arrayBuffer());
  } catch {
    throw unreadable(name);
  }
}

/** Writes the digests of the pieces in `slice`, and of their blocks, into `digests`. */
async function hashSlice(
  hasher: Hasher,
  slice: Uint8Array,
  { digests, firstPiece }: { readonly digests: Digests; readonly firstPiece: number },
): Promise<void> {
  const { pieceDigests, blockDigests } = digests;
  const hashing: Promise<void>[] = [];
  for (const [index, piece] of partsOf(slice, PIECE_BYTES).entries()) {
    hashing.push(hasher.sha1(piece).then((digest) => pieceDigests.set(digest, (firstPiece + index) * DIGEST_BYTES)));
    if (blockDigests === null) continue;
    const offset = (firstPiece + index) * BLOCK_DIGEST_BYTES;
    hashing.push(digestOfBlocks(hasher, piece).then((digest) => blockDigests.set(digest, offset)));
  }
  await Promise.all(hashing);
}

async function digestOfBlocks(hasher: Hasher, piece: Uint8Array): Promise<Uint8Array> {
  const digests = await Promise.all(partsOf(piece, BLOCK_BYTES).map((block) => hasher.blockDigest(block)));
  return hasher.blockDigest(concatBytes(digests));
}

/** `bytes` in parts of this length, the last may be shorter. */
function partsOf(bytes: Uint8Array, length: number): Uint8Array[] {
  const count = Math.ceil(bytes.byteLength / length);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * length, (index + 1) * length));
}

const unreadable = (name: string): Error => troubleError('file-unreadable', name);
