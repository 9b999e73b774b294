/** The sharer's own file as a chunk store: its pieces are slices, read when they are asked for. */
import type { ChunkStore } from '../../shared/driver/ports.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';

/** Reads pieces out of `file`; null once it was changed, moved or its disk is gone. Stores and forgets nothing. */
export function fileChunkStore(file: File, metainfo: Metainfo): ChunkStore<Uint8Array> {
  return {
    put: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    get: async (piece) => {
      const start = piece * metainfo.pieceLength;
      const end = Math.min(start + metainfo.pieceLength, metainfo.length);
      try {
        const chunk = new Uint8Array(await file.slice(start, end).arrayBuffer());
        return chunk.byteLength === end - start ? chunk : null;
      } catch {
        return null;
      }
    },
  };
}
