/** The sharer's own files as a chunk store: its pieces are slices, read when they are asked for. */
import type { ChunkStore } from '../../shared/driver/ports.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';

/**
 * Who asks for two pieces side by side is given the rest of so many bytes in one reading: 100 MB take 0.3 s of the processor in readings
 * of 4 MiB, 0.5 s in single pieces.
 */
const EXTENT_BYTES = 4 * 1024 * 1024;

/** The files in their order as one content. Nothing is copied: browsers keep a list of what a blob is made of. */
export function joinedFiles(files: readonly { readonly file: File }[]): Blob {
  return files.length === 1 ? files[0].file : new Blob(files.map(({ file }) => file));
}

/** Reads pieces out of the files; null once one was changed, moved or its disk is gone. Stores and forgets nothing. */
export function fileChunkStore(
  files: readonly { readonly file: File }[],
  { length, pieceLength }: Metainfo,
): ChunkStore<Uint8Array> {
  const content = joinedFiles(files);
  const extentPieces = Math.max(1, Math.floor(EXTENT_BYTES / pieceLength));
  /** The piece that was asked for last. */
  let previous = -1;
  /** Pieces from `first` on, in one reading. */
  let extent = { first: 0, end: 0, bytes: Promise.resolve<Uint8Array | null>(null) };

  const read = async (first: number, end: number): Promise<Uint8Array | null> => {
    const [start, stop] = [first * pieceLength, Math.min(end * pieceLength, length)];
    try {
      const bytes = new Uint8Array(await content.slice(start, stop).arrayBuffer());
      return bytes.byteLength === stop - start ? bytes : null;
    } catch {
      return null;
    }
  };
  return {
    put: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    get: async (piece) => {
      const isNext = piece === previous + 1;
      previous = piece;
      if (piece < extent.first || piece >= extent.end) {
        if (!isNext || (piece + 1) % extentPieces === 0) return read(piece, piece + 1);
        const end = piece - (piece % extentPieces) + extentPieces;
        extent = { first: piece, end, bytes: read(piece, end) };
      }
      const { first, bytes } = extent;
      const start = (piece - first) * pieceLength;
      // What cannot be read together may be readable alone; and a copy does not keep the others in memory.
      return (await bytes)?.slice(start, start + pieceLength) ?? read(piece, piece + 1);
    },
  };
}
