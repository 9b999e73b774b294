/** Describes a file for sharing: reads it once, in slices, and takes the SHA-1 of every piece. Never holds the file. */
import { type InfoHash, infoHashFromBytes } from '../../shared/wire/ids.ts';
import { METADATA_BYTES_MAX, PIECE_BYTES } from '../../shared/wire/limits.ts';
import { type Metainfo, encodeMetainfo, pieceCount } from '../../shared/wire/metainfo.ts';
import type { Hasher } from './hasher.ts';

/** Read at once, in bytes; the next slice is read while this one is hashed, so that twice this is in memory. */
const SLICE_BYTES = 16 * PIECE_BYTES;

const DIGEST_BYTES = 20;

/** Largest file whose info dictionary neighbours accept, in bytes: 20 bytes a piece, and room for the rest of it. */
const FILE_BYTES_MAX = Math.floor((METADATA_BYTES_MAX - 4096) / DIGEST_BYTES) * PIECE_BYTES;

/**
 * The metainfo of `file` in our piece length, and its info hash. `onProgress` gets the bytes done so far. Rejects with an
 * Error for a person when the file cannot be read or changed meanwhile, and with the signal's reason when it was aborted.
 */
export async function makeMetainfo(
  file: File,
  options: { readonly hasher: Hasher; readonly onProgress: (doneBytes: number) => void; readonly signal: AbortSignal },
): Promise<{ readonly metainfo: Metainfo; readonly infoHash: InfoHash }> {
  const { hasher, onProgress, signal } = options;
  const length = file.size;
  if (length > FILE_BYTES_MAX) throw new Error(`“${file.name}” is larger than 200 GB, the most that can be shared.`);
  const pieceDigests = new Uint8Array(pieceCount(length, PIECE_BYTES) * DIGEST_BYTES);
  let reading = readSlice(file, 0);
  for (let start = 0; start < length; start += SLICE_BYTES) {
    const slice = await reading;
    signal.throwIfAborted();
    if (slice.byteLength !== Math.min(SLICE_BYTES, length - start)) throw unreadable(file);
    reading = readSlice(file, start + SLICE_BYTES);
    // A failed read is seen in the next round; until then nobody is to call it unhandled.
    reading.catch(() => undefined);
    await hashSlice(hasher, slice, pieceDigests.subarray((start / PIECE_BYTES) * DIGEST_BYTES));
    signal.throwIfAborted();
    onProgress(Math.min(start + SLICE_BYTES, length));
  }
  const metainfo = encodeMetainfo({ name: file.name, length, pieceLength: PIECE_BYTES, pieceDigests });
  return { metainfo, infoHash: infoHashFromBytes(await hasher.sha1(metainfo.infoBytes)) };
}

async function readSlice(file: File, start: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(start, start + SLICE_BYTES).arrayBuffer());
  } catch {
    throw unreadable(file);
  }
}

/** Writes the digests of the pieces in `slice` to the start of `digests`. */
async function hashSlice(hasher: Hasher, slice: Uint8Array, digests: Uint8Array): Promise<void> {
  const pieces: Promise<Uint8Array>[] = [];
  for (let offset = 0; offset < slice.byteLength; offset += PIECE_BYTES) {
    pieces.push(hasher.sha1(slice.subarray(offset, offset + PIECE_BYTES)));
  }
  for (const [index, digest] of (await Promise.all(pieces)).entries()) digests.set(digest, index * DIGEST_BYTES);
}

const unreadable = (file: File): Error =>
  new Error(`“${file.name}” cannot be read, or was changed meanwhile. Choose it again to share it as it is now.`);
