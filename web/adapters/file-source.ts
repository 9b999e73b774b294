/** The sharer's own files as a chunk store: its pieces are slices, read when they are asked for. */
import type { ChunkStore } from '../../shared/driver/ports.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';

/** The files in their order as one content. Nothing is copied: browsers keep a list of what a blob is made of. */
export function joinedFiles(files: readonly { readonly file: File }[]): Blob {
  return files.length === 1 ? files[0].file : new Blob(files.map(({ file }) => file));
}

/** Reads pieces out of the files; null once one was changed, moved or its disk is gone. Stores and forgets nothing. */
export function fileChunkStore(files: readonly { readonly file: File }[], metainfo: Metainfo): ChunkStore<Uint8Array> {
  const content = joinedFiles(files);
  return {
    put: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    get: async (piece) => {
      const start = piece * metainfo.pieceLength;
      const end = Math.min(start + metainfo.pieceLength, metainfo.length);
      try {
        const chunk = new Uint8Array(await content.slice(start, end).arrayBuffer());
        return chunk.byteLength === end - start ? chunk : null;
      } catch {
        return null;
      }
    },
  };
}
